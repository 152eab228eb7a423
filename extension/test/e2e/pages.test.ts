import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Settings } from "../../wire.ts";
import { Browser, until } from "../harness.ts";
import { paths } from "../harness-paths.ts";
import { ask } from "../harness-worker.ts";
import { captureOf, keepDirectly, records } from "./captures.ts";
import { dropFolder, grant } from "./folder.ts";

const PAGES = ["options.html", "stored.html", "welcome.html", "panel.html", "coverage.html", "training.html", "policy.html", "forms.html", "forms.html#new=exceptional-use", "forms.html#new=final-review"] as const;
const axe = readFileSync(createRequire(join(paths.root, "package.json")).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with a page, a line each. Of what a theme changes only the colours are looked at again. */
async function faults(page: Page, again = false): Promise<string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const only = again && process.env["HANAPER_NIGHTLY"] !== "1" ? { type: "rule", values: ["color-contrast", "link-in-text-block", "target-size"] } : { type: "tag", values: tags };
  const run = `axe.run(document, {runOnly: ${JSON.stringify(only)}}).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target).join(", ")))`;
  return page.evaluate(`${axe}; ${run}`);
}

/** A stopped message that was sent anyway, so that the table of decisions is there. */
async function decide(browser: Browser): Promise<void> {
  await ask(browser, { op: "event", channel: "whatsapp", chat: "x", action: "warn", way: "sent_anyway", rules: ["us-nc-030319/NC-G7c"], request: "a".repeat(32) });
}

async function settingsOf(browser: Browser): Promise<Partial<Settings>> {
  return browser.inside(async () => (await chrome.storage.local.get("settings"))["settings"] as Partial<Settings>, undefined);
}

const said = (page: Page, text: RegExp) => until(`"${text.source}" to be said`, async () => text.test((await page.textContent(".live")) ?? ""));

test("every page is free of what axe finds, in both languages and themes; a seeded fault is found", async () => {
  const browser = await Browser.start({ settings: { packs: ["uk-nccc-2023", "us-nc-030319"], destination: { kind: "folder" } } });
  try {
    await keepDirectly(browser, captureOf("Agreed: the quay closes at noon"));
    await decide(browser);
    for (const language of ["en", "fr"] as const) {
      await browser.settings({ ...(await settingsOf(browser)), language });
      for (const path of PAGES) {
        const page = await browser.own(path);
        await page.waitForSelector("main h1");
        assert.equal(await page.evaluate(() => document.documentElement.lang), language);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await faults(page, colorScheme === "dark"), [], `${path} ${language} ${colorScheme}`);
        }
        await page.emulateMedia({ forcedColors: "active" });
        assert.deepEqual(await faults(page, true), [], `${path} ${language} forced colours`);
        if (path === "options.html") {
          await page.evaluate(() => document.querySelector('label[for="name"]')?.remove());
          assert.match((await faults(page)).join(), /label: #name/);
        }
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
});

test("at 320 pixels, as at 400 % on a small screen, nothing has to be scrolled sideways", async () => {
  const browser = await Browser.start({ settings: { packs: ["us-nc-030319"], language: "fr", destination: { kind: "folder" } }, width: 320, height: 640 });
  try {
    await keepDirectly(browser, captureOf("Agreed", "A subject-of-one-very-long-word-without-any-space-in-it-at-all-to-break"));
    await decide(browser);
    for (const path of PAGES) {
      const page = await browser.own(path);
      await page.waitForSelector("main h1");
      for (const details of await page.locator("summary").all()) await details.click();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, path);
      await page.close();
    }
  } finally {
    await browser.close();
  }
});

/** What is pressed and smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8); links within a sentence are not counted. */
function small(): string[] {
  const pressed = [...document.querySelectorAll<HTMLElement>("button, a, input, select, textarea, summary, [tabindex='0']")];
  return pressed
    .filter((element) => !(element.tagName === "A" && getComputedStyle(element).display === "inline"))
    .map((element) => ({ element, box: (element.closest("label") ?? element).getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1 && (box.width < 24 || box.height < 24))
    .map(({ element, box }) => `${element.tagName} #${element.id} ${box.width} x ${box.height}`);
}

test("all that is pressed is 24 pixels wide and high, nothing moves for who wants no motion, and Tab reaches everything in its order", async () => {
  const browser = await Browser.start({ settings: { packs: ["uk-nccc-2023", "us-nc-030319"] } });
  try {
    await keepDirectly(browser, captureOf("Agreed: the quay closes at noon"));
    for (const path of PAGES) {
      const page = await browser.own(path);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.waitForSelector("main h1");
      assert.deepEqual(await page.evaluate(small), [], path);
      const moving = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return style.scrollBehavior === "smooth" || style.transitionDuration !== "0s" || style.animationName !== "none";
      }).length);
      assert.equal(moving, 0, `${path} moves`);
      const steps = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>("button:not(:disabled), a[href], select, summary")].filter((e) => e.checkVisibility()).map((e) => e.id).filter(Boolean));
      const first = steps.slice(0, 25); // a field of a date has several stops
      const reached = new Set<string>();
      await page.evaluate(() => { window.scrollTo(0, 0); (document.activeElement as HTMLElement | null)?.blur(); });
      for (let i = 0; i < 120 && first.some((id) => !reached.has(id)); i++) {
        await page.keyboard.press("Tab");
        reached.add(await page.evaluate(() => document.activeElement?.id ?? ""));
      }
      assert.deepEqual(first.filter((id) => !reached.has(id)), [], `${path}: Tab does not reach`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
});

test("the first run asks which device it is; with the keyboard alone", async () => {
  const browser = await Browser.start({ settings: null });
  try {
    await until("the welcome page to open by itself", () => browser.context.pages().some((p) => p.url().endsWith("/welcome.html")));
    const page = await browser.own("welcome.html");
    await page.focus("#start");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#device .fault");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "device-kind-managed");
    await page.keyboard.press("Space");
    await until("the choice to be stored", async () => (await settingsOf(browser)).device === "managed");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "device-kind-managed", "drawing again keeps the focus");
    await page.focus("#start");
    await page.keyboard.press("Enter");
    await page.waitForSelector('.note[data-tone="good"]');
  } finally {
    await browser.close();
  }
});

test("settings are saved as they are changed, and a faulty one is named", async () => {
  const browser = await Browser.start({ settings: { context_messages: 99 } });
  try {
    const page = await browser.own("options.html");
    await page.waitForSelector("main h1");
    assert.match((await page.textContent('.note[data-tone="warn"]')) ?? "", /context_messages/);
    await page.check("#device-kind-unmanaged");
    await said(page, /Saved/);
    await page.fill("#address", "not an address");
    await page.keyboard.press("Tab");
    await page.waitForSelector("#address-fault");
    await page.fill("#organisation-domains", "dept.example\n@agency.example");
    await page.keyboard.press("Tab");
    await until("the domains to be stored", async () => (await settingsOf(browser)).organisation?.domains.join() === "dept.example,agency.example");
    const stored = await settingsOf(browser);
    assert.deepEqual([stored.device, stored.address], ["unmanaged", "dana.ellis@department.example"]);
    await page.check("#hold-state-none");
    await until("the statement to be dated", async () => Date.now() - Date.parse((await settingsOf(browser)).hold?.stated_at ?? "") < 60_000);
    await page.check("#language-choice-fr");
    await until("the page to speak French", async () => (await page.textContent("h1")) === "Réglages");
    await page.click("#pack-uk-nccc-2023");
    await until("no rule book to be refused", async () => page.isChecked("#pack-uk-nccc-2023"));
  } finally {
    await browser.close();
  }
});

test("all that waits is saved with one click", async () => {
  const browser = await Browser.start({ settings: { destination: { kind: "none" } } });
  try {
    for (const body of ["One", "Two", "Three"]) await keepDirectly(browser, captureOf(`Decided: ${body}`));
    const page = await browser.own("stored.html");
    const names = new Set<string>();
    page.on("download", (download) => names.add(download.suggestedFilename()));
    await page.click("#save-all");
    await until("three files", () => names.size === 3);
    for (const name of names) assert.match(name, /^2026-11-22-1403-decided-.*\.eml$/);
  } finally {
    await browser.close();
  }
});

test("saved as a file, a record is not proven; given back unchanged, it is", async () => {
  const browser = await Browser.start({ settings: { destination: { kind: "download" } } });
  const folder = mkdtempSync(join(tmpdir(), "hanaper-saved-"));
  try {
    const kept = await keepDirectly(browser, captureOf("Approved: two more boats"));
    assert.deepEqual([kept.state, kept.trouble], ["pending", "unsaved"]);
    const page = await browser.own("stored.html");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save-all")]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    await until("the record to say that it is not proven", async () => (await records(browser))[0]?.trouble === "unproven");
    const changed = join(folder, "changed.eml");
    writeFileSync(changed, readFileSync(file, "utf8").replace(/^[A-Za-z0-9+/]{70,}/m, (line) => line.replace(/.$/, (c) => (c === "A" ? "B" : "A"))));
    await page.setInputFiles("#give-back", changed);
    await page.waitForSelector("#given li");
    assert.match((await page.textContent("#given")) ?? "", /changed\.eml.*not one of the records/);
    assert.equal((await records(browser))[0]?.state, "pending");
    await page.setInputFiles("#give-back", file);
    await until("the record to be proven", async () => (await records(browser))[0]?.state === "delivered");
    await page.waitForSelector('.note[data-tone="good"]');
    assert.equal(await browser.inside(() => chrome.action.getBadgeText({}), undefined), "");
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});

test("a real folder: three wait for the grant through a restart; granted, the worker files them", async () => {
  const base = mkdtempSync(join(tmpdir(), "hanaper-folder-"));
  const [profile, folder] = [join(base, "profile"), join(base, "Registry")];
  mkdirSync(folder);
  try {
    const first = await Browser.start({ profile });
    const page = await first.own("options.html");
    await dropFolder(page, folder);
    await first.close();

    const second = await Browser.start({ profile, settings: null });
    for (const body of ["One", "Two", "Three"]) {
      const kept = await keepDirectly(second, captureOf(`Decided: ${body}`));
      assert.deepEqual([kept.state, kept.trouble], ["pending", "permission"]);
    }
    const stored = await second.own("stored.html");
    await stored.waitForSelector("#renew");
    assert.equal(await second.inside(() => chrome.action.getBadgeText({}), undefined), "3");
    assert.deepEqual(readdirSync(folder), []);
    await second.close();

    grant(profile, second.extensionId, folder);
    const third = await Browser.start({ profile, settings: null });
    await until("the worker to file what waited", async () => (await records(third)).every((r) => r.state === "delivered"));
    const fourth = await keepDirectly(third, captureOf("Decided: Four"));
    assert.equal(fourth.state, "delivered");
    await third.close();
    assert.equal(readdirSync(folder).length, 4);
    for (const name of readdirSync(folder)) assert.match(readFileSync(join(folder, name), "latin1"), /\r\nMessage-ID: <[0-9a-f]{64}@hanaper\.invalid>\r\n/);
  } finally {
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("emptying is refused until it is stated that there is no hold, and never takes what waits", async () => {
  const browser = await Browser.start({ settings: { destination: { kind: "none" } } });
  try {
    await keepDirectly(browser, captureOf("Agreed"));
    const page = await browser.own("stored.html");
    await page.waitForSelector("#empty-refused");
    assert.equal(await page.locator("#empty").count(), 0);
    await browser.settings({ ...(await settingsOf(browser)), hold: { state: "held", stated_at: "" } });
    await until("the words of a hold", async () => /nothing may be removed/.test((await page.textContent("#empty-refused")) ?? ""));
    assert.equal(/\bdelet|\bremove\b|\bpurg|dropped/i.test(await page.innerText("#main")), false, "under a hold no text speaks of deleting");
    await browser.settings({ ...(await settingsOf(browser)), hold: { state: "none", stated_at: new Date().toISOString() } });
    await page.waitForSelector("#empty:disabled");
    assert.equal((await records(browser)).length, 1);
  } finally {
    await browser.close();
  }
});
