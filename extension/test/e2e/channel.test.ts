import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { Browser, type StageQuery } from "../harness.ts";
import { paths } from "../harness-paths.ts";

interface ReadRow {
  direction: string;
  from: string;
  body: string;
  kind: string;
  date: string;
  time: string;
  files: string[];
  status: string;
  expected: string;
}

/** The channel's answers on the open page, its code run in the page itself. */
async function read(page: Page, source: string): Promise<{ chat: unknown; generation: string; draft: unknown; rows: ReadRow[]; test: { ok: boolean; checks: unknown } }> {
  await page.evaluate(source);
  return page.evaluate(() => {
    const { whatsapp } = (globalThis as unknown as { HanaperChannel: typeof import("../../channel/whatsapp.ts") }).HanaperChannel;
    const channel = whatsapp();
    const box = channel.composer();
    const chat = channel.chat();
    return {
      chat: chat === null ? null : { title: chat.title, kind: chat.kind, members: chat.members.map((m) => m.name), complete: chat.membersComplete, timer: chat.timer.on, address: chat.members[0]?.address },
      generation: channel.generation(),
      draft: box === null ? null : channel.readDraft(box),
      test: channel.selfTest(),
      rows: channel.rows().filter((r) => r.element.querySelector(".st-line") !== null).map((r) => ({
        direction: r.direction, from: r.from.name, body: r.body, kind: r.kind, date: r.at.date, time: r.at.time, status: r.status,
        files: r.attachments.map((a) => a.name),
        expected: r.element.querySelector(".st-line")?.classList.contains("st-out") === true ? "out" : "in",
      })),
    };
  });
}

let browser: Browser;
let source: string;
before(async () => {
  const { outputFiles } = await build({
    stdin: { contents: `export { whatsapp } from "./extension/channel/whatsapp.ts"`, resolveDir: paths.root },
    bundle: true, write: false, format: "iife", globalName: "HanaperChannel", target: "es2022",
  });
  source = `${outputFiles[0]?.text ?? ""}; globalThis.HanaperChannel = HanaperChannel;`;
  browser = await Browser.start({ extension: null });
});
after(() => browser.close());

const pages: StageQuery[] = (["g1", "g2", "g3"] as const).flatMap((gen) =>
  (["en", "fr", "pt", "it"] as const).map((lang) => ({ gen, lang })),
);
pages.push({ gen: "g3", lang: "en", clock: "12" });

for (const query of pages) {
  const name = Object.values(query).join(" ");
  test(`reads a group, ${name}`, async () => {
    const page = await browser.stage({ ...query, chat: "harbour" });
    await page.locator(".st-main [contenteditable='true']").click();
    await page.keyboard.type("Zwölf Boote 🌊");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("second line");
    const got = await read(page, source);
    assert.equal(got.generation.toLowerCase(), query.gen);
    assert.deepEqual(got.test.ok, true, JSON.stringify(got.test.checks));
    assert.deepEqual(got.chat, { title: "Harbour flood desk", kind: "group", members: ["Amira Khan", "Ben Osei", "Nuala Byrne"], complete: true, timer: false, address: "" });
    const draft = got.draft as { state: string; reading: { body: string; title: string } };
    assert.equal(draft.state, "ready");
    assert.equal(draft.reading.body, "Zwölf Boote 🌊\nsecond line");
    for (const row of got.rows) {
      assert.equal(row.direction, row.expected, `direction of ${JSON.stringify(row)}`);
      assert.match(row.time, /^\d\d:\d\d$/, JSON.stringify(row));
      assert.match(row.date, /^\d{4}-\d\d-\d\d$/, JSON.stringify(row));
    }
    const told = (text: string): ReadRow | undefined => got.rows.find((r) => r.body.startsWith(text));
    assert.equal(told("Asking the duty lead")?.body, "Asking the duty lead now", "the quoted message is not part of it");
    assert.equal(told("Seen it.")?.body, "Seen it. Crews are asking whether the quay closes today 🌊");
    assert.equal(told("Seen it.")?.from, "Ben Osei");
    assert.equal(told("Forecast page")?.body, "Forecast page: https://floods.example/harbour");
    assert.ok(got.rows.some((r) => r.kind === "deleted" && r.body === ""));
    // G2 shows two ticks, in colour only when read.
    assert.ok(got.rows.some((r) => r.direction === "out" && ["read", "delivered"].includes(r.status)));
    assert.deepEqual(got.rows.length, 9);
    await page.close();
  });

  test(`reads one-to-one chats, ${name}`, async () => {
    const page = await browser.stage({ ...query, chat: "unsaved" });
    const unsaved = await read(page, source);
    assert.deepEqual(unsaved.chat, { title: "+44 7700 900321", kind: "one", members: ["+44 7700 900321"], complete: true, timer: false, address: "+447700900321" });
    assert.equal((unsaved.draft as { state: string }).state, "empty");
    await page.evaluate(() => { window.__stage.openChat("press"); });
    await page.waitForFunction(() => document.querySelector(".st-title")?.textContent === "Leila Haddad");
    const press = (await read(page, source)).chat as { title: string; timer: boolean; kind: string };
    assert.deepEqual([press.title, press.kind, press.timer], ["Leila Haddad", "one", true]);
    await page.close();
  });
}

test("a page that nobody described is not taken for an empty one", async () => {
  const page = await browser.stage({ gen: "none", chat: "harbour" });
  await page.locator(".st-main [contenteditable='true']").click();
  await page.keyboard.type("Anything");
  const got = await read(page, source);
  assert.notEqual((got.draft as { state?: string } | null)?.state, "empty");
  await page.close();
});
