import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import exits from "../../../exits.json";

declare const ROOT: string;

/** Means by which a program of the browser lets text go, and the only files that may use each. */
const MEANS: [RegExp, string[]][] = [
  [/createObjectURL|h\("a", \{[^}]*download/, ["entry/pages/exit.ts"]],
  [/navigator\.clipboard|execCommand/, ["entry/pages/exit.ts"]],
  [/createWritable/, ["outbox/destination/folder.ts"]],
  [/mailto:\$/, ["form/draft.ts"]],
  [/tabs\.create|window\.open\(|windows\.create/, ["entry/pages/exit.ts", "entry/worker.ts"]],
  [/connectNative|sendNativeMessage|postMessage\(/, ["entry/worker.ts"]], // the program on this computer
  [/\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection/, ["entry/worker.ts"]],
  [/chrome\.identity|externally_connectable/, []],
];

it("no source lets text go but where the table says", () => {
  const all = readdirSync(join(ROOT, "extension"), { recursive: true }) as string[];
  const sources = all.filter((file) => /\.ts$/.test(file) && !file.startsWith("test/") && !file.endsWith(".d.ts"));
  assert.ok(sources.length > 80, "the sources were read");
  let seen = 0;
  for (const file of sources) {
    const code = readFileSync(join(ROOT, "extension", file), "utf8").replace(/\/\/.*$/gm, "");
    for (const [means, allowed] of MEANS) {
      if (!means.test(code)) continue;
      seen++;
      assert.ok(allowed.some((place) => file.startsWith(place)), `${file}: ${String(means)}`);
    }
  }
  assert.ok(seen >= 5, "the means that are used were found");
});

it("what leaves by our own pages names an exit of the table", () => {
  const code = ["entry", "entry/pages"].flatMap((dir) => readdirSync(join(ROOT, "extension", dir)).filter((file) => file.endsWith(".ts")).map((file) => readFileSync(join(ROOT, "extension", dir, file), "utf8"))).join("\n");
  const named = new Set([...code.matchAll(/\b(?:offer|copy|openSystem)\("([a-z-]+)"/g)].map(([, id]) => id ?? ""));
  const elsewhere = ["record-folder", "record-vault", "form-mail"]; // destinations, and a link that the person follows
  assert.deepEqual([...named, ...elsewhere].sort(), Object.keys(exits).sort());
});
