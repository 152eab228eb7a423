import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parseMessages } from "../../../demo/parse.ts";
import { paths } from "../harness-paths.ts";

const exported: Readonly<Record<string, string>> = {
  "iPhone, day first": "[22/11/2026, 14:03:05] Amira Khan: \u200eMessages are encrypted.\n[22/11/2026, 14:03:15] Amira Khan: One: first\nsecond line\n\u200e[22/11/2026, 14:04:05] Ben: \u200eimage omitted\n[22/11/2026, 14:05:05] Ben: Two\n",
  "Android, month first": "11/22/26, 2:02 PM - Messages are encrypted.\n11/22/26, 2:03\u202fPM - Amira Khan: One: first\nsecond line\n11/22/26, 2:04 PM - Ben: <Media omitted>\n11/22/26, 2:05 PM - Ben: Two",
  "Android, German": "22.11.26, 14:02 - Nachrichten sind verschlüsselt.\n22.11.26, 14:03 - Amira Khan: One: first\nsecond line\n22.11.26, 14:04 - Ben: <Medien ausgeschlossen>\n22.11.26, 14:05 - Ben: Two",
  "year first, with a byte order mark": "\ufeff2026-11-22, 14:02 - Ben joined\r\n2026-11-22, 14:03 - Amira Khan: One: first\r\nsecond line\r\n2026-11-22, 14:04 - Ben: <Médias omis>\r\n2026-11-22, 14:05 - Ben: Two\r\n",
};

for (const [name, text] of Object.entries(exported)) {
  test(`an export is read: ${name}`, () => {
    assert.deepEqual(parseMessages(text), { kind: "export", messages: ["One: first\nsecond line", "Two"], skipped: 2 });
  });
}

test("any other file is read as one message a line", () => {
  assert.deepEqual(parseMessages("see you at 14:05\n\n 22/11/2026 is fine \n"), { kind: "lines", messages: ["see you at 14:05", "22/11/2026 is fine"], skipped: 0 });
});

function demo(...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(paths.root, "demo", "demo.mjs"), ...args], { encoding: "utf8", timeout: 120_000 });
  return { status, out: stdout, err: stderr };
}

test("the demo types a person's lines, stops, keeps, files and verifies", (t) => {
  if (!existsSync(paths.hanaper)) {
    t.skip(`${paths.hanaper} is missing: ./task hanaper`);
    return;
  }
  const dir = mkdtempSync(join(tmpdir(), "hanaper-demo-"));
  try {
    const file = join(dir, "lines.txt");
    writeFileSync(file, "see you at the lift\nGoing to Flood Warning for the caravan site. Jaz issue it now, do not wait for the 2030 run\nSECRET: the convoy leaves at 0200\n");
    const { status, out, err } = demo(file);
    assert.equal(status, 0, out + err);
    assert.match(out, /SECRET.*block +prohibited.*stopped/);
    assert.match(out, /Going to Flood.*delivered, verified/);
    assert.deepEqual(readdirSync(join(paths.build, "demo", "records")).length, 1);
    const wrong = demo(join(dir, "nosuch.txt"));
    assert.equal(wrong.status, 1);
    assert.match(wrong.err, /cannot be read\nnext: /);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
