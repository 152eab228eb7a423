import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import type { Settings } from "../../wire.ts";
import { Browser, ready } from "../harness.ts";
import { covered, find, press, ui, uiText, waitFor, waitText } from "../harness-ui.ts";
import { ask } from "../harness-worker.ts";
import { composerSelector, empty, insert, sent, sentCount, settle, type, typed } from "./acts.ts";

const words = {
  quiet: { en: "On my way, see you at the lift", fr: "En route, on se voit en bas" },
  significant: {
    en: "Going to Flood Warning for the caravan site. Jaz issue it now, do not wait for the 2030 run",
    fr: "Bon. On ne parle plus de réduction du quota. On recommande la fermeture à la ministre pour cette saison",
  },
  sensitive: { en: "OFFICIAL-SENSITIVE: the wall will not hold another tide", fr: "OFFICIAL-SENSITIVE : le mur ne tiendra pas" },
  secret: { en: "SECRET: the convoy leaves at 0200", fr: "SECRET : le convoi part à 2 h" },
} as const;

const personal = ["love you, see you sunday for dinner xx", "did the kids like the cake", "what time is the film tonight", "ok bring your coat it's freezing", "haha no way, tell dad", "night night x"];
const business = [
  "The minister has approved the funding for the council's flood shelter contract, please tell the department today",
  "Cabinet agreed the regulation yesterday, the department will publish the guidance on Monday",
  "Please send the revised submission to the Treasury and ask the director to approve the tender",
  "The contractor has pulled out of the hospital programme, the board decides on the budget this afternoon",
  "Decision: we drop option 2 and fund the councils from the department's reserves",
  "The inspectorate will report to the minister, legal advice is that the licence must be withdrawn",
];

let browser: Browser;
before(async () => { browser = await Browser.start(); });
after(() => browser.close());

async function scene(gen: "g1" | "g2" | "g3", lang: "en" | "fr", f: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.stage({ gen, lang, chat: "harbour" });
  try {
    await f(page);
  } finally {
    await page.close();
  }
}

/** Tests of pages that share settings run side by side. */
function under(name: string, settings: Partial<Settings>, tests: () => void): void {
  describe(name, { concurrency: 3 }, () => {
    before(() => browser.settings({ ...ready, ...settings }));
    tests();
  });
}

/** A stop covers nothing of what is typed. */
async function clear(page: Page): Promise<void> {
  const box = await page.locator(composerSelector).boundingBox();
  assert.ok(box);
  for (const r of await covered(page)) {
    const apart = r.x >= box.x + box.width || r.x + r.width <= box.x || r.y >= box.y + box.height || r.y + r.height <= box.y;
    assert.ok(apart, `the composer ${JSON.stringify(box)} is covered by ${JSON.stringify(r)}`);
  }
}

const generations = ["g1", "g2", "g3"] as const;

for (const lang of ["en", "fr"] as const) {
  const t = pageStrings[lang];

  under(`a managed device, ${lang}`, { language: lang }, () => {
    for (const gen of generations) {
      test(`silence: what needs nothing shows nothing, ${gen}`, () =>
        scene(gen, lang, async (page) => {
          await type(page, words.quiet[lang]);
          await settle(page, 700);
          const all = await uiText(page);
          for (const title of Object.values(t.titles)) assert.ok(!all.includes(title), all);
          assert.ok(!all.includes(t.notCheckedShort), all);
          await page.keyboard.press("Enter");
          await sentCount(page, 1);
        }));

      test(`warn: waits for one click, ${gen}`, () =>
        scene(gen, lang, async (page) => {
          await type(page, words.sensitive[lang]);
          await page.keyboard.press("Enter");
          await waitText(page, new RegExp(t.titles.warn));
          assert.match(await uiText(page), /9/, "names the paragraph");
          assert.deepEqual(await sent(page), []);
          await clear(page);
          await press(page, { role: "button", name: t.sendAnyway });
          await sentCount(page, 1);
          await settle(page);
          assert.deepEqual((await sent(page)).map((s) => s.text), [words.sensitive[lang]]);
        }));

      test(`block: not sent, the text stays, ${gen}`, () =>
        scene(gen, lang, async (page) => {
          await type(page, words.secret[lang]);
          await page.keyboard.press("Enter");
          await waitText(page, new RegExp(t.titles.block));
          assert.match(await uiText(page), /11/, "names paragraph 11");
          assert.equal(await find(page, { role: "button", name: t.sendAnyway }), undefined, "no press is enough to pass it");
          await clear(page);
          await press(page, { role: "button", name: t.edit });
          await settle(page);
          assert.equal(await typed(page), words.secret[lang]);
          assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("contenteditable")), "true", "back in the composer");
          await empty(page);
          await page.keyboard.type(words.quiet[lang]);
          await page.keyboard.press("Enter");
          await sentCount(page, 1);
        }));
    }
  });

  under(`something significant, ${lang}`, { language: lang, packs: lang === "fr" ? ["ca-im-protocol"] : ["uk-nccc-2023"] }, () => {
    for (const gen of generations) {
      test(`notice: said, sending goes on, and Keep is offered, ${gen}`, () =>
        scene(gen, lang, async (page) => {
          await type(page, words.significant[lang]);
          await waitFor(page, { role: "button", name: t.details });
          await clear(page);
          await page.keyboard.press("Enter");
          await sentCount(page, 1);
          await waitFor(page, { role: "button", name: t.keep });
        }));
    }
  });

  under(`an unmanaged device, ${lang}`, { language: lang, device: "unmanaged" }, () => {
    for (const gen of generations) {
      test(`justify: waits for a reason, ${gen}`, () =>
        scene(gen, lang, async (page) => {
          await type(page, words.sensitive[lang]);
          await page.keyboard.press("Enter");
          await waitText(page, new RegExp(t.titles.justify));
          await clear(page);
          await press(page, { role: "button", name: t.sendWithReason });
          await settle(page);
          assert.deepEqual(await sent(page), [], "not without words");
          await press(page, { role: "textbox", name: t.reasonJustify });
          await page.keyboard.type("The office system is down");
          await press(page, { role: "button", name: t.sendWithReason });
          await sentCount(page, 1);
          await settle(page);
          assert.equal((await sent(page)).length, 1);
        }));
    }
  });
}

under("text that comes without typing", {}, () => {
  test("a paste is judged at once, as typing is", () =>
    scene("g3", "en", async (page) => {
      await type(page, words.significant.en);
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Control+X");
      await settle(page);
      await page.keyboard.press("Control+V");
      await waitFor(page, { role: "button", name: pageStrings.en.details });
    }));

  test("text that the editor inserts by itself is judged at once", () =>
    scene("g3", "en", async (page) => {
      await page.locator(composerSelector).click();
      await insert(page, words.significant.en);
      await waitFor(page, { role: "button", name: pageStrings.en.details });
    }));
});

under("North Carolina without an assessment", { packs: ["us-nc-030319"] }, () => {
  test("prohibited is said once a chat a day; another chat hears it again", () =>
    scene("g3", "en", async (page) => {
      const t = pageStrings.en;
      for (const chat of ["estates", "five"]) {
        await page.evaluate((key) => { window.__stage.openChat(key); }, chat);
        const before = (await sent(page)).length;
        await type(page, "On my way");
        await page.keyboard.press("Enter");
        await waitText(page, new RegExp(t.titles.warn));
        assert.equal((await sent(page)).length, before);
        await press(page, { role: "button", name: t.sendAnyway });
        await sentCount(page, before + 1);
        await settle(page, 600);
        await type(page, "Nearly there");
        await page.keyboard.press("Enter");
        await sentCount(page, before + 2);
      }
    }));
});

under("an unmanaged device and a personal chat", { device: "unmanaged" }, () => {
  test("stays quiet about significance and device", () =>
    scene("g3", "en", async (page) => {
      await ask(browser, { op: "chat", channel: "whatsapp", chat: "Mum", scope: "personal" });
      await page.evaluate(() => { window.__stage.openChat("mum"); });
      await type(page, "Decided: we take the house, tell the agent and the bank today");
      await settle(page, 700);
      const all = await uiText(page);
      for (const title of Object.values(pageStrings.en.titles)) assert.ok(!all.includes(title), all);
      await page.keyboard.press("Enter");
      await sentCount(page, 1);
      await settle(page);
      assert.ok(!(await uiText(page)).includes(pageStrings.en.sentKeep));
    }));
});

under("a personal chat that turns to business", { device: "unmanaged" }, () => {
  test("is said once, quietly, with a button that sets it to work; nothing of it reaches the disk", () =>
    scene("g3", "en", async (page) => {
      const t = pageStrings.en;
      await ask(browser, { op: "chat", channel: "whatsapp", chat: "Mum", scope: "personal" });
      await page.evaluate(() => { window.__stage.openChat("mum"); });
      let said = 0;
      for (const line of [...personal, ...business]) {
        await type(page, line);
        await settle(page, 700);
        const now = (await find(page, { role: "button", name: t.setWork })) !== undefined;
        if (now && said === 0) said = business.indexOf(line) + 1;
        if (now) break;
        const before = (await sent(page)).length;
        await page.keyboard.press("Enter");
        await sentCount(page, before + 1);
      }
      assert.ok(said > 0, "said after the change, not before");
      await waitText(page, /may have turned to government business/);
      await press(page, { role: "button", name: t.setWork });
      await settle(page, 700);
      assert.equal(await find(page, { role: "button", name: t.setWork }), undefined);
    }));
});

under("a page nobody described", {}, () => {
  test("says so, and sending goes on", async () => {
    const page = await browser.stage({ gen: "none", chat: "harbour" });
    await type(page, "Anything at all");
    await page.keyboard.press("Enter");
    await sentCount(page, 1);
    await waitText(page, new RegExp(pageStrings.en.notCheckedShort));
    assert.ok((await ui(page)).some((n) => n.role === "button"), "with a way on by hand");
    await page.close();
  });
});
