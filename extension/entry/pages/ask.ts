// A page's question to the worker.

import type { Answer, Ask, Op, Refusal } from "../../wire.ts";

/** Rejects with the reason when the worker refused or failed. */
export async function ask<K extends Op>(message: Ask<K>): Promise<Answer<K>> {
  const reply = await chrome.runtime.sendMessage<Ask<K>, Answer<K> | Refusal | undefined>(message);
  if (reply === undefined) throw new Error("no answer");
  if ("error" in reply && Object.keys(reply).length === 1) throw new Error(reply.error);
  return reply as Answer<K>;
}
