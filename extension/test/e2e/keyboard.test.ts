import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser, ready } from "../harness.ts";
import { paths } from "../harness-paths.ts";
import { gone, on, openRoots, ui, waitFor, waitText, type UiNode, type Wanted } from "../harness-ui.ts";
import { composerSelector, sent, sentCount, settle } from "./acts.ts";

const axe = readFileSync(createRequire(join(paths.root, "package.json")).resolve("axe-core/axe.min.js"), "utf8");
const sensitive = "OFFICIAL-SENSITIVE: the wall will not hold another tide";

let browser: Browser;
before(async () => { browser = await Browser.start({ settings: { destination: { kind: "download" } } }); });
after(() => browser.close());

/** Goes on with Tab until the wanted control has the focus. */
async function tabTo(page: Page, wanted: Wanted, key: "Tab" | "Shift+Tab" = "Tab", most = 40): Promise<UiNode> {
  const seen: string[] = [];
  for (let i = 0; i < most; i++) {
    const focused = (await ui(page)).find((n) => n.focused && n.role !== "RootWebArea");
    const name = wanted.name ?? "";
    if (focused !== undefined && focused.role === wanted.role && (typeof name === "string" ? focused.name === name : name.test(focused.name))) return focused;
    seen.push(focused === undefined ? "(the page)" : `${focused.role} "${focused.name}"`);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach ${wanted.role ?? ""} ${String(wanted.name)}; it went ${seen.join(", ")}`);
}

test("the whole way by keyboard: stopped, read, sent anyway, kept", async () => {
  const t = pageStrings.en;
  const page = await browser.stage({ chat: "harbour" });
  await page.locator(composerSelector).focus();
  await page.keyboard.type(sensitive);
  await page.keyboard.press("Enter");
  const dialog = await waitFor(page, { role: "alertdialog" });
  assert.equal(dialog.name, t.titles.warn, "a dialog that names itself");
  assert.match(dialog.description, /\w{4}/, "and says what it is about");
  await tabTo(page, { role: "button", name: t.edit });
  await page.keyboard.press("Escape");
  await gone(page, { role: "alertdialog" });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("contenteditable")), "true", "Escape leads back to the text");
  await page.keyboard.press("Enter");
  await waitFor(page, { role: "alertdialog" });
  await tabTo(page, { role: "button", name: t.sendAnyway });
  await settle(page, 350);
  await page.keyboard.press("Enter");
  await sentCount(page, 1);
  await waitFor(page, { role: "button", name: t.keep });
  await tabTo(page, { role: "button", name: t.keep }, "Shift+Tab").catch(() => tabTo(page, { role: "button", name: t.keep }));
  await settle(page, 350);
  await page.keyboard.press("Enter");
  await waitFor(page, { role: "dialog" });
  await tabTo(page, { role: "button", name: t.keepNow });
  await settle(page, 350);
  await page.keyboard.press("Space");
  await waitText(page, new RegExp(`${t.troubles.unsaved}|${t.states.pending}`));
  await page.keyboard.press("Escape");
  await gone(page, { role: "dialog" });
  assert.equal((await sent(page)).length, 1, "no key of all these was taken for a wish to send");
  await page.close();
});

test("what happens is said to those who cannot see it", async () => {
  const t = pageStrings.en;
  const page = await browser.stage({ chat: "harbour" });
  await page.locator(composerSelector).focus();
  await page.keyboard.type("Going to Flood Warning for the caravan site. Jaz issue it now, do not wait for the 2030 run");
  await waitFor(page, { role: "button", name: t.details });
  const status = await waitFor(page, { role: "status" });
  const said = await on(page, status, "function () { return [this.getAttribute('aria-live'), this.textContent]; }");
  assert.match(JSON.stringify(said), /polite.*9a/);
  await page.close();
});

/** What axe finds on the page with our closed roots opened to it. */
async function faults(page: Page): Promise<string[]> {
  assert.ok((await openRoots(page)) > 0);
  const run = `axe.run({ include: [["x-note"]] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }).then(r => { window.__looked = r.passes.length; return r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 120)).join(" | ")); })`;
  return page.evaluate(`${axe}; ${run}`);
}

for (const lang of ["en", "fr"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`axe finds nothing in the faces, the menu and the Keep dialog, ${lang}, ${theme}`, async () => {
      const t = pageStrings[lang];
      await browser.settings({ ...ready, language: lang, device: "unmanaged", destination: { kind: "download" } });
      const page = await browser.stage({ gen: "g3", lang, theme, chat: "harbour" });
      await page.locator(composerSelector).focus();
      await page.keyboard.type("SECRET: the convoy leaves at 0200");
      await page.keyboard.press("Enter");
      await waitText(page, new RegExp(t.titles.block));
      await settle(page);
      assert.deepEqual(await faults(page), [], "block");
      assert.ok(Number(await page.evaluate("window.__looked")) > 5, "axe did look inside");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+A");
      await page.keyboard.type(sensitive);
      await page.keyboard.press("Enter");
      await waitText(page, new RegExp(t.titles.justify));
      await settle(page);
      assert.deepEqual(await faults(page), [], "justify");
      await page.keyboard.press("Escape");
      const chip = await tabTo(page, { role: "button", name: new RegExp(t.menu) }, "Shift+Tab").catch(() => tabTo(page, { role: "button", name: new RegExp(t.menu) }));
      assert.ok(chip.focused);
      await page.keyboard.press("Enter");
      await settle(page);
      assert.deepEqual(await faults(page), [], "the menu");
      await tabTo(page, { role: "button", name: t.keepMessages });
      await settle(page, 350);
      await page.keyboard.press("Enter");
      await waitFor(page, { role: "dialog" });
      await settle(page);
      assert.deepEqual(await faults(page), [], "the Keep dialog");
      if (lang === "en" && theme === "light") {
        const field = await waitFor(page, { role: "textbox", name: t.fields.subject });
        await on(page, field, "function () { this.getRootNode().querySelector(`label[for='${this.id}']`).remove(); }");
        assert.match((await faults(page)).join(), /label/, "a seeded fault is found");
      }
      await page.close();
    });
  }
}
