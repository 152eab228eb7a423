import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { paths } from "../extension/test/harness-paths.ts";
import { parseMessages } from "./parse.ts";
import { sceneOf, scenes, type Scene } from "./script.ts";

export const usage = `./task demo                  types the demo's own messages and shows what happens
./task demo -- FILE          types the lines of FILE (one message a line, or a WhatsApp export)
./task demo -- --watch       in a window, slowly, and leaves it open for you to type in
./task demo -- --watch FILE  both`;

/** Something the person can put right; text says what and next says how. */
export class Trouble extends Error {
  constructor(text: string, readonly next: string) {
    super(text);
  }
}

export interface Wish {
  readonly watch: boolean;
  readonly scenes: readonly Scene[];
}

/** Where the person stands: ./task goes elsewhere and says where it came from. */
export const from = process.env["INIT_CWD"] ?? process.cwd();

/** Most messages taken from a file. */
const most = 200;

function fromFile(name: string): Scene {
  const path = resolve(from, name);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (e) {
    const why = (e as NodeJS.ErrnoException).code === "EISDIR" ? "is a folder" : "cannot be read";
    throw new Trouble(`${path} ${why}`, "give a text file: one message a line, or the _chat.txt of a WhatsApp export");
  }
  if (text.startsWith("PK")) throw new Trouble(`${path} is a zip file`, `unpack it first: unzip ${name}, then give its _chat.txt`);
  const { kind, messages, skipped } = parseMessages(text);
  if (messages.length === 0) throw new Trouble(`${path} holds no message`, "put one message on each line");
  const messagesTold = messages.length === 1 ? "1 message" : `${messages.length} messages`;
  const said = kind === "export" ? `a WhatsApp export, ${messagesTold} (left out: ${skipped} notices and files without text)` : messagesTold;
  console.log(`${path}: ${said}${messages.length > most ? `; the first ${most} are typed` : ""}\n`);
  return sceneOf(messages.slice(0, most));
}

/** Reads the command line and looks whether everything needed is there. Throws Trouble. */
export function readWish(args: readonly string[]): Wish | "help" {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: { watch: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } } });
  } catch (e) {
    throw new Trouble((e as Error).message.split(".")[0] ?? "", usage);
  }
  const { values, positionals } = parsed;
  if (values.help) return "help";
  if (positionals.length > 1) throw new Trouble(`${positionals.length} files given`, "give one");
  const file = positionals[0];
  const chosen = file === undefined ? scenes : [fromFile(file)];
  if (values.watch && process.env["DISPLAY"] === undefined && process.env["WAYLAND_DISPLAY"] === undefined) {
    throw new Trouble("there is no screen to open a window on (DISPLAY is not set)", "run it on a desktop, or leave --watch out: the pictures are in build/demo/");
  }
  for (const [path, task] of [[paths.extension, "extension"], [paths.hanaper, "hanaper"]] as const) {
    if (!existsSync(path)) throw new Trouble(`${path} is missing`, `./task ${task}`);
  }
  try {
    accessSync(paths.chromium, constants.X_OK);
  } catch {
    throw new Trouble(`${paths.chromium} is missing`, "sudo apt-get install chromium, or set HANAPER_CHROMIUM to the program's path");
  }
  return { watch: values.watch, scenes: chosen };
}
