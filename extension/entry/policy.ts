// The page of the settings in force.

import { diagnostics, type Facts } from "../diagnostics.ts";
import { EVENTS_KEY, readEvents } from "../events.ts";
import { savedForms } from "../outbox/forms.ts";
import { Outbox } from "../outbox/outbox.ts";
import { localTime } from "../service/clock.ts";
import { draw } from "../ui/pages/frame.ts";
import { policyPage, type PolicyModel } from "../ui/pages/policy.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import type { RecordState } from "../wire.ts";
import { ask } from "./pages/ask.ts";
import { offer } from "./pages/exit.ts";
import { start } from "./pages/start.ts";
import { alike, watch } from "./pages/watch.ts";

async function facts(outbox: Outbox): Promise<Facts> {
  const [answer, info, own, rows, forms, open, stored, estimate, persisted] = await Promise.all([
    ask({ op: "settings" }),
    ask({ op: "info" }),
    ask({ op: "packs" }),
    outbox.rows(),
    savedForms(outbox),
    ask({ op: "open_items" }),
    chrome.storage.local.get(EVENTS_KEY),
    navigator.storage.estimate(),
    navigator.storage.persisted(),
  ]);
  const manifest = chrome.runtime.getManifest();
  const records: Record<RecordState, number> = { kept: 0, pending: 0, delivered: 0 };
  for (const { state } of rows) records[state]++;
  return {
    date: localTime(new Date()).slice(0, 10),
    version: VERSION,
    browser: `${BROWSER}: ${navigator.userAgent}`,
    manifest: { permissions: manifest.permissions ?? [], hosts: (manifest.host_permissions ?? []) as string[], csp: (manifest.content_security_policy as { extension_pages: string }).extension_pages },
    core: info.core,
    packs: info.packs,
    own: own.packs,
    answer,
    records,
    forms: forms.length,
    openItems: open.items.length,
    events: readEvents(stored[EVENTS_KEY]).length,
    usage: estimate.usage ?? 0,
    persisted,
  };
}

async function load(outbox: Outbox): Promise<PolicyModel> {
  const known = await facts(outbox);
  const undelivered = known.records.kept + known.records.pending;
  return { answer: known.answer, undelivered, support: JSON.stringify(diagnostics(known), null, 2) };
}

void start(async () => {
  const outbox = await Outbox.open();
  let model = await load(outbox);
  const show = () => {
    const texts = pageTexts(model.answer.language);
    const save = () => offer("diagnostics", `hanaper-support-${localTime(new Date()).slice(0, 10)}.json`, new TextEncoder().encode(model.support), "application/json");
    draw(document.body, model.answer.language, `${texts.policy.title} - ${texts.product}`, policyPage(texts, model, { save }));
  };
  show();
  watch(
    () => load(outbox),
    (next) => alike(next, model),
    (next) => {
      model = next;
      show();
    },
  );
});
