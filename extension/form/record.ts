// A form kept as a record of its own: a note of the substance, from the person to
// themselves, with its five fields.

import type { Capture, Party } from "../wire.ts";
import type { Document } from "./draft.ts";
import type { Form } from "./form.ts";

/** now: RFC 3339 with the device's zone. */
export function noteCapture({ subject, text }: Document, form: Form, me: Party, now: string): Capture {
  const fields = {
    from: me,
    to: [me],
    members_complete: true,
    date: now.slice(0, 10),
    time: now.slice(11, 16),
    zone: now.slice(19),
    zone_source: "device" as const,
    precision: "minute" as const,
    subject,
  };
  return {
    channel: "manual",
    chat: "",
    direction: "out",
    method: "substance",
    fields,
    observed: {},
    messages: [{ direction: "out", from: me, at: now, body: text, context_only: false, attachments: [] }],
    clauses: [form.clause],
    verdict: { permission: "unknown", duty: "unknown", digest: "" },
    series: "to be filed",
  };
}
