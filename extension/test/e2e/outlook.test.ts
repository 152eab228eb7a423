import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser, until } from "../harness.ts";
import { press, uiText, waitFor, waitText } from "../harness-ui.ts";
import { openStandIn } from "../standins.ts";
import { records } from "./captures.ts";
import { sent, sentCount, settle } from "./acts.ts";

const secret = "SECRET: the convoy leaves the depot at 0200";
const plain = "On my way, see you at the lift";
const t = pageStrings.en;
const organisation = { name: "Department", domains: ["department.example"], channels: [] };

let browser: Browser;
before(async () => { browser = await Browser.start({ settings: { organisation } }); });
after(() => browser.close());

async function on<T>(query: Record<string, string>, f: (page: Page) => Promise<T>, host = "outlook.live.com"): Promise<T> {
  const page = await openStandIn(browser, `https://${host}`, query, "#ReadingPaneContainerId");
  try {
    return await f(page);
  } finally {
    await page.close();
  }
}

async function write(page: Page, text: string): Promise<void> {
  await page.locator(".body").click({ position: { x: 5, y: 12 } });
  await page.keyboard.press("Control+Home");
  await page.keyboard.type(text);
}

test("the account says whether a mailbox is the organisation's, and not the address of the page", async () => {
  for (const [host, account, silent] of [
    ["outlook.office.com", "dana.ellis@department.example", true],
    ["outlook.office.com", "dana.ellis@elsewhere.example", false],
    ["outlook.live.com", "dana.ellis@department.example", true],
    ["outlook.live.com", "dana.ellis@department.example.post.example", false],
  ] as const) {
    await on({ compose: "1", account }, async (page) => {
      await write(page, secret);
      await settle(page);
      await page.keyboard.press("Control+Enter");
      if (silent) {
        await sentCount(page, 1);
        assert.ok((await uiText(page)).startsWith(t.ready), `${account} at ${host}: only the mark that stands there always`);
      } else {
        await waitFor(page, { role: "heading", name: t.titles.block });
        assert.deepEqual(await sent(page), [], `${account} at ${host}`);
      }
    }, host);
  }
});

test("schedule send is a send: held, and after the person's reason chosen once more", () =>
  on({ compose: "1" }, async (page) => {
    const schedule = async (): Promise<void> => {
      await page.locator(".window .more").click();
      await page.locator(".menu button").click();
    };
    await write(page, secret);
    await settle(page, 500);
    await schedule();
    await waitFor(page, { role: "heading", name: t.titles.block });
    assert.deepEqual(await sent(page), []);
    await press(page, { role: "button", name: t.notWhatItLooks });
    await page.keyboard.type("A film title");
    await settle(page, 400);
    await press(page, { role: "button", name: t.sendWithReason });
    await waitText(page, new RegExp(t.again.slice(0, 12)));
    assert.deepEqual(await sent(page), [], "it is not sent at once instead");
    await schedule();
    await sentCount(page, 1);
    assert.deepEqual((await sent(page))[0]?.files, ["(scheduled)"]);
  }));

test("what is quoted below a reply is not the writer's, until the writer answers inside it", () =>
  on({ reply: "1" }, async (page) => {
    await page.evaluate(() => {
      const quote = document.querySelector("#divRplyFwdMsg + div");
      if (quote) quote.textContent = "SECRET: the convoy leaves at 0200";
    });
    await write(page, plain);
    await settle(page, 500);
    assert.doesNotMatch(await uiText(page), /SECRET/);
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" and the second one at 0300");
    await page.keyboard.press("Alt+s");
    await waitFor(page, { role: "heading", name: t.titles.block });
    assert.deepEqual(await sent(page), []);
  }));

test("a reply goes as one, with the thread's subject", () =>
  on({ reply: "1" }, async (page) => {
    await write(page, "Approved: close the quay from noon, tell the harbour master and the pilots today.");
    await settle(page, 500);
    await page.locator(".send").click();
    await sentCount(page, 1);
    await press(page, { role: "button", name: t.keep });
    await waitFor(page, { role: "dialog" });
    assert.equal((await waitFor(page, { name: t.fields.subject, role: "textbox" })).value, "Quay wall survey");
  }));

test("several messages of a thread are kept as one record, to everybody they went to", () =>
  on({}, async (page) => {
    await page.locator(".card").first().hover();
    await press(page, { role: "button", name: t.keepRow });
    await waitFor(page, { role: "dialog" });
    await press(page, { role: "button", name: t.keepShowAll });
    await press(page, { role: "checkbox", name: /Close berth 4/ });
    assert.equal((await waitFor(page, { name: t.fields.from, role: "textbox" })).value, "Amira Khan <amira.khan@harbour.example>");
    assert.match((await waitFor(page, { name: t.fields.to, role: "textbox" })).value, /dana\.ellis@post\.example/);
    await press(page, { role: "button", name: t.keepNow, last: true });
    const [kept] = await until("a record", async () => {
      const all = await records(browser);
      return all.length > 0 && all;
    });
    assert.equal(kept?.subject, "Quay wall survey");
  }));

test("people shown by name only are kept by name", () =>
  on({ compose: "1", hide: "1" }, async (page) => {
    await write(page, "Approved: close the quay from noon, tell the harbour master and the pilots today.");
    await settle(page, 500);
    await page.locator(".send").click();
    await sentCount(page, 1);
    await press(page, { role: "button", name: t.keep });
    await waitFor(page, { role: "dialog" });
    assert.equal((await waitFor(page, { name: t.fields.to, role: "textbox" })).value, "Amira Khan");
  }));
