import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readMail } from "../../../outbox/mail.ts";
import { noCore } from "./core.ts";
import { capture, Machine, request } from "./world.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** An EML as the core renders it, and its record's JSON. */
async function rendered(body: string): Promise<{ eml: string; json: string; id: string }> {
  const machine = new Machine({});
  const answer = await machine.start().keep(capture({}, body), request());
  assert.ok(answer?.ok);
  const outbox = await machine.outbox();
  const content = await outbox.content((await outbox.row(answer.id)) ?? assert.fail());
  assert.ok(content);
  return { eml: content.eml, json: JSON.stringify(content.record), id: answer.id };
}

/** The ways servers and programs rewrite a message without changing what it holds. */
const REWRAPPED: Record<string, (eml: string) => string> = {
  "as it was": (eml) => eml,
  "line ends of one byte": (eml) => eml.replaceAll("\r\n", "\n"),
  "headers added above and a received line": (eml) => `Received: from a (b [192.0.2.1])\r\n\tby c; Sun, 22 Nov 2026 14:03:00 +0000\r\nX-Spam: no\r\n${eml}`,
  "headers folded otherwise, names in capitals": (eml) => eml.replace(/^Content-Type: /gm, "CONTENT-TYPE:\r\n  ").replace(/^Content-Transfer-Encoding/gm, "content-transfer-encoding"),
  "another boundary, with a preamble": (eml) => {
    const boundary = /boundary="([^"]+)"/.exec(eml)?.[1] ?? assert.fail();
    return eml.replaceAll(boundary, "----=_Part_17").replace("\r\n\r\n------=_Part_17", "\r\n\r\nThis is a multi-part message.\r\n------=_Part_17");
  },
  "base64 in lines of another length": (eml) => eml.replace(/^(?:[A-Za-z0-9+/]{76}\r\n)+/gm, (block) => block.replaceAll("\r\n", "").replace(/.{1,60}/g, "$&\r\n")),
  "base64 made quoted-printable": (eml) =>
    eml.replace(/(application\/json;[^]*?)base64([^]*?\r\n\r\n)([A-Za-z0-9+/=\r\n]+)(?=--)/g, (_, a: string, b: string, data: string) => {
      const bytes = Buffer.from(data, "base64").toString("latin1");
      const quoted = bytes.replace(/[^!-<>-~]/g, (c) => "=" + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0"));
      return `${a}quoted-printable${b}${quoted.replace(/(?:=[0-9A-F]{2}|[^=]){1,60}/g, "$&=\r\n").replace(/=\r\n$/, "")}\r\n`;
    }),
  "file names without quotes": (eml) => eml.replace(/name="(record|signature)\.json"/g, "name=$1.json"),
  "file names as RFC 2231 has them": (eml) => eml.replace(/filename="?(record|signature)\.json"?/g, "filename*=utf-8''$1%2Ejson").replace(/;\s*name="?[a-z]+\.json"?/g, ""),
  "file names in pieces": (eml) => eml.replace(/filename="?(record|signature)\.json"?/g, 'filename*0="$1"; filename*1*=%2Ejson').replace(/;\s*name="?[a-z]+\.json"?/g, ""),
  "forwarded as an attachment": (eml) => `Subject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\n${eml}\r\n--outer--\r\n`,
  "cut after the last part's text": (eml) => eml.slice(0, eml.lastIndexOf("--=_hanaper")),
};

describe("reading a record back out of a mail", { skip: noCore }, () => {
  for (const [name, rewrap] of Object.entries(REWRAPPED)) {
    it(name, async () => {
      const { eml, json } = await rendered("Décision prise : on commence lundi 🚀. ".repeat(9));
      const changed = rewrap(eml);
      if (name !== "as it was") assert.notEqual(changed, eml, "the rewrap did nothing");
      const found = await readMail(utf8(changed));
      assert.ok(found?.signature);
      assert.deepEqual(JSON.parse(found.record), JSON.parse(json));
    });
  }

  it("is proven by id and signature, bytes or not; a changed letter is not", async () => {
    const { eml, id } = await rendered("agreed");
    const machine = new Machine({});
    const { provenId } = await import("../../../outbox/filing.ts");
    const verify = machine.start().service.verify;
    for (const rewrap of Object.values(REWRAPPED)) assert.equal(await provenId(utf8(rewrap(eml)), verify), id);
    const found = await readMail(utf8(eml));
    assert.ok(found);
    const forged = Buffer.from(found.record.replace("agreed", "refused")).toString("base64").replace(/.{1,76}/g, "$&\r\n");
    const fake = eml.replace(/(record\.json"?\r\n\r\n)[A-Za-z0-9+/=\r\n]+(?=--)/, (_, head: string) => head + forged);
    assert.match((await readMail(utf8(fake)))?.record ?? "", /refused/);
    assert.equal(await provenId(utf8(fake), verify), "", "another text, the old signature");
    const unsigned = eml.replace(/signature\.json/g, "other.json");
    assert.equal(await provenId(utf8(unsigned), verify), "");
  });
});

describe("what is no record", () => {
  it("gives null and never fails", async () => {
    const deep = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n".repeat(200);
    for (const text of ["", "\r\n", "\0\xff", "From: a\r\n\r\nhello", "Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n", deep, '{"v":1}']) {
      assert.equal(await readMail(utf8(text)), null);
    }
    const broken = "Content-Type: application/json; name=record.json\r\nContent-Transfer-Encoding: base64\r\n\r\nA";
    assert.deepEqual(await readMail(utf8(broken)), { record: "", signature: null });
  });
});
