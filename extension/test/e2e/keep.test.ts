import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser } from "../harness.ts";
import { stored } from "../harness-worker.ts";
import { find, middle, press, ui, waitFor, waitText } from "../harness-ui.ts";
import { filesIn, giveFolder, keepDirectly, captureOf, records } from "./captures.ts";
import { sentCount, type } from "./acts.ts";

const t = pageStrings.en;
const decision = "Going to Flood Warning for the caravan site. Jaz issue it now, do not wait for the 2030 run";

let browser: Browser;
before(async () => {
  browser = await Browser.start({ settings: { destination: { kind: "folder" } } });
  await keepDirectly(browser, captureOf("Makes the outbox"));
  await giveFolder(await browser.back(), "records");
});
after(() => browser.close());

/** The record in a filed e-mail: its JSON part. */
function recordIn(eml: string): Record<string, never> & { fields: Record<string, unknown>; observed: Record<string, unknown>; messages: { body: string; context_only: boolean; direction: string }[]; method: string; note?: string } {
  const part = eml.split(/\r\n--/).find((p) => /content-type: application\/(\S*\+)?json/i.test(p) && !/signature/i.test(p.split("\r\n\r\n")[0] ?? "")) ?? "";
  const [head = "", ...rest] = part.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const text = /base64/i.test(head) ? Buffer.from(body, "base64").toString("utf8") : body;
  return JSON.parse(text) as never;
}

async function newest(): Promise<ReturnType<typeof recordIn>> {
  const [first] = await records(browser);
  assert.ok(first);
  assert.equal(first.state, "delivered", JSON.stringify(first));
  const file = (await filesIn(await browser.back(), "records")).find((f) => f.name === first.file_name);
  assert.ok(file, first.file_name);
  return recordIn(file.text);
}

const value = async (page: Page, name: string): Promise<string> => (await waitFor(page, { name, role: name === t.fields.date ? "Date" : name === t.fields.time ? "InputTime" : "textbox" })).value;

/** Opens the row's own Keep button by resting the pointer on a message. */
async function pointAt(page: Page, text: string): Promise<void> {
  await page.locator(".st-bubble", { hasText: text }).last().hover();
  await press(page, { role: "button", name: t.keepRow });
  await waitFor(page, { role: "dialog" });
}

async function keepNow(page: Page): Promise<void> {
  await press(page, { role: "button", name: t.keepNow, last: true });
}

for (const gen of ["g1", "g2", "g3"] as const) {
  test(`the message just sent: two presses, five fields filled in, filed and read back, ${gen}`, async () => {
    const page = await browser.stage({ gen, lang: "en", chat: "harbour" });
    await type(page, decision);
    await waitFor(page, { role: "button", name: t.details });
    await page.keyboard.press("Enter");
    await sentCount(page, 1);
    await press(page, { role: "button", name: t.keep });
    await waitFor(page, { role: "dialog" });
    assert.match(await value(page, t.fields.from), /Dana Ellis/);
    assert.match(await value(page, t.fields.to), /Amira Khan.*Ben Osei.*Nuala Byrne/);
    assert.notEqual(await value(page, t.fields.subject), "");
    await keepNow(page);
    await waitText(page, /Filed in records/);
    await press(page, { role: "button", name: t.close, last: true });
    const record = await newest();
    assert.deepEqual(record.messages.map((m) => [m.body, m.direction, m.context_only]), [[decision, "out", false]]);
    assert.equal(record.method, "verbatim");
    assert.match(String(record.fields["date"]), /^\d{4}-\d\d-\d\d$/);
    assert.match(String(record.fields["time"]), /^\d\d:\d\d/);
    assert.deepEqual((record.fields["to"] as { name: string }[]).map((p) => p.name), ["Amira Khan", "Ben Osei", "Nuala Byrne"]);
    await page.close();
  });

  test(`a row received earlier, a second one and the context before it, ${gen}`, async () => {
    const page = await browser.stage({ gen, lang: "en", chat: "harbour" });
    await page.locator(".st-main [contenteditable='true']").click();
    await pointAt(page, "Forecast page");
    assert.match(await value(page, t.fields.from), /Amira Khan/);
    assert.match(await value(page, t.fields.to), /Dana Ellis/);
    await press(page, { role: "button", name: t.keepShowAll });
    await press(page, { role: "checkbox", name: /Thanks Amira/ });
    await press(page, { role: "checkbox", name: t.keepContext });
    await keepNow(page);
    await waitText(page, /Filed in records/);
    await press(page, { role: "button", name: t.close, last: true });
    const record = await newest();
    const kept = record.messages.filter((m) => !m.context_only).map((m) => [m.direction, m.body]);
    assert.deepEqual(kept, [["in", "Forecast page: https://floods.example/harbour"], ["out", "Thanks Amira"]]);
    const context = record.messages.filter((m) => m.context_only);
    assert.ok(context.length >= 1 && context.every((m) => !kept.some(([, body]) => body === m.body)));
    assert.ok(!context.some((m) => /deleted/.test(m.body)), "a deleted message is no context");
    await page.close();
  });
}

test("a field emptied is asked for by name; a field corrected is kept beside what the page showed", async () => {
  const page = await browser.stage({ chat: "amira" });
  await page.locator(".st-main [contenteditable='true']").click();
  const before = (await records(browser)).length;
  await pointAt(page, "I will bring the print-outs");
  const proposed = await value(page, t.fields.subject);
  await press(page, { role: "textbox", name: t.fields.subject });
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await keepNow(page);
  await waitText(page, new RegExp(t.missing(t.fields.subject)));
  assert.equal((await records(browser)).length, before, "nothing was stored");
  assert.equal((await find(page, { role: "textbox", name: t.fields.subject }))?.focused, true, "the cursor is in the empty field");
  await page.keyboard.type("Print-outs for the board");
  await keepNow(page);
  await waitText(page, /Filed in records/);
  const record = await newest();
  assert.equal(record.fields["subject"], "Print-outs for the board");
  assert.deepEqual(record.observed, { subject: proposed });
  await page.close();
});

test("by hand, where the page is not understood", async () => {
  const page = await browser.stage({ gen: "none", chat: "harbour" });
  await type(page, "x");
  await press(page, { role: "button", name: t.keepByHand });
  await waitFor(page, { role: "dialog" });
  await press(page, { role: "textbox", name: t.text });
  await page.keyboard.type("The duty lead agreed to close the quay");
  for (const [name, text] of [[t.fields.from, "Amira Khan"], [t.fields.to, "Dana Ellis"], [t.fields.subject, "Quay"]] as const) {
    await press(page, { role: "textbox", name });
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  }
  await keepNow(page);
  await waitText(page, new RegExp(t.missing(`${t.fields.date}, ${t.fields.time}`)));
  for (const [role, name, keys] of [["Date", t.fields.date, "11222026"], ["InputTime", t.fields.time, "0903AM"]] as const) {
    await press(page, { role, name });
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(keys);
  }
  await keepNow(page);
  await waitText(page, /Filed in records/);
  const record = await newest();
  assert.deepEqual([record.fields["date"], record.fields["time"]], ["2026-11-22", "09:03"]);
  assert.equal(record.method, "transcript");
  assert.equal(record.messages[0]?.body, "The duty lead agreed to close the quay");
  await page.close();
});

test("the substance in place of the words, where advanced chat privacy is on and where it is chosen", async () => {
  const page = await browser.stage({ chat: "audit" });
  await page.locator(".st-main [contenteditable='true']").click();
  await pointAt(page, "The auditor wants");
  await waitText(page, /advanced chat privacy/);
  await press(page, { role: "textbox", name: t.substanceWhat });
  await page.keyboard.type("The tender waits until Friday");
  await press(page, { role: "textbox", name: t.substanceWhy });
  await page.keyboard.type("Asked for by audit");
  await keepNow(page);
  await waitText(page, /Filed in records/);
  const record = await newest();
  assert.equal(record.method, "substance");
  assert.deepEqual(record.messages.map((m) => m.body), [`${t.substanceWhat}\nThe tender waits until Friday\n\n${t.substanceWhy}\nAsked for by audit`]);
  assert.deepEqual([(record.fields["from"] as { name: string }).name, record.fields["subject"]], ["Farida Noor", "Farida Noor"]);
  assert.equal(JSON.stringify(record).includes("auditor wants"), false, "no word of the message");
  await press(page, { role: "button", name: t.close, last: true });
  await press(page, { role: "button", name: /menu for this chat/ });
  await press(page, { role: "button", name: t.keepSubstanceOf });
  await waitFor(page, { role: "textbox", name: t.substanceWhat });
  await page.close();
});

test("words taken out before keeping: marked in the record, and in no storage and not in the file", async () => {
  const settings = await browser.inside(async () => (await chrome.storage.local.get("settings"))["settings"] as object, undefined);
  const page = await browser.stage({ chat: "amira" });
  await page.locator(".st-main [contenteditable='true']").click();
  await pointAt(page, "I will bring the print-outs");
  await waitText(page, /words are kept whole/);
  assert.equal(await find(page, { role: "button", name: t.redactOpen }), undefined, "not while it is not stated that there is no hold");
  await page.keyboard.press("Escape");
  await browser.inside((s) => chrome.storage.local.set({ settings: { ...s, hold: { state: "none", stated_at: new Date().toISOString() } } }), settings);
  await page.waitForTimeout(700);
  await page.mouse.move(5, 5); // resting on the same message tells nothing new
  await page.waitForTimeout(200);
  await pointAt(page, "I will bring the print-outs");
  await press(page, { role: "button", name: t.redactOpen });
  await press(page, { role: "textbox", name: /^Amira Khan/ });
  await page.keyboard.type("x"); // changes nothing
  await page.keyboard.press("Control+End");
  for (let i = 0; i < "print-outs".length; i++) await page.keyboard.press("Shift+ArrowLeft");
  await press(page, { role: "button", name: t.redactNow });
  await waitText(page, new RegExp(t.redactDone(1)));
  await keepNow(page);
  await waitText(page, /Filed in records/);
  const record = await newest();
  assert.deepEqual(record.messages.map((m) => [m.body, (m as { redactions?: unknown }).redactions]), [["Great. I will bring the █████", [{ at: 24, length: 10 }]]]);
  assert.equal(JSON.stringify(record).includes("print-outs"), false, "not in the subject either");
  assert.equal((await stored(browser)).includes("print-outs"), false, "in no storage");
  const name = (await records(browser))[0]?.file_name; // an earlier test kept the message whole
  const file = (await filesIn(await browser.back(), "records")).find((f) => f.name === name);
  assert.equal(file?.text.includes("print-outs"), false, "not in the file");
  await page.close();
});

test("the dialog never stands over the Keep of another message, and Escape leaves nothing behind", async () => {
  const page = await browser.stage({ chat: "amira" });
  await page.locator(".st-main [contenteditable='true']").click();
  const before = (await records(browser)).length;
  await pointAt(page, "I will bring the print-outs");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(300);
  assert.equal(await find(page, { role: "dialog" }), undefined);
  assert.equal((await records(browser)).length, before);
  assert.ok((await ui(page)).length > 0 && (await middle(page, await waitFor(page, { role: "button", name: /Hanaper/ }))).x > 0);
  await page.close();
});
