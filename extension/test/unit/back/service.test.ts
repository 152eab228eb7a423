import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Guest } from "../../../host/guest.ts";
import { answer, place, type Own } from "../../../service/router.ts";
import { localTime } from "../../../service/clock.ts";
import { cleanDraft, judge } from "../../../service/judge.ts";
import { Packs } from "../../../service/packs.ts";
import { Preferences } from "../../../service/preferences.ts";
import { Session } from "../../../service/session.ts";
import type { PageDraft, Site, SettingsAnswer } from "../../../wire.ts";
import { noCore } from "./core.ts";
import { memoryArea } from "./memory.ts";
import { capture, Machine, request } from "./world.ts";

const OWN: Own = { id: "abc", base: "chrome-extension://abc/", origins: ["https://web.whatsapp.com"] };
const CHANNEL = { id: "abc", url: "https://web.whatsapp.com/", frameId: 0 };
const PAGE = { id: "abc", url: "chrome-extension://abc/options.html" };
const CHAT = { channel: "whatsapp", chat: "Ben Lindqvist" };

const SITE: Site = {
  id: "departmentchat", name: "Department chat", hosts: ["chat.department.example"], enter: "sends", ids: [],
  anchors: { pane: ["main"], title: ["h1"], composer: ["textarea"], message: ["li"], text: ["p"] },
};

const DRAFT: PageDraft = {
  v: 1, id: "d1", channel: "whatsapp", account: "", to: [], members_complete: true, title: "Ben Lindqvist",
  subject: "", body: "see you at ten", attachments: [], timer_s: 0, context: [],
};

describe("router", () => {
  it("knows its senders by what the browser says of them", () => {
    assert.equal(place(CHANNEL, OWN, []), "channel");
    assert.equal(place(PAGE, OWN, []), "own");
    for (const stranger of [
      { ...CHANNEL, id: "other" },
      { ...CHANNEL, url: "https://web.whatsapp.com.evil.example/" },
      { ...CHANNEL, url: "http://web.whatsapp.com/" },
      { ...CHANNEL, frameId: 3 },
      { id: "abc" },
      { id: "abc", url: "chrome-extension://abcd/options.html" },
      { id: "abc", url: "not a url" },
    ]) assert.equal(place(stranger, OWN, []), "stranger", JSON.stringify(stranger));
    const site = { ...CHANNEL, url: "https://chat.department.example/room/1" };
    assert.equal(place(site, OWN, []), "stranger");
    assert.equal(place(site, OWN, [SITE]), "channel");
    assert.equal(place({ ...site, url: "http://chat.department.example/" }, OWN, [SITE]), "stranger");
    assert.equal(place(site, OWN, [{ ...SITE, anchors: { ...SITE.anchors, pane: [] } }]), "stranger", "a site at fault is none");
  });

  it("refuses strangers, unknown operations, wrong shapes, and pages what is not theirs", async () => {
    const { service } = new Machine({}).start();
    const cases: [unknown, object][] = [
      [{ op: "settings" }, { ...CHANNEL, id: "other" }],
      [{ op: "format-disk" }, PAGE],
      [{ op: "__proto__" }, PAGE],
      [{ op: "toString" }, PAGE],
      ["settings", PAGE],
      [null, PAGE],
      [{ op: "judge" }, CHANNEL],
      [{ op: "judge", draft: "text" }, CHANNEL],
      [{ op: "chat", ...CHAT, scope: "everything" }, CHANNEL],
      [{ op: "shown", ...CHAT, reasons: [{ pack: "p" }] }, CHANNEL],
      [{ op: "open", page: "https://evil.example" }, CHANNEL],
      [{ op: "save", changes: { device: "managed" } }, CHANNEL],
    ];
    for (const [message, sender] of cases) {
      const reply = (await answer(service, OWN, message, sender)) as { error?: string };
      assert.ok(reply.error, JSON.stringify(message));
    }
  });

  it("a channel's page is told no chats, subjects or file names", { skip: noCore }, async () => {
    const session = new Machine({ chats: { "00112233445566778899aabbccddeeff": { scope: "work", at: "" } } }).start();
    await session.keep(capture(), request());
    const settings = (await answer(session.service, OWN, { op: "settings" }, CHANNEL)) as SettingsAnswer;
    assert.deepEqual(settings.settings.chats, {});
    const records = JSON.stringify(await answer(session.service, OWN, { op: "records" }, CHANNEL));
    assert.equal(/pilot/i.test(records), false);
    assert.match(JSON.stringify(await answer(session.service, OWN, { op: "records" }, PAGE)), /Pilot starts Monday/);
  });

  it("our own pages may save; what would not validate is refused whole, and named", async () => {
    const machine = new Machine({ role: "minister" });
    const { service } = machine.start();
    const reply = (await answer(service, OWN, { op: "save", changes: { device: "managed" } }, PAGE)) as SettingsAnswer;
    assert.deepEqual([reply.settings.device, reply.settings.role, reply.problems], ["managed", "minister", []]);
    for (const changes of [{ device: "unmanaged", name: 7 }, { packs: [] }, { fail_mode: "closed" }, { colour: "red" }]) {
      const refused = (await answer(service, OWN, { op: "save", changes }, PAGE)) as { error: string };
      assert.match(refused.error, /name|packs|fail_mode|colour/);
    }
    assert.deepEqual(machine.local.items["settings"], { v: 1, role: "minister", device: "managed" });
  });
});

describe("judging", () => {
  /** A core that answers with what it was asked. */
  class Echo extends Guest {
    asked: Record<string, unknown>[] = [];
    constructor() {
      super(() => Promise.reject(new Error("not used")));
    }
    override call(_operation: string, ask: unknown): Promise<unknown> {
      this.asked.push(ask as Record<string, unknown>);
      return Promise.resolve({ id: "d1" });
    }
  }

  class Trapping extends Echo {
    override call(): Promise<unknown> {
      return Promise.reject(new Error("trap"));
    }
  }

  function parts(machine: Machine, guest: Guest = new Echo()) {
    const areas = { local: machine.local, session: memoryArea(), managed: () => Promise.resolve(machine.managed) };
    const now = () => machine.now;
    const preferences = new Preferences(areas, "0", now);
    const packs = new Packs(guest, preferences, areas.local);
    return { guest, preferences, packs, session: new Session(areas.session, now), language: () => "en", now, areas };
  }

  it("the worker alone says device, scope, hold and time", async () => {
    const machine = new Machine({ device: "managed", hold: { state: "held", stated_at: "" } });
    const echo = new Echo();
    const my = parts(machine, echo);
    await my.preferences.setScope(CHAT, "work");
    const page = { ...DRAFT, device: "unmanaged" as const, chat_scope: "personal" as const, hold: "none" as const, at: "1999-01-01T00:00:00Z" };
    const { scope } = await judge(my, page);
    const asked = echo.asked[0] as { draft: Record<string, unknown>; at: string };
    assert.deepEqual([asked.draft["device"], asked.draft["chat_scope"], asked.draft["hold"], scope], ["managed", "work", "held", "work"]);
    assert.equal(asked.draft["at"], asked.at);
    assert.equal(asked.at, localTime(machine.now));
  });

  it("sends the core the settings it knows, and no others", async () => {
    const echo = new Echo();
    await judge(parts(new Machine({}), echo), DRAFT);
    const { settings } = echo.asked[0] as { settings: object };
    const known = ["acknowledged", "approved_channels", "authorisations", "block_patterns", "briefings", "generation", "high_risk", "language", "leaver_date", "official_accounts", "organisation", "packs", "role", "unusual_parties"];
    assert.deepEqual(Object.keys(settings).sort(), known);
  });

  it("whatever fails, the verdict is unknown and says so; it never looks like fine", async () => {
    for (const guest of [new Guest(() => Promise.reject(new Error("no core"))), new Trapping()]) {
      const { verdict } = await judge(parts(new Machine({}), guest), DRAFT);
      assert.deepEqual([verdict.permission, verdict.duty, verdict.action, verdict.id], ["unknown", "unknown", "unknown", "d1"]);
      assert.match(verdict.error, /no core|trap/);
    }
    const my = parts(new Machine({}));
    my.areas.local.get = () => Promise.reject(new Error("storage is gone"));
    assert.match((await judge(my, DRAFT)).verdict.error, /storage is gone/);
  });

  it("a draft's lone surrogates become U+FFFD and what is not text becomes empty", () => {
    const draft = cleanDraft({ ...DRAFT, body: "a\ud800b", title: 7 as never, to: [null, { name: "A", address: 3 }] as never, timer_s: 1.5 });
    assert.deepEqual([draft.body, draft.title, draft.to, draft.timer_s], ["a\ufffdb", "", [{ name: "A", address: "" }], 0]);
  });

  it("stores nothing of a draft", async () => {
    const machine = new Machine({});
    const my = parts(machine);
    for (let i = 0; i < 50; i++) await judge(my, { ...DRAFT, body: `canary ${i}`, title: "canary chat", account: "canary" });
    await my.session.shown(await my.preferences.chatHash({ channel: "whatsapp", chat: "canary chat" }), [{ pack: "p", clause: "c", once: "chat_day" }]);
    assert.equal(JSON.stringify([machine.local.items, my.areas.session.items]).includes("canary"), false);
  });

  it("judges with the real core", { skip: noCore }, async () => {
    const { service } = new Machine({}).start();
    const { verdict } = await service.handlers.judge({ op: "judge", draft: DRAFT });
    assert.equal(verdict.error, "");
    assert.notEqual(verdict.action, "unknown");
  });
});

describe("preferences", () => {
  const NOW = { now: new Date("2026-11-22T14:03:00Z") };
  const make = (local = memoryArea(), managed: Record<string, unknown> = {}, build = "1") =>
    new Preferences({ local, session: memoryArea(), managed: () => Promise.resolve(managed) }, build, () => NOW.now);

  it("the generation rises with every change that may change a verdict, and only then", async () => {
    const local = memoryArea();
    const generation = async (preferences: Preferences) => (await preferences.current()).generation;
    const first = make(local);
    assert.equal(await generation(first), 1);
    assert.equal(await generation(make(local)), 1, "a restart changes nothing");
    await first.change((document) => (document["device"] = "managed"));
    assert.equal(await generation(first), 2);
    await first.setScope(CHAT, "work");
    assert.equal(await generation(first), 3);
    assert.equal(await generation(make(local, { enforced: { role: "minister" } })), 4);
    assert.equal(await generation(make(local, {}, "2")), 5, "other packs may be in another build");
  });

  it("a hold's statement runs out while the worker lives", async () => {
    const local = memoryArea({ settings: { hold: { state: "none", stated_at: "2026-11-22T14:00:00Z" } } });
    const preferences = make(local);
    const before = await preferences.current();
    NOW.now = new Date("2027-01-01T00:00:00Z");
    const after = await preferences.current();
    NOW.now = new Date("2026-11-22T14:03:00Z");
    assert.deepEqual([before.hold, after.hold], ["none", "unknown"]);
    assert.ok(after.generation > before.generation);
  });

  it("of a chat only a keyed hash is stored, another on every device", async () => {
    const [a, b] = [memoryArea(), memoryArea()];
    await make(a).setScope(CHAT, "personal");
    assert.equal(JSON.stringify(a.items).includes("Lindqvist"), false);
    assert.equal(await make(a).scope(CHAT), "personal");
    assert.equal(await make(a).scope({ ...CHAT, chat: "Other" }), "unset");
    assert.notEqual(await make(a).chatHash(CHAT), await make(b).chatHash(CHAT));
  });

  it("changes made at once do not lose each other", async () => {
    const preferences = make();
    const chats = Array.from({ length: 20 }, (_, i) => ({ channel: "whatsapp", chat: `chat ${i}` }));
    await Promise.all(chats.map((chat) => preferences.setScope(chat, "work")));
    assert.equal(Object.keys((await preferences.current()).settings.chats).length, 20);
  });

  it("no policy store (Firefox rejects) is no policy", async () => {
    const none = new Preferences({ local: memoryArea(), session: memoryArea(), managed: () => Promise.reject(new Error("no manifest")) }, "1");
    assert.equal((await none.current()).settings.device, "unknown");
  });

  it("while the browser still reads the policy, the one seen last counts; then the new one", async () => {
    const local = memoryArea({ policy: { enforced: { device: "managed" } } });
    let arrive: (policy: Record<string, unknown>) => void = () => undefined;
    const slow = new Promise<Record<string, unknown>>((resolve) => (arrive = resolve));
    const preferences = new Preferences({ local, session: memoryArea(), managed: () => slow }, "1");
    const first = await preferences.current();
    assert.deepEqual([first.settings.device, first.locked.includes("device")], ["managed", true]);
    arrive({ enforced: { device: "unmanaged" } });
    await new Promise((resolve) => setImmediate(resolve));
    const second = await preferences.current();
    assert.equal(second.settings.device, "unmanaged");
    assert.ok(second.generation > first.generation);
    assert.deepEqual(local.items["policy"], { enforced: { device: "unmanaged" } });
  });

  it("is ready once the person chose, or policy says the device", async () => {
    assert.equal((await make().current()).ready, false);
    assert.equal((await make(memoryArea({ settings: {} })).current()).ready, true);
    assert.equal((await make(memoryArea(), { enforced: { device: "managed" } }).current()).ready, true);
  });
});

describe("what was shown already", () => {
  it("counts for the session, or for the chat today", async () => {
    const area = memoryArea();
    let now = new Date("2026-11-22T12:00:00");
    const session = new Session(area, () => now);
    await session.shown("chat1", [
      { pack: "uk-nccc-2023", clause: "UK-10b", once: "session" },
      { pack: "us-nc-030319", clause: "NC-S0", once: "chat_day" },
      { pack: "us-nc-030319", clause: "NC-G7", once: "" },
    ]);
    assert.deepEqual(await session.acknowledged("chat1"), ["uk-nccc-2023/UK-10b", "us-nc-030319/NC-S0"]);
    assert.deepEqual(await session.acknowledged("chat2"), ["uk-nccc-2023/UK-10b"]);
    now = new Date("2026-11-23T12:00:00");
    assert.deepEqual(await new Session(area, () => now).acknowledged("chat1"), ["uk-nccc-2023/UK-10b"]);
  });

  it("keeps numbers of watched chats only, and forgets the one longest silent", async () => {
    const area = memoryArea();
    const session = new Session(area);
    assert.deepEqual(await session.drift("chat1"), []);
    await session.drifted("chat1", [1, -400, 20]);
    assert.deepEqual(await new Session(area).drift("chat1"), [1, -400, 20], "a new worker reads it back");
    for (let i = 0; i < 200; i++) await session.drifted(`other${i}`, [1, 0, 0]);
    assert.deepEqual(await session.drift("chat1"), []);
    assert.deepEqual(await session.drift("other199"), [1, 0, 0]);
  });

  it("watches private chats only, and none where the person said no", async () => {
    const seen: unknown[] = [];
    for (const [scope, watch_drift] of [["personal", true], ["personal", false], ["work", true]] as const) {
      const { service } = new Machine({ watch_drift }).start();
      await service.preferences.setScope(CHAT, scope);
      const { verdict } = await service.handlers.judge({ op: "judge", draft: DRAFT });
      seen.push(verdict.drift.length);
      if (verdict.drift.length) {
        await service.handlers.shown({ op: "shown", ...CHAT, reasons: [], drift: verdict.drift });
        const again = await service.handlers.judge({ op: "judge", draft: DRAFT });
        assert.equal(again.verdict.drift[0], 2, "the second message of the chat");
      }
    }
    assert.deepEqual(seen, [3, 0, 0]);
  });
});

describe("local time", () => {
  it("states the device's zone", () => {
    const fake = (offset: number, iso: string) => Object.assign(new Date(iso), { getTimezoneOffset: () => offset });
    assert.equal(localTime(fake(-60, "2026-11-22T13:03:05.900Z")), "2026-11-22T14:03:05+01:00");
    assert.equal(localTime(fake(210, "2026-01-01T02:00:00Z")), "2025-12-31T22:30:00-03:30");
    assert.equal(localTime(fake(0, "2026-01-01T02:00:00Z")), "2026-01-01T02:00:00+00:00");
  });
});
