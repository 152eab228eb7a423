import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nextReview } from "../../../review.ts";
import { COUNTS_KEY, ITEMS_MOST, OpenItems } from "../../../service/openitems.ts";
import { answer } from "../../../service/router.ts";
import type { Answer } from "../../../wire.ts";
import { memoryArea } from "./memory.ts";
import { Machine } from "./world.ts";

const item = (n: number, chat = "a".repeat(32)) => ({ id: n.toString(16).padStart(32, "0"), channel: "whatsapp", chat, duty: "capture" as const, rules: ["uk-nccc-2023/UK-9a"], report: false });
const now = () => new Date("2026-11-22T14:03:59Z");

describe("messages not decided yet", () => {
  it("are listed to the minute until decided; the same one twice is one", async () => {
    const areas = { session: memoryArea(), local: memoryArea() };
    const open = new OpenItems(areas, now);
    await Promise.all([open.add(item(1)), open.add(item(2)), open.add(item(1))]);
    const { items } = await open.list();
    assert.deepEqual(items.map(({ id }) => id), [item(1).id, item(2).id]);
    assert.match(items[0]?.at ?? "", /:03:00/);
    await open.decided([item(1).id]);
    assert.deepEqual((await open.list()).items.map(({ id }) => id), [item(2).id]);
  });

  it("of a session that ended only counts by chat stay, until the person looked through them", async () => {
    const local = memoryArea();
    const first = new OpenItems({ session: memoryArea(), local }, now);
    for (const one of [item(1), item(2), item(3, "b".repeat(32))]) await first.add(one);
    await first.decided([item(2).id]);
    assert.deepEqual(local.items[COUNTS_KEY], { now: { ["a".repeat(32)]: 1, ["b".repeat(32)]: 1 }, earlier: {} });
    const second = new OpenItems({ session: memoryArea(), local }, now); // the browser was closed: its memory is empty
    assert.deepEqual(await second.list(), { items: [], earlier: { messages: 2, chats: 2 } });
    await second.add(item(4));
    const third = new OpenItems({ session: memoryArea(), local }, now);
    assert.deepEqual((await third.list()).earlier, { messages: 3, chats: 2 });
    await third.earlierDone();
    assert.deepEqual((await third.list()).earlier, { messages: 0, chats: 0 });
  });

  it("grow no further than a limit", async () => {
    const open = new OpenItems({ session: memoryArea(), local: memoryArea() }, now);
    for (let i = 0; i <= ITEMS_MOST; i++) await open.add(item(i));
    const { items } = await open.list();
    assert.deepEqual([items.length, items[0]?.id], [ITEMS_MOST, item(1).id]);
  });

  it("a page may tell of one by ids only; a private chat is not listed; the list is for our own pages", async () => {
    const { service } = new Machine({ destination: { kind: "none" } }).start();
    const own = { id: "ext", base: "chrome-extension://ext/", origins: ["https://web.whatsapp.com"] };
    const page = { id: "ext", url: "https://web.whatsapp.com/", frameId: 0 };
    const sent = { op: "sent", ...item(1, "Mum") };
    const told = { ...sent, chat: "Harbour" };
    assert.deepEqual(await answer(service, own, told, page), { noted: true });
    for (const bad of [{ ...told, rules: ["the quay closes"] }, { ...told, id: "the quay" }, { ...told, duty: "none" }]) {
      assert.match(JSON.stringify(await answer(service, own, bad, page)), /error/, JSON.stringify(bad));
    }
    await service.handlers.chat({ op: "chat", channel: "whatsapp", chat: "Mum", scope: "personal" });
    assert.deepEqual(await answer(service, own, { ...sent, id: "f".repeat(32) }, page), { noted: false });
    assert.match(JSON.stringify(await answer(service, own, { op: "open_items" }, page)), /own pages/);
    const { items } = (await answer(service, own, { op: "open_items" }, { id: "ext", url: `${own.base}panel.html` })) as Answer<"open_items">;
    assert.deepEqual(items.map(({ id }) => id), [item(1).id]);
    assert.match(items[0]?.chat ?? "", /^[0-9a-f]{32}$/, "the chat is a keyed hash");
  });
});

describe("review", () => {
  const at = (reviewed: string, open: number, today: string, leaver_date = "") => nextReview({ reviewed, review_days: 7, leaver_date }, open, today);

  it("is due when the time is up and something is open, never where nothing is", () => {
    assert.deepEqual(at("2026-11-15", 1, "2026-11-22"), { due: true, next: "2026-11-22", leaving: "" });
    assert.equal(at("2026-11-16", 1, "2026-11-22").due, false);
    assert.equal(at("2026-11-01", 0, "2026-11-22").due, false);
    assert.equal(at("", 1, "2026-11-22").due, true);
    assert.equal(at("2026-11-16", 0, "2026-11-22").next, "2026-11-23");
  });

  it("the last day in the post is told from 14 days before", () => {
    assert.equal(at("", 0, "2026-11-16", "2026-12-01").leaving, "");
    assert.equal(at("", 0, "2026-11-17", "2026-12-01").leaving, "2026-12-01");
    assert.equal(at("", 0, "2026-12-05", "2026-12-01").leaving, "2026-12-01");
  });
});
