import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import exits from "../../exits.json";
import type { ExitId } from "../../exits.ts";
import { Browser, until } from "../harness.ts";
import { ask, strangers } from "../harness-worker.ts";
import { captureOf, filesIn, giveFolder, keepDirectly, request } from "./captures.ts";

/** Letters that occur in no program or dictionary, one word for each place words can stand. */
const canary = { kept: "Qorvanelzyx", unkept: "Kestrupnavqo", own: "Zeltrovane", name: "Bryndelqua", title: "Xylandrovex", chat: "Wopplegarn" } as const;
type Word = keyof typeof canary;

let browser: Browser;
before(async () => {
  browser = await Browser.start({
    settings: {
      name: `Dana ${canary.name}`,
      destination: { kind: "download" },
      contacts: [{ role: "records", name: "", address: "kim@department.example" }, { role: "head", name: "", address: "head@department.example" }],
      systems: [{ name: "Teams", url: "https://teams.department.example/?text={text}" }],
    },
  });
  await keepDirectly(browser, captureOf(`Agreed: ${canary.kept}`, `Quay ${canary.kept}`));
  // Judged, stopped, sent and not kept: none of it may go anywhere.
  const draft = { v: 1, id: "d", channel: "whatsapp", account: "", to: [], members_complete: true, title: canary.title, subject: "", body: `SECRET: ${canary.unkept}`, attachments: [], timer_s: 0, context: [] };
  await ask(browser, { op: "judge", draft });
  await ask(browser, { op: "event", channel: "whatsapp", chat: canary.title, action: "block", way: "not_what_it_looks", rules: ["uk-nccc-2023/UK-11"], request: request() });
  await ask(browser, { op: "sent", channel: "whatsapp", chat: canary.title, id: "e".repeat(32), duty: "capture", rules: ["uk-nccc-2023/UK-9a"], report: true });
});
after(() => browser.close());

/** What a button saves, as text. */
async function saved(page: Page, press: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(press)]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("latin1");
  const parts = [...text.matchAll(/^[A-Za-z0-9+/=\r\n]{60,}$/gm)].map(([part]) => Buffer.from(part, "base64").toString("latin1"));
  return [text, ...parts].join("\n");
}

/** A report filled in with words in every field. */
async function report(): Promise<Page> {
  const page = await browser.own(`forms.html#new=exceptional-use&item=${"e".repeat(32)}`);
  await page.fill("#field-why", canary.own);
  await page.selectOption("#field-information", "marked");
  return page;
}

/** Into the vault of the program: desktop.test.ts has it, with the real one. */
type Here = Exclude<ExitId, "record-vault">;

/** Uses an exit and gives what went. */
const USE: Record<Here, () => Promise<string>> = {
  "record-folder": async () => {
    const page = await browser.own("stored.html");
    await giveFolder(page, "Registry");
    await ask(browser, { op: "save", changes: { destination: { kind: "folder" } } });
    await ask(browser, { op: "file" });
    const files = await until("the file", async () => {
      const list = await filesIn(page, "Registry");
      return list.length > 0 && list;
    });
    await ask(browser, { op: "save", changes: { destination: { kind: "download" } } });
    return files.map(({ name, text }) => name + text).join("\n");
  },
  "record-file": async () => {
    const page = await browser.own("stored.html");
    return saved(page, "#save-0");
  },
  "stops-list": async () => {
    const page = await browser.own("stored.html");
    return (await saved(page, "#events-csv")) + (await saved(page, "#events-json"));
  },
  "form-file": async () => saved(await report(), "#draft-file"),
  "form-mail": async () => {
    const page = await report();
    const link = () => page.getAttribute("#mail", "href");
    assert.ok(!(await link())?.includes(canary.own), "no words before the tick");
    await page.check("#mail-text");
    return decodeURIComponent((await link()) ?? "");
  },
  "form-copy": async () => {
    const page = await report();
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: { writeText: (text: string) => { document.body.dataset["copied"] = text; return Promise.resolve(); } } });
    });
    await page.click("#copy");
    return until("the copy", () => page.getAttribute("body", "data-copied"));
  },
  certificate: async () => {
    const page = await browser.own("training.html");
    const right = [0, 1, 2, 1, 0]; // as in ui/strings/quiz.ts
    for (const [i, n] of right.entries()) await page.check(`#uk-nccc-2023-${i}-${n}`);
    await page.click("#check-uk-nccc-2023");
    await page.waitForSelector("#certificate-uk-nccc-2023");
    return saved(page, "#certificate-uk-nccc-2023");
  },
  diagnostics: async () => saved(await browser.own("policy.html"), "#support-save"),
  "system-link": async () => {
    const page = await browser.own("panel.html");
    const [opened] = await Promise.all([browser.context.waitForEvent("page"), page.click("#move-0")]);
    const asked = await until("the address", () => browser.sink.wanted.find((one) => one.includes("teams.department.example")) ?? (opened.url().includes("teams") ? opened.url() : ""));
    await opened.close();
    assert.match(asked, /teams\.department\.example/);
    return asked;
  },
};

/** Whose words may be in what goes. */
const MAY: Partial<Record<string, Word[]>> = { message: ["kept", "name", "chat"], own: ["own", "name"], none: [] };

/** The word that must be there, so that the looking is known to see. */
const MUST: Partial<Record<Here, Word>> = { "record-folder": "kept", "record-file": "kept", "form-file": "own", "form-mail": "own", "form-copy": "own", certificate: "name" };

describe("what leaves, and by which exit", { concurrency: 1 }, () => {
  for (const id of Object.keys(USE) as Here[]) {
    test(id, async () => {
      const went = await USE[id]();
      assert.ok(went.length > 10, `something went: ${went}`);
      const must = MUST[id];
      if (must) assert.ok(went.includes(canary[must]), `${canary[must]} goes`);
      const may = MAY[exits[id].text] ?? [];
      for (const word of Object.keys(canary) as Word[]) {
        if (!may.includes(word)) assert.ok(!went.includes(canary[word]), `the words of ${word} do not leave by ${id}`);
      }
    });
  }

  test("nothing was asked of the network but the address that was opened", () => {
    assert.deepEqual(strangers(browser).filter((one) => !one.includes("teams.department.example")), []);
  });
});
