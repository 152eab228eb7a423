import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CHANNELS } from "../../../channel/registry.ts";
import type { Channel, Reading } from "../../../channel/types.ts";
import { page } from "./dom.ts";
import { mutate, seedOf } from "./mutate.ts";

declare const ROOT: string;

/** Pages tried for each fixture. */
const nightly = process.env["HANAPER_NIGHTLY"] === "1";
const TRIES = nightly ? 500 : 40;
if (!nightly) console.log(`${TRIES} changed pages a fixture: HANAPER_NIGHTLY=1 tries 500`);

/** Faults printed of one fixture. */
const MOST_TOLD = 8;

type Read = { reading: Reading } | { unknown: string };

/** What the channel makes of the editor that holds the draft, wherever it is now. */
function read(channel: Channel, editor: HTMLElement): Read | null {
  const box = channel.composerOf(editor);
  if (!box) return channel.strangeComposer(editor) ? { unknown: "strange" } : null;
  const state = channel.readDraft(box);
  return state.state === "ready" ? { reading: state.reading } : state.state === "unknown" ? { unknown: state.why } : null;
}

/** Something to read, where the fixture's composer is empty. */
function write(box: HTMLElement): void {
  const line = document.createElement("p");
  line.append("Close the quay tonight");
  box.replaceChildren(line);
}

const people = (reading: Reading): string[] => reading.to.map(({ name, address }) => address || name).sort();

/** What is wrong with a reading that claims to be right; "" for nothing. */
function wrong(want: Reading, got: Reading): string {
  if (got.body !== want.body) return `body ${JSON.stringify(got.body)}`;
  if (got.subject !== want.subject) return `subject ${JSON.stringify(got.subject)}`;
  if (got.account !== want.account && got.account !== "") return `account ${got.account}`;
  const files = (reading: Reading): string => reading.attachments.map(({ name }) => name).join();
  if (files(got) !== files(want)) return `files ${files(got)}`;
  const stranger = people(got).find((one) => !people(want).includes(one));
  if (stranger !== undefined) return `recipient ${stranger}`;
  if (got.membersComplete && people(got).join() !== people(want).join()) return `recipients said to be whole: ${people(got).join()}`;
  if (got.membersComplete && !want.membersComplete) return "recipients said to be whole";
  const same = want.to.length === 0 || people(got).join() === people(want).join();
  if (same && Array.from(got.title).sort().join("") !== Array.from(want.title).sort().join("")) return `title ${JSON.stringify(got.title)}`;
  return "";
}

/** The fixture in the one window there is: thousands of windows would not fit. */
function load(html: string): void {
  document.documentElement.innerHTML = html;
  document.documentElement.setAttribute("lang", /<html lang="([^"]+)"/.exec(html)?.[1] ?? "en");
}

page("<html></html>");
for (const id of CHANNELS.map((make) => make().id)) {
  const folder = join(ROOT, "testdata", "dom", id);
  if (!existsSync(folder)) throw new Error(`${folder} is missing: a channel needs fixtures`);
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".html"))) {
    const html = readFileSync(join(folder, name), "utf8");
    const made = (): Channel => {
      const channel = CHANNELS.map((make) => make()).find((one) => one.id === id);
      assert.ok(channel);
      return channel;
    };
    const fresh = (): { channel: Channel; box: HTMLElement | null } => {
      load(html);
      const channel = made();
      const box = channel.composer();
      if (box && channel.readDraft(box).state === "empty") write(box);
      return { channel, box };
    };
    test(`${id}/${name}, changed, gives the right draft or "unknown"`, async (t) => {
      const { channel, box } = fresh();
      if (!box) {
        t.skip("nothing can be written in this fixture");
        return;
      }
      const state = channel.readDraft(box);
      if (state.state !== "ready") {
        t.skip("what is written in this fixture is unknown as it stands");
        return;
      }
      const want = state.reading;
      const names = [want.title, ...want.to.map((party) => party.name)].filter((one) => one !== "");
      const faults: string[] = [];
      let right = 0;
      for (let i = 0; i < TRIES; i++) {
        const seed = seedOf(`${id}/${name}`) + i;
        await new Promise(setImmediate); // the page's weak references hold everything until a turn ends
        const changed = fresh();
        const done = mutate(seed, names);
        const got = changed.box && read(made(), changed.box);
        const fault = !got ? "neither a draft nor unknown" : "unknown" in got ? "" : wrong(want, got.reading);
        if (fault !== "") faults.push(`seed ${seed} (${done.join(", ")}): ${fault}`);
        else if (got && "reading" in got) right++;
      }
      assert.deepEqual(faults.slice(0, MOST_TOLD), [], `${faults.length} wrong drafts of ${TRIES}`);
      t.diagnostic(`${right} of ${TRIES} read right, the others unknown`);
      assert.ok(right > 0, "no changed page is read at all");
    });
  }
}
