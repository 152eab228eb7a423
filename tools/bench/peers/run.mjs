// Runs one peer over the benchmark's messages and prints {"findings","micros"}:
// kind and place (UTF-8 bytes) of what it found in each, and the time per chat
// message, the best of some rounds. Also runs Hanaper's own core.wasm in V8, whole
// judgement, so that all are timed alike.
//
//	node run.mjs PEER CASES ROUNDS
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [peer, file, rounds] = process.argv.slice(2);
const bytes = (text, at) => Buffer.byteLength(text.slice(0, at));
const place = (kind, text, start, end) => ({ kind, start: bytes(text, start), end: bytes(text, end) });

const peers = {
  async openredaction() {
    const { OpenRedaction } = await import("openredaction");
    const redactor = new OpenRedaction({});
    return async (text) => (await redactor.detect(text)).detections.map((d) => place(d.type, text, ...d.position));
  },
  async "sanitize-pii"() {
    const { defaultSanitizer } = await import("@cdssnc/sanitize-pii");
    return (text) => defaultSanitizer.detectPii(text).map(({ pattern, match }) => place(pattern, text, text.indexOf(match), text.indexOf(match) + match.length));
  },
  async secretlint() {
    const { lintSource } = await import("@secretlint/core");
    const { creator } = await import("@secretlint/secretlint-rule-preset-recommend");
    const options = { locale: "en", config: { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator, options: {} }] } };
    return async (text) => {
      const { messages } = await lintSource({ source: { content: text, filePath: "/message.txt", ext: ".txt", contentType: "text" }, options });
      return messages.map((m) => place(m.ruleId, text, ...m.range));
    };
  },
  async hanaper() {
    const { Guest } = await import(pathToFileURL(process.env.HANAPER_GUEST).href);
    const guest = new Guest(async () => WebAssembly.compile(readFileSync(process.env.HANAPER_WASM)));
    return async (text) => {
      const draft = { body: text, channel: "whatsapp", chat_scope: "work", device: "managed" };
      await guest.text("evaluate", JSON.stringify({ at: "2026-11-22T09:00:00Z", draft, settings: { packs: ["uk-nccc-2023"] } }));
      return [];
    };
  },
};

const cases = readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const find = await peers[peer]();
const findings = [];
// what knows secrets only is asked about secrets only
const asked = (c) => peer !== "secretlint" || ["api-key", "private-key", "password"].includes(c.kind);
for (const c of cases) findings.push(asked(c) ? await find(c.text) : []);
const chats = cases.filter((c) => c.set === "chat");
let micros = Infinity;
for (let round = 0; round < Number(rounds); round++) {
  const start = process.hrtime.bigint();
  for (const { text } of chats) await find(text);
  micros = Math.min(micros, Number(process.hrtime.bigint() - start) / 1000 / Math.max(1, chats.length));
}
process.stdout.write(JSON.stringify({ findings, micros }));
