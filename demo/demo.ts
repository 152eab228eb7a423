import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { Browser } from "../extension/test/harness.ts";
import { paths } from "../extension/test/harness-paths.ts";
import { fileRecords } from "./file.ts";
import { from, readWish, Trouble, usage } from "./options.ts";
import { play, records, type Outcome } from "./play.ts";
import { scenes } from "./script.ts";
import { table } from "./table.ts";

const out = join(paths.build, "demo");
const mails = join(out, "records");
const pictures = join(out, "screenshots");

const short = (text: string, n: number): string => ([...text].length > n ? `${[...text].slice(0, n - 1).join("")}…` : text);
const near = (path: string): string => relative(from, path) || path;

function tell(o: Outcome): void {
  const { verdict: v, line } = o;
  const why = v.reasons.find((r) => r.action === v.action);
  const mark = { allow: "·", notice: "i", warn: "!", justify: "?", block: "×", unknown: "?" }[v.action];
  console.log(`  ${mark} ${short(line.text.replace(/\n/g, " / "), 96)}`);
  const cited = why === undefined ? "" : ` (${why.para})`;
  console.log(`      ${v.action}: ${v.permission}, record duty ${v.duty}${cited}; ${o.end}${o.record === "" ? "" : ", kept"}`);
}

interface Proof {
  readonly state: string;
  readonly file: string;
  readonly verified: string;
}

function verify(file: string): string {
  const { status, stdout, stderr, error } = spawnSync(paths.hanaper, ["verify", file], { encoding: "utf8" });
  if (error !== undefined) return `not run: ${error.message}`;
  return status === 0 ? "verified" : `NOT verified: ${(stdout + stderr).trim().split("\n")[0] ?? ""}`;
}

function rows(outcomes: readonly Outcome[], proofs: ReadonlyMap<string, Proof>): string[][] {
  return outcomes.map(({ line, verdict: v, end, record }) => {
    const proof = proofs.get(record);
    const why = v.reasons.find((r) => r.action === v.action) ?? v.reasons[0];
    return [line.text.replace(/\n/g, " / "), v.action, v.permission, v.duty, short(why?.para ?? "", 26), end, proof === undefined ? "" : `${proof.state}, ${proof.verified}`];
  });
}

async function run(): Promise<number> {
  const wish = readWish(process.argv.slice(2));
  if (wish === "help") {
    console.log(usage);
    return 0;
  }
  rmSync(out, { recursive: true, force: true });
  for (const dir of [mails, pictures]) mkdirSync(dir, { recursive: true });
  const browser = await Browser.start({ headed: wish.watch, settings: wish.scenes[0]?.settings ?? null });
  try {
    console.log("Chromium runs with the built extension and its shipped manifest; a stand-in of WhatsApp Web");
    console.log("answers at https://web.whatsapp.com; nothing leaves this machine.\n");
    const outcomes: Outcome[] = [];
    for (const scene of wish.scenes) {
      console.log(scene.title);
      outcomes.push(...(await play({ browser, pictures, watch: wish.watch }, scene, tell)));
      console.log("");
    }
    const files = await fileRecords(browser, mails, pictures);
    const states = new Map((await records(browser)).map((r) => [r.id, r.state]));
    const proofs = new Map<string, Proof>();
    for (const [id, file] of files) proofs.set(id, { state: states.get(id) ?? "gone", file, verified: verify(file) });
    console.log(table(["message", "action", "permission", "duty", "paragraph", "what happened", "record"], rows(outcomes, proofs)));
    console.log(`\nRecords (${proofs.size}), each an e-mail file with the record inside; check one with: ${near(paths.hanaper)} verify FILE`);
    for (const p of proofs.values()) console.log(`  ${near(p.file)}`);
    console.log(`Pictures: ${near(pictures)}/`);
    if (wish.watch) await watch(browser);
    const bad = [...proofs.values()].filter((p) => p.verified !== "verified" || p.state !== "delivered");
    const kept = outcomes.filter((o) => o.record !== "").length;
    if (bad.length > 0 || kept !== proofs.size) throw new Trouble(`${bad.length} of ${kept} records are not proven`, `look at ${near(mails)} and run ./task test:e2e`);
    return 0;
  } finally {
    await browser.close();
  }
}

/** Leaves the window to the person until they close it. */
async function watch(browser: Browser): Promise<void> {
  await browser.settings({ ...(scenes[0]?.settings ?? {}), destination: { kind: "download" } });
  const page = await browser.stage({ gen: "g3", lang: "en", chat: "harbour" });
  for (const other of browser.context.pages()) if (/^about:|welcome\.html$/.test(other.url())) await other.close();
  await page.bringToFront();
  console.log("\nThe window is yours: type into the stand-in. Close the window, or press Ctrl+C here, to end.");
  await new Promise<void>((done) => {
    browser.context.once("close", () => { done(); });
    page.once("close", () => { done(); });
  });
}

try {
  process.exitCode = await run();
} catch (e) {
  const known = e instanceof Trouble;
  console.error(`\ndemo: ${e instanceof Error ? e.message : String(e)}`);
  console.error(known ? `next: ${e.next}` : "next: run ./task extension again; if it stays, say what is printed above in an issue");
  if (!known && e instanceof Error && process.env["DEBUG"] !== undefined) console.error(e.stack);
  process.exitCode = 1;
}
