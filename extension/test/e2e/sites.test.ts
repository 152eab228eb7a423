import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pageStrings } from "../../ui/strings/page.ts";
import { siteTexts } from "../../ui/strings/sites.ts";
import type { Site } from "../../wire.ts";
import { Browser, until } from "../harness.ts";
import { paths } from "../harness-paths.ts";
import { press, ui, waitFor } from "../harness-ui.ts";
import { openStandIn } from "../standins.ts";
import { sent, sentCount, settle } from "./acts.ts";

/** A site added by data on the settings page, in the built extension. */

const HOST = "chat.department.example";
const file = join(paths.root, "testdata", "sites", "departmentchat.json");
const secret = "SECRET: the convoy leaves the depot at 0200";

let browser: Browser;
let dir: string;
before(async () => {
  // A browser without a person cannot answer the permission question: this copy was answered yes.
  dir = mkdtempSync(join(tmpdir(), "hanaper-sites-"));
  cpSync(paths.extension, dir, { recursive: true });
  const name = join(dir, "manifest.json");
  const manifest = JSON.parse(readFileSync(name, "utf8")) as { permissions: string[]; host_permissions: string[] };
  manifest.permissions.push("scripting");
  manifest.host_permissions.push(`https://${HOST}/*`);
  writeFileSync(name, JSON.stringify(manifest));
  browser = await Browser.start({ extension: dir });
});
after(async () => {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
});

const open = () => openStandIn(browser, `https://${HOST}`, { chat: "amira" }, "[data-st=box]");
const registered = () => browser.inside(async () => (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id), undefined);

test("a page nobody described is left alone", async () => {
  const page = await open();
  await page.locator("[data-st=box]").click();
  await page.keyboard.type(secret);
  await settle(page);
  assert.deepEqual(await ui(page), []);
  await page.keyboard.press("Enter");
  await sentCount(page, 1);
  await page.close();
});

test("a file adds it; then its messages are judged, stopped and kept as on any other", async () => {
  const t = pageStrings.en;
  const options = await browser.own("options.html");
  await options.locator("#site-file").setInputFiles(file);
  await options.locator("#site-list").waitFor();
  await until("the registration", async () => (await registered()).includes("site-departmentchat"));
  await options.close();

  const page = await open();
  await page.locator("[data-st=box]").click();
  await page.keyboard.type(secret);
  await page.keyboard.press("Enter");
  await waitFor(page, { role: "heading", name: t.titles.block });
  assert.deepEqual(await sent(page), []);
  assert.equal(await page.locator("[data-st=box]").inputValue(), secret);

  await page.locator("[data-st=box]").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("On my way");
  await page.keyboard.press("Enter");
  await sentCount(page, 1);
  assert.deepEqual((await sent(page)).map(({ text }) => text), ["On my way"]);

  await page.locator("[data-st=row]").first().hover();
  await press(page, { role: "button", name: t.keepRow });
  assert.equal((await waitFor(page, { name: t.fields.from, role: "textbox" })).value, "Amira Khan");
  for (const [field, role] of [["date", "Date"], ["time", "InputTime"]] as const) {
    assert.notEqual((await waitFor(page, { name: t.fields[field], role })).value, "", field);
  }
  await page.close();
});

test("a file that is none is refused with its fault, and removing a site ends it", async () => {
  const s = siteTexts("en");
  const options = await browser.own("options.html");
  const site = JSON.parse(readFileSync(file, "utf8")) as Site;
  const give = (value: object) => options.locator("#site-file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(value)) });
  for (const [value, fault] of [
    [{ ...site, id: "whatsapp" }, "id whatsapp is a channel already"],
    [{ ...site, hosts: ["web.whatsapp.com"] }, "hosts: web.whatsapp.com has a channel already"],
    [{ ...site, hosts: ["*"] }, "hosts[0] does not have the form asked for"],
    [{ ...site, script: "x" }, "script is no member of this form"],
    [{ ...site, anchors: { ...site.anchors, pane: ["li["] } }, "anchors.pane: li[ is no selector"],
  ] as const) {
    await give(value);
    await options.getByText(s.notAdded(fault)).waitFor();
  }
  await options.locator("#site-remove-departmentchat").click();
  await until("no registration", async () => (await registered()).length === 0);
  const page = await open();
  await page.locator("[data-st=box]").click();
  await page.keyboard.type(secret);
  await page.keyboard.press("Enter");
  await sentCount(page, 1);
  await page.close();
});
