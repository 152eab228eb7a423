// Events: how stops ended, without content.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BUNDLED, EVENTS_KEY, eventLog, eventsCSV, fits, readEvents } from "../../../events.ts";
import { answer, type Own } from "../../../service/router.ts";
import { EVENTS_DAYS, EVENTS_HELD, EVENTS_MOST, Events } from "../../../service/events.ts";
import type { Ask, LogLevel, PackInfo, Settings, StopEvent } from "../../../wire.ts";
import { noCore } from "./core.ts";
import { memoryArea } from "./memory.ts";
import { PACK } from "./pack.ts";
import { Life, Machine, request, type Session } from "./world.ts";

const OWN: Own = { id: "abc", base: "chrome-extension://abc/", origins: ["https://web.whatsapp.com"] };
const CHANNEL = { id: "abc", url: "https://web.whatsapp.com/", frameId: 0 };
const CANARY = "Qorvanelzyx";
const EVENT: StopEvent = { at: "2026-11-22T14:03:00+00:00", channel: "whatsapp", action: "block", rules: ["uk-nccc-2023/UK-11"], way: "not_what_it_looks" };

function ask(change: Partial<Ask<"event">> = {}): Ask<"event"> {
  return { op: "event", channel: "whatsapp", chat: `Chat ${CANARY}`, action: "block", way: "not_what_it_looks", rules: ["uk-nccc-2023/UK-11"], request: request(), ...change };
}

const note = (session: Session, change: Partial<Ask<"event">> = {}) => session.service.handlers.event(ask(change));
const list = (machine: Machine) => readEvents(machine.local.items[EVENTS_KEY]);

describe("an event", { skip: noCore }, () => {
  it("holds rule, action, way out, channel and minute, and nothing else the page gave", async () => {
    const machine = new Machine({});
    machine.now = new Date("2026-11-22T14:03:59Z");
    const given = { ...ask({ request: "0".repeat(32) }), text: CANARY, reason: CANARY, digest: CANARY };
    assert.deepEqual(await answer(machine.start().service, OWN, given, CHANNEL), { noted: true });
    const [event, ...more] = list(machine);
    assert.deepEqual(more, []);
    assert.deepEqual(Object.keys(event ?? {}).sort(), ["action", "at", "channel", "rules", "way"]);
    assert.deepEqual({ ...event, at: "" }, { ...EVENT, at: "" });
    assert.match(event?.at ?? "", /^2026-11-22T\d\d:03:00[+-]/);
    assert.equal(JSON.stringify(machine.local.items).includes(CANARY), false);
  });

  it("only ids the core knows are stored: a page cannot smuggle words in", async () => {
    const machine = new Machine({});
    await note(machine.start(), { channel: CANARY.toLowerCase(), rules: ["uk-nccc-2023/UK-11", "uk-nccc-2023/UK-11", `uk-nccc-2023/${CANARY}`, CANARY] });
    assert.deepEqual(list(machine).map(({ channel, rules }) => [channel, rules]), [["unknown", ["uk-nccc-2023/UK-11"]]]);
    for (const bad of [{ way: CANARY }, { action: "notice" }, { request: CANARY }, { rules: [7] }]) {
      const reply = await answer(machine.start().service, OWN, { ...ask(), ...bad }, CHANNEL);
      assert.ok((reply as { error?: string }).error, JSON.stringify(bad));
    }
    assert.equal(JSON.stringify(machine.local.items).toLowerCase().includes(CANARY.toLowerCase()), false);
  });

  it("of a personal chat none is stored (UK-18.1)", async () => {
    const machine = new Machine({});
    const session = machine.start();
    await session.service.handlers.chat({ op: "chat", channel: "whatsapp", chat: "Mum", scope: "personal" });
    assert.deepEqual(await note(session, { chat: "Mum" }), { noted: false });
    assert.equal(EVENTS_KEY in machine.local.items, false);
    assert.deepEqual(await note(session, { chat: "Ben" }), { noted: true });
  });

  it("is off, optional or required as the packs say; policy and the person choose where it is optional", async () => {
    const cases: [Partial<Settings>, Partial<Settings>, boolean][] = [
      [{ packs: ["uk-nccc-2023"] }, {}, true],
      [{ packs: ["uk-nccc-2023"], events: false }, {}, false],
      [{ packs: ["uk-nccc-2023"], events: true }, { events: false }, false],
      [{ packs: ["ca-im-protocol"], events: true }, {}, false],
      [{ packs: ["us-nc-030319"], events: false }, {}, true],
      [{ packs: ["us-nc-030319", "ca-im-protocol"] }, { events: true }, false],
    ];
    for (const [settings, enforced, want] of cases) {
      const machine = new Machine(settings);
      machine.managed = { enforced };
      assert.deepEqual(await note(machine.start()), { noted: want }, JSON.stringify([settings, enforced]));
      assert.equal(list(machine).length, want ? 1 : 0);
    }
  });

  it("the rules of a pack from outside are stored by a worker that just woke, and its ceiling counts", async () => {
    for (const [events, noted] of [["optional", true], ["off", false]] as const) {
      const machine = new Machine({});
      machine.local.items["packs"] = [{ key: "k", name: "dx.json", text: JSON.stringify({ ...PACK, logging: { clause: "DX-1", events } }) }];
      assert.deepEqual(await note(machine.start(), { rules: ["dx-rules/DX-1", "uk-nccc-2023/UK-11"] }), { noted }, events);
      assert.deepEqual(list(machine).map(({ rules }) => rules), noted ? [["dx-rules/DX-1", "uk-nccc-2023/UK-11"]] : []);
    }
  });

  it("asked again with the same request is there once", async () => {
    const machine = new Machine({});
    const again = request();
    for (let i = 0; i < 3; i++) await note(machine.start(), { request: again });
    await note(machine.start());
    assert.equal(list(machine).length, 2);
  });

  it("whenever the worker is killed, asking again stores it once and loses none before it", async () => {
    for (let limit = 0; ; limit++) {
      const machine = new Machine({ packs: ["uk-nccc-2023"] });
      await note(machine.start(), { way: "edited" });
      const life = new Life(limit);
      const own = ask();
      const dying = machine.start(life);
      await Promise.race([dying.service.handlers.event(own).catch(() => undefined), life.died]);
      const survived = !life.dead;
      await machine.start().service.handlers.event(own);
      assert.deepEqual(list(machine).map(({ way }) => way), ["edited", "not_what_it_looks"], `killed at step ${limit}`);
      if (survived) {
        assert.ok(limit > 0, "there was a step to die at");
        return;
      }
    }
  });

  it("a full disk loses the new one only, and says so; the next is stored again", async () => {
    const machine = new Machine({});
    const session = machine.start();
    await note(session, { way: "edited" });
    const set = machine.local.set.bind(machine.local);
    machine.local.set = () => Promise.reject(new Error("QUOTA_BYTES quota exceeded"));
    assert.deepEqual(await answer(session.service, OWN, ask(), CHANNEL), { error: "QUOTA_BYTES quota exceeded" });
    machine.local.set = set;
    await note(session, { way: "justified" });
    assert.deepEqual(list(machine).map(({ way }) => way), ["edited", "justified"]);
  });

  it("goes with the filed records when they are removed, and not under a hold", async () => {
    for (const [hold, left] of [["held", 1], ["unknown", 1], ["none", 0]] as const) {
      const machine = new Machine({ hold: { state: hold, stated_at: "2026-11-22T09:00:00Z" } });
      const session = machine.start();
      await note(session);
      const emptied = session.service.handlers.empty({ op: "empty" });
      if (hold === "none") assert.deepEqual(await emptied, { removed: 0, events: 1 });
      else await assert.rejects(emptied, /hold is/);
      assert.equal(list(machine).length, left, hold);
    }
  });
});

describe("the list of events", () => {
  const now = new Date("2026-11-22T14:03:00Z");
  const filled = (n: number, at = EVENT.at) => memoryArea({ [EVENTS_KEY]: { v: 1, last: "", list: Array.from({ length: n }, () => ({ ...EVENT, at })) } });
  const size = (area: ReturnType<typeof memoryArea>) => readEvents(area.items[EVENTS_KEY]).length;
  const NEW: StopEvent = { ...EVENT, way: "edited" };

  it("keeps the newest; the oldest goes", async () => {
    const area = filled(EVENTS_MOST);
    await new Events(area, () => now).add(NEW, "1", "none");
    assert.equal(size(area), EVENTS_MOST);
    assert.equal(readEvents(area.items[EVENTS_KEY]).at(-1)?.way, "edited");
  });

  it("keeps none for longer than its days", async () => {
    const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().replace(/:\d\d\.\d+Z/, ":00Z");
    const old = filled(3, day(EVENTS_DAYS + 1));
    await new Events(old, () => now).trim("none");
    assert.equal(size(old), 0);
    const young = filled(3, day(EVENTS_DAYS - 1));
    await new Events(young, () => now).trim("none");
    assert.equal(size(young), 3);
  });

  it("drops nothing under a hold or where none is stated, and then takes no more than its limit", async () => {
    for (const hold of ["held", "unknown"] as const) {
      const area = filled(EVENTS_MOST + 5, "2020-01-01T00:00:00Z");
      const events = new Events(area, () => now);
      await events.trim(hold);
      await events.add(NEW, "1", hold);
      assert.equal(size(area), EVENTS_MOST + 6);
      await assert.rejects(events.empty(hold), /hold is/);
      const full = filled(EVENTS_HELD);
      await assert.rejects(new Events(full, () => now).add(NEW, "1", hold), /full/);
      assert.equal(size(full), EVENTS_HELD);
    }
  });

  it("changes wait for each other", async () => {
    const area = memoryArea();
    const events = new Events(area, () => now);
    await Promise.all(Array.from({ length: 20 }, (_, i) => events.add(NEW, String(i), "none")));
    assert.equal(size(area), 20);
  });

  it("what is no event is not read: a longer member, another one, or none", () => {
    assert.equal(fits(EVENT), true);
    for (const bad of [{ ...EVENT, text: CANARY }, { ...EVENT, at: "2026-11-22T14:03:05Z" }, { ...EVENT, channel: "My Chat" }, { ...EVENT, rules: ["see you at ten"] }, { at: EVENT.at }, null, "x"]) {
      assert.equal(fits(bad), false, JSON.stringify(bad));
      assert.deepEqual(readEvents({ list: [bad, EVENT] }), [EVENT]);
    }
    for (const broken of [undefined, 7, [], { list: 3 }]) assert.deepEqual(readEvents(broken), []);
  });

  it("as a table: one line each, with the members and no others", () => {
    const two = { ...EVENT, rules: ["uk-nccc-2023/UK-11", "us-nc-030319/NC-G7a"], way: "edited" as const };
    assert.equal(
      eventsCSV([EVENT, two]),
      "at,channel,action,rules,way\r\n" +
        "2026-11-22T14:03:00+00:00,whatsapp,block,uk-nccc-2023/UK-11,not_what_it_looks\r\n" +
        "2026-11-22T14:03:00+00:00,whatsapp,block,uk-nccc-2023/UK-11 us-nc-030319/NC-G7a,edited\r\n",
    );
  });
});

describe("the packs' ceilings", () => {
  const LEVELS: LogLevel[] = ["off", "optional", "required"];
  const pack = (id: string, events: LogLevel) => ({ id, logging: { events } }) as unknown as PackInfo;

  it("the lowest counts, in any order and however often, and no setting raises it", () => {
    for (const a of LEVELS) for (const b of LEVELS) for (const c of LEVELS) for (const events of [true, false]) {
      const known = [pack("a", a), pack("b", b), pack("c", c)];
      const one = eventLog({ packs: ["a", "b", "c"], events }, known);
      const other = eventLog({ packs: ["c", "a", "b", "a"], events }, known.reverse());
      const lowest = Math.min(...[a, b, c].map((level) => LEVELS.indexOf(level)));
      assert.equal(one.level, LEVELS[lowest]);
      assert.deepEqual([one.on, one.level], [other.on, other.level]);
      assert.equal(one.on, lowest === 2 || (lowest === 1 && events));
      assert.equal(one.lowered !== undefined, !one.on && [a, b, c].includes("required"), "what another pack requires is named when it is lowered");
    }
    assert.equal(eventLog({ packs: ["gone"], events: true }, []).on, false);
  });

  it("of an overlay and of a loaded rule book count, of what is not in force none does", () => {
    const on = (known: PackInfo[], named = ["uk-nccc-2023"]) => eventLog({ packs: named, events: true }, [pack("uk-nccc-2023", "optional"), pack("us-nc-030319", "off"), ...known]).on;
    const upon = (overlay: string) => ({ ...pack("dx-rules", "off"), overlay }) as PackInfo;
    assert.equal(on([]), true);
    assert.equal(on([upon("uk-nccc-2023")]), false);
    assert.equal(on([upon("ca-im-protocol")]), true, "its rule book is not in force");
    assert.equal(on([upon("")]), false, "a rule book of its own");
    assert.equal(on([], ["us-nc-030319"]), false);
  });

  it("the core's own rule books are those that can be named", { skip: noCore }, async () => {
    const info = await new Machine({}).start().service.handlers.info({ op: "info" });
    assert.deepEqual(info.packs.map(({ id }) => id), BUNDLED);
  });

  it("are those of the bundled packs", { skip: noCore }, async () => {
    const info = await new Machine({}).start().service.handlers.info({ op: "info" });
    const levels = Object.fromEntries(info.packs.map(({ id, logging }) => [id, [logging.content, logging.events, logging.clause]]));
    assert.deepEqual(levels, {
      "uk-nccc-2023": ["never_auto", "optional", "UK-35"],
      "ca-im-protocol": ["never_auto", "off", "GC-I1.1"],
      "us-nc-030319": ["on_user_click", "required", "NC-S6"],
    });
  });
});

