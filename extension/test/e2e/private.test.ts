import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { pageStrings } from "../../ui/strings/page.ts";
import { Browser } from "../harness.ts";
import { middle, press, waitFor, waitText } from "../harness-ui.ts";
import { sent, sentCount, settle, type } from "./acts.ts";

const t = pageStrings.en;
let browser: Browser;
before(async () => { browser = await Browser.start({ settings: { device: "unmanaged" } }); });
after(() => browser.close());

/** A message that waits for a reason. */
async function stopped(): Promise<Page> {
  const page = await browser.stage({ chat: "harbour" });
  await type(page, "OFFICIAL-SENSITIVE: the wall will not hold another tide");
  await page.keyboard.press("Enter");
  await waitText(page, new RegExp(t.titles.justify));
  await settle(page);
  return page;
}

test("what is typed into our field reaches no listener of the page", async () => {
  const page = await stopped();
  await press(page, { role: "textbox", name: t.reasonJustify });
  await page.evaluate(() => { window.__events.length = 0; });
  await page.keyboard.type("Xylophone");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "Zebra", selectionStart: 5, selectionEnd: 5 });
  await session.send("Input.insertText", { text: "Zebra" });
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+C");
  await page.keyboard.press("Control+V");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Backspace");
  await settle(page);
  const seen = await page.evaluate(() => window.__events.filter((e) => /key|input|composition|copy|cut|paste|change/i.test(e.type)));
  assert.deepEqual(seen, []);
  const leaks = await page.evaluate(() => document.documentElement.innerText.includes("Xylophone") || (document.activeElement?.shadowRoot ?? null) !== null || document.getSelection()?.toString().includes("Xylo"));
  assert.equal(leaks, false, "nor is it in the page's own text, selection or an open root");
  // The page does hear of typing in its own composer: the search above could have found something.
  await page.locator(".st-main [contenteditable='true']").click();
  await page.keyboard.type("!");
  assert.ok(await page.evaluate(() => window.__events.some((e) => e.type === "keydown")));
  await page.close();
});

test("no click or key that the page makes confirms a stop", async () => {
  const page = await stopped();
  await press(page, { role: "textbox", name: t.reasonJustify });
  await page.keyboard.type("A reason");
  await settle(page);
  const go = await middle(page, await waitFor(page, { role: "button", name: t.sendWithReason }));
  await page.evaluate(async ({ x, y }) => {
    const target = document.elementFromPoint(x, y);
    const at = { clientX: x, clientY: y, bubbles: true, cancelable: true, composed: true, detail: 1 };
    for (const node of [target, target?.parentElement, document.querySelector("x-note"), document, window]) {
      for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
        node?.dispatchEvent(type.startsWith("pointer") ? new PointerEvent(type, at) : new MouseEvent(type, at));
      }
      for (const key of ["Enter", " "]) {
        for (const type of ["keydown", "keypress", "keyup"]) {
          node?.dispatchEvent(new KeyboardEvent(type, { key, code: key === "Enter" ? "Enter" : "Space", bubbles: true, cancelable: true, composed: true }));
        }
      }
      if (node instanceof HTMLElement) node.click();
    }
    window.__stage.syntheticEnter();
    window.__stage.clickSend();
    await new Promise((done) => setTimeout(done, 400));
  }, go);
  assert.deepEqual(await sent(page), []);
  // The page asked to send once more: the stop is shown anew, with the words already written.
  await press(page, { role: "button", name: t.sendWithReason });
  await sentCount(page, 1);
  await page.close();
});
