import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { passed, trainingOf } from "../../../training.ts";
import { QUIZ } from "../../../ui/strings/quiz.ts";
import { Guest } from "../../../host/guest.ts";
import type { Info } from "../../../wire.ts";
import { coreModule, noCore } from "./core.ts";

const pack = { id: "us-nc-030319", version: "1.0.0" };
const done = (date: string, version = "1.0.0", id = pack.id) => ({ pack: id, version, date });

describe("training", () => {
  it("is due where there was none, after a year, and for a new version", () => {
    const state = (...briefings: ReturnType<typeof done>[]) => trainingOf(pack, briefings, "2026-11-22").state;
    assert.equal(state(), "never");
    assert.equal(state(done("2026-11-01", "1.0.0", "uk-nccc-2023")), "never");
    assert.equal(state(done("2025-11-22")), "current");
    assert.equal(state(done("2025-11-21")), "old");
    assert.equal(state(done("2026-11-01", "0.9.0")), "changed");
    assert.equal(state(done("2026-11-01"), done("2024-01-01", "0.9.0")), "current");
  });

  it("four of five pass", () => {
    assert.deepEqual([3, 4, 5].map((right) => passed(right, 5)), [false, true, true]);
    assert.equal(passed(0, 0), false);
  });

  it("every bundled rule book has its questions, with the same right answers in both languages", { skip: noCore }, async () => {
    const info = (await new Guest(coreModule).call("info", { language: "en" })) as Info;
    for (const { id } of info.packs) {
      const { en, fr } = QUIZ[id] ?? { en: [], fr: [] };
      assert.ok(en.length >= 5, id);
      assert.deepEqual(fr.map(({ right, answers }) => [right, answers.length]), en.map(({ right, answers }) => [right, answers.length]), id);
      for (const question of [...en, ...fr]) {
        assert.ok(question.right < question.answers.length, question.ask);
        assert.match(question.why, /\(.*\d.*\)/, "names the paragraph");
      }
    }
  });
});
