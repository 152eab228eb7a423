import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pageStrings } from "../../ui/strings/page.ts";
import { transcriptTexts } from "../../ui/strings/transcript.ts";
import { Browser } from "../harness.ts";
import { fill, press, waitFor, waitText } from "../harness-ui.ts";
import { filesIn, giveFolder, keepDirectly, captureOf, records } from "./captures.ts";

/** What no page shows is written down by hand and becomes a record like any other. */

let browser: Browser;
before(async () => {
  browser = await Browser.start({ settings: { destination: { kind: "folder" } } });
  await keepDirectly(browser, captureOf("Makes the outbox"));
  await giveFolder(await browser.back(), "records");
});
after(() => browser.close());

test("a Signal message is written down, kept with its five fields, filed and read back", async () => {
  const [t, s] = [pageStrings.en, transcriptTexts("en")];
  const page = await browser.own("transcript.html");
  await page.getByRole("button", { name: s.write }).click();
  await page.getByText(s.whoNeeded).waitFor();
  await page.getByLabel(s.who).fill("Amira Khan <+447700900111>");
  await page.getByRole("button", { name: s.write }).click();
  await fill(page, { role: "textbox", name: t.text }, "Close the quay from noon.");
  await press(page, { role: "radio", name: t.ways.in });
  assert.equal((await waitFor(page, { role: "textbox", name: t.fields.from })).value, "Amira Khan <+447700900111>");
  await press(page, { role: "button", name: t.keepNow, last: true });
  await waitText(page, /Please add: Date, Time/);
  for (const [field, role, keys] of [["date", "Date", "11222026"], ["time", "InputTime", "0915AM"]] as const) {
    await press(page, { role, name: t.fields[field] });
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(keys);
  }
  await press(page, { role: "button", name: t.keepNow, last: true });
  await waitText(page, /Filed in records/);
  const [first] = await records(browser);
  assert.equal(first?.state, "delivered");
  const file = (await filesIn(await browser.back(), "records")).find(({ name }) => name === first.file_name);
  const text = file?.text.replace(/=\r\n/g, "") ?? "";
  assert.match(text, /Close the quay from noon/);
  assert.match(text, /signal/);
  assert.match(text, /transcript/);
});
