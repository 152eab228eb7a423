// One click -> a record: capture, sign, render, durable in the outbox, then filed.

import type { Guest } from "../host/guest.ts";
import type { Row } from "../outbox/database.ts";
import { sign } from "../outbox/keys.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { randomHex } from "../random.ts";
import { isObject } from "../schema/validate.ts";
import type { Answer, Capture, CaptureAnswer, RenderAnswer } from "../wire.ts";
import { localTime } from "./clock.ts";
import type { Preferences } from "./preferences.ts";

export interface Keeper {
  guest: Guest;
  preferences: Preferences;
  outbox: () => Promise<Outbox>;
  /** Files the record; its row as it is when filing ended or took too long. */
  file: (row: Row) => Promise<Row>;
  now: () => Date;
  version: string;
}

/** Makes and keeps a record. Rejects when nothing was kept and the person should try again. */
export async function keep(my: Keeper, capture: Capture, request: string): Promise<Answer<"keep">> {
  if (!/^[0-9a-f]{32}$/.test(request)) return refused("request must be 32 hexadecimal digits");
  if (!isObject(capture)) return refused("capture must be an object");
  const outbox = await my.outbox();
  const first = await outbox.byRequest(request);
  if (first) return kept(outbox, first);

  const { settings, hold } = await my.preferences.current();
  // Under a hold, or where none is stated, words are kept whole (ruling 12).
  if (hold !== "none" && redacted(capture)) return refused(`hold is ${hold}: words must not be taken out`);
  const by = settings.name || settings.address || "not stated";
  const whole = {
    ...capture,
    v: 1,
    nonce: randomHex(16),
    kept: { by, at: localTime(my.now()), tool: `hanaper ${my.version}` },
  };
  const captured = (await my.guest.call("capture", { capture: whole })) as Partial<CaptureAnswer>;
  if (captured.error) return refused(captured.error);
  if (!captured.id || !captured.record) return { ok: false, missing: captured.missing ?? [], error: "" };

  const { id, record } = captured;
  const signature = await sign(outbox.keys, id);
  const rendered = (await my.guest.call("render", { record, signature })) as Partial<RenderAnswer>;
  if (!rendered.eml || !rendered.file_name) return refused(rendered.error ?? "the record could not be rendered");
  const content = { id, request, record, signature, eml: rendered.eml, file_name: rendered.file_name };
  const row = await outbox.keep(content).catch(async (error: unknown) => {
    // Half written: opened anew, the two databases agree, and hold the record or do not.
    const healed = outbox.store.closed && (await (await my.outbox()).byRequest(request));
    if (healed) return healed;
    throw error;
  });
  // From here on it is kept, whatever becomes of the filing.
  return kept(outbox, await my.file(row).catch(() => row));
}

async function kept(outbox: Outbox, row: Row): Promise<Answer<"keep">> {
  const { where } = await outbox.head(row);
  return { ok: true, id: row.id, state: row.state, where, trouble: row.trouble };
}

function redacted({ messages }: Capture): boolean {
  return Array.isArray(messages) && messages.some((message) => isObject(message) && message.redactions !== undefined);
}

function refused(error: string): Answer<"keep"> {
  return { ok: false, missing: [], error };
}
