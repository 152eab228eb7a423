import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Browser, ready, until } from "../harness.ts";
import { paths } from "../harness-paths.ts";
import { captureOf, filesIn, giveFolder, keepDirectly, records, request } from "./captures.ts";

async function withProfile(f: (profile: string) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "hanaper-outbox-"));
  try {
    await f(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What `hanaper verify` says of a file with this text. */
function verify(name: string, text: string): { status: number | null; said: string } {
  const dir = mkdtempSync(join(tmpdir(), "hanaper-verify-"));
  try {
    const file = join(dir, name);
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(paths.hanaper, ["verify", file], { encoding: "utf8" });
    return { status, said: stdout + stderr };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test("kept without a destination: three wait, and still wait after the browser was closed and opened", () =>
  withProfile(async (profile) => {
    const ids: string[] = [];
    const first = await Browser.start({ profile });
    try {
      for (const body of ["One", "Two", "Three"]) {
        const answer = await keepDirectly(first, captureOf(`Decided: ${body}`));
        assert.deepEqual([answer.ok, answer.state], [true, "kept"]);
        ids.push(answer.id);
      }
    } finally {
      await first.close();
    }
    const second = await Browser.start({ profile, settings: null });
    try {
      const list = await records(second);
      assert.deepEqual(list.map((r) => r.id).sort(), [...ids].sort());
      for (const r of list) assert.deepEqual([r.state, r.content], ["kept", true]);
      await until("a badge that counts them", async () => (await second.inside(() => chrome.action.getBadgeText({}), undefined)) === "3");
    } finally {
      await second.close();
    }
  }));

test("filed into a folder: read back, delivered, and the files verify", async (t) => {
  const browser = await Browser.start({ settings: { destination: { kind: "folder" } } });
  try {
    const early = await keepDirectly(browser, captureOf("Before any folder was given"));
    assert.deepEqual([early.state, early.trouble], ["pending", "no_destination"]);
    await giveFolder(await browser.back(), "records");
    const answer = await keepDirectly(browser, captureOf("Agreed: the quay closes at noon 🌊\nsecond line"));
    assert.equal(answer.state, "delivered");
    const files = await filesIn(await browser.back(), "records");
    assert.equal(files.length, 1);
    const file = files[0];
    assert.ok(file);
    assert.match(file.name, /^2026-11-22-1403-.*\.eml$/);
    assert.ok(file.text.includes("\r\nDate: ") && file.text.includes("dana.ellis@department.example"));
    if (!existsSync(paths.hanaper)) {
      t.diagnostic("build/hanaper is missing: the command line did not check the file");
      return;
    }
    const good = verify(file.name, file.text);
    assert.equal(good.status, 0, good.said);
    const changed = verify(file.name, file.text.replace(/noon/g, "nine"));
    assert.notEqual(changed.status, 0, "a changed file does not verify");
  } finally {
    await browser.close();
  }
});

test("the same click answered twice makes one record", async () => {
  const browser = await Browser.start();
  try {
    const { ask } = await import("../harness-worker.ts");
    const click = { op: "keep", capture: captureOf("Once"), request: request() };
    const a = await ask<{ id: string }>(browser, click);
    const b = await ask<{ id: string }>(browser, click);
    assert.equal(a.id, b.id);
    assert.equal((await records(browser)).length, 1);
  } finally {
    await browser.close();
  }
});

test("each of the five fields is demanded by name, and nothing is stored without", async () => {
  const browser = await Browser.start();
  try {
    const whole = captureOf("Agreed");
    const lacking = {
      from: { ...whole.fields, from: { name: "", address: "" } },
      to: { ...whole.fields, to: [] },
      date: { ...whole.fields, date: "" },
      time: { ...whole.fields, time: "" },
      subject: { ...whole.fields, subject: "" },
    };
    for (const [name, fields] of Object.entries(lacking)) {
      const answer = await keepDirectly(browser, { ...whole, fields });
      assert.deepEqual([answer.ok, answer.missing], [false, [name]]);
    }
    assert.deepEqual(await records(browser), []);
    await browser.settings(ready);
  } finally {
    await browser.close();
  }
});
