import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DestinationError } from "../../../outbox/destination/destination.ts";
import { Folder } from "../../../outbox/destination/folder.ts";
import { Disk } from "./disk.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const OURS = utf8("From: Ada\r\n\r\nagreed");

describe("folder", () => {
  it("writes, and gives what is there afterwards", async () => {
    const disk = new Disk();
    assert.deepEqual(await new Folder(disk.handle()).put("a.eml", OURS), OURS);
    assert.deepEqual([...disk.files], [["a.eml", OURS]]);
  });

  it("putting the same again writes nothing", async () => {
    const disk = new Disk();
    const folder = new Folder(disk.handle());
    await folder.put("a.eml", OURS);
    const steps: string[] = [];
    disk.step = (name) => Promise.resolve(void steps.push(name));
    assert.deepEqual(await folder.put("a.eml", OURS), OURS);
    assert.deepEqual(steps, ["getFileHandle", "getFile"]);
  });

  it("a different file of that name is left alone; the next free name is used", async () => {
    const disk = new Disk();
    disk.files.set("a.eml", utf8("theirs")).set("a-2.eml", utf8("theirs too"));
    assert.deepEqual(await new Folder(disk.handle()).put("a.eml", OURS), OURS);
    assert.deepEqual([...disk.files], [["a.eml", utf8("theirs")], ["a-2.eml", utf8("theirs too")], ["a-3.eml", OURS]]);
  });

  it("an empty file, left by a write cut short, is filled", async () => {
    const disk = new Disk();
    disk.files.set("a.eml", new Uint8Array());
    await new Folder(disk.handle()).put("a.eml", OURS);
    assert.deepEqual([...disk.files], [["a.eml", OURS]]);
  });

  it("says why it could not", async () => {
    const cases: [string, (disk: Disk) => void][] = [
      ["permission", (d) => (d.permission = "prompt")],
      ["permission", (d) => (d.permission = "denied")],
      ["missing", (d) => (d.gone = true)],
      ["conflict", (d) => ["", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"].map((n) => d.files.set(`a${n}.eml`, utf8("theirs")))],
      ["write", (d) => (d.step = (name) => (name === "close" ? Promise.reject(new DOMException("full", "QuotaExceededError")) : Promise.resolve()))],
    ];
    for (const [trouble, spoil] of cases) {
      const disk = new Disk();
      spoil(disk);
      const failed = new Folder(disk.handle()).put("a.eml", OURS);
      await assert.rejects(failed, (error) => error instanceof DestinationError && error.trouble === trouble, trouble);
    }
  });
});
