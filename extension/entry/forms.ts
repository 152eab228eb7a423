// The page of forms: reads and writes what is saved, makes drafts.

import { addressesOf, documentOf, mailFile } from "../form/draft.ts";
import { badAddresses, faultsOf, knownAddresses, type FormContext, type FormId, type SavedForm } from "../form/form.ts";
import { FORMS, formOf } from "../form/registry.ts";
import { Outbox } from "../outbox/outbox.ts";
import { removeForm, saveForm, savedForms } from "../outbox/forms.ts";
import { randomHex } from "../random.ts";
import { localTime } from "../service/clock.ts";
import { announce, draw } from "../ui/pages/frame.ts";
import { formsPage, preview, type FormsActions, type FormsModel } from "../ui/pages/forms.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import { noteCapture } from "../form/record.ts";
import { EVENTS_KEY, readEvents } from "../events.ts";
import { ask } from "./pages/ask.ts";
import { copy, offer } from "./pages/exit.ts";
import { start } from "./pages/start.ts";
import { watch } from "./pages/watch.ts";

const MAX_ORIGINAL = 10 << 20; // bytes

type Loaded = Pick<FormsModel, "language" | "hold" | "settings" | "undelivered" | "list">;

async function load(outbox: Outbox): Promise<Loaded> {
  const [{ settings, hold, language }, list, undelivered] = await Promise.all([ask({ op: "settings" }), savedForms(outbox), outbox.undelivered()]);
  return { settings, hold, language, list, undelivered };
}

/** A new form, begun with what is known. */
async function begin(outbox: Outbox, model: Loaded, id: FormId, item: string): Promise<SavedForm> {
  const [{ items, earlier }, rows, stored] = await Promise.all([ask({ op: "open_items" }), outbox.rows(), chrome.storage.local.get(EVENTS_KEY)]);
  const now = localTime(new Date());
  const context: FormContext = {
    settings: model.settings,
    language: model.language,
    hold: model.hold,
    now,
    random: randomHex(16),
    item: items.find((one) => one.id === item) ?? null,
    open: { undecided: items.length, earlier, pending: model.undelivered, records: rows.length, forms: model.list.filter(({ handed_at }) => !handed_at).length },
    events: readEvents(stored[EVENTS_KEY]),
  };
  const form = formOf(id);
  return { id: randomHex(16), form: id, values: form.begin(context), to: knownAddresses(form, model.settings), item, saved_at: now, handed_at: "" };
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

/** "#new=breach&item=..." begins one, "#open=ID" opens one. */
function wish(): { form: FormId | null; item: string; open: string } {
  const hash = new URLSearchParams(location.hash.slice(1));
  const form = FORMS.find(({ id }) => id === hash.get("new"))?.id ?? null;
  return { form, item: hash.get("item") ?? "", open: hash.get("open") ?? "" };
}

void start(async () => {
  const outbox = await Outbox.open();
  const model: FormsModel = { ...(await load(outbox)), open: null, checked: false, withText: false };
  const texts = () => pageTexts(model.language);
  const title = () => (model.open ? formOf(model.open.form).texts[model.language].title : texts().forms.title);
  const show = () => draw(document.body, model.language, `${title()} - ${texts().product}`, formsPage(texts(), model, actions));
  const say = (text: string, tone: "good" | "warn" = "good") => announce(document.body, text, tone);
  const attempt = (work: () => Promise<void>, failed = () => texts().notSaved) => void work().catch(() => say(failed(), "warn"));
  const refresh = async () => {
    Object.assign(model, await load(outbox));
    show();
  };
  /** Draws what goes anew, and nothing else: somebody is typing. */
  const retouch = () => {
    if (!model.open) return;
    const { text, link } = preview(texts(), model, model.open);
    const shown = document.getElementById("preview");
    if (shown) shown.textContent = text;
    document.getElementById("mail")?.setAttribute("href", link ?? "#draft");
  };
  const keep = async (handed: boolean) => {
    if (!model.open) return;
    const now = localTime(new Date());
    Object.assign(model.open, { saved_at: now }, handed && { handed_at: now });
    await saveForm(outbox, model.open);
    history.replaceState(null, "", `#open=${model.open.id}`);
    await refresh();
  };
  /** Whether a draft can be made; says what is missing where not. */
  const ready = (saved: SavedForm): boolean => {
    const form = formOf(saved.form);
    model.checked = true;
    if (faultsOf(form, saved.values).length + badAddresses(form, saved.to, model.settings).length === 0) return true;
    show();
    document.getElementById("faults")?.scrollIntoView({ block: "center" });
    document.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    return false;
  };
  const follow = async () => {
    const { form, item, open } = wish();
    model.open = form ? await begin(outbox, model, form, item) : (model.list.find(({ id }) => id === open) ?? null);
    model.checked = false;
    model.withText = false;
    show();
    document.querySelector("h1")?.scrollIntoView({ block: "center" });
  };
  const actions: FormsActions = {
    begin: (form) => (location.hash = `new=${form}`),
    open: (id) => (location.hash = `open=${id}`),
    remove: (id) => attempt(async () => {
      await removeForm(outbox, id, model.hold);
      await refresh();
      say(texts().forms.removed);
    }),
    set: (field, value) => {
      if (model.open) model.open.values[field] = value;
      retouch();
    },
    address: (role, value) => {
      if (model.open) model.open.to[role] = value.trim();
      retouch();
    },
    file: (field, file) => attempt(async () => {
      if (!model.open) return;
      if (file.size > MAX_ORIGINAL) { say(texts().forms.fileTooLarge, "warn"); return; }
      Object.assign(model.open.values, { [field]: await base64(file), [`${field}_name`]: file.name });
      show();
    }),
    withText: (on) => {
      model.withText = on;
      retouch();
    },
    save: () => attempt(async () => {
      await keep(false);
      say(texts().saved);
    }),
    copy: () => attempt(async () => {
      if (!model.open || !ready(model.open)) return;
      await copy("form-copy", preview(texts(), model, model.open).text);
      await keep(true);
      say(texts().forms.copied);
    }, () => texts().forms.notCopied),
    draft: () => attempt(async () => {
      const saved = model.open;
      if (!saved || !ready(saved)) return;
      const form = formOf(saved.form);
      const original = saved.values["original"];
      const bytes = original === undefined ? undefined : Uint8Array.from(atob(original), (c) => c.charCodeAt(0));
      const mail = mailFile(addressesOf(form, saved, model.settings), documentOf(form, saved.values, model.language), saved.id, bytes);
      const name = `hanaper-${form.id}-${localTime(new Date()).slice(0, 10)}.eml`;
      await keep(true);
      offer("form-file", name, mail);
      say(texts().forms.filed(name));
    }),
    mail: () => {
      if (!model.open || !ready(model.open)) return false;
      if (preview(texts(), model, model.open).link === null) {
        say(texts().forms.tooLong, "warn");
        return false;
      }
      attempt(() => keep(true));
      return true;
    },
    record: () => attempt(async () => {
      if (!model.open || !ready(model.open)) return;
      const { name, address } = model.settings;
      if (!name && !address) { say(texts().forms.recordMissing, "warn"); return; }
      const form = formOf(model.open.form);
      const capture = noteCapture(documentOf(form, model.open.values, model.language), form, { name, address }, localTime(new Date()));
      const answer = await ask({ op: "keep", capture, request: model.open.id });
      if (!answer.ok) throw new Error(answer.error || answer.missing.join());
      await keep(true);
      say(texts().forms.recordKept);
    }),
  };
  await follow();
  addEventListener("hashchange", () => {
    const { open } = wish();
    if (!open || open !== model.open?.id) attempt(follow);
  });
  watch(
    () => load(outbox),
    () => model.open !== null, // somebody is writing: nothing is drawn over it
    (next) => {
      Object.assign(model, next);
      show();
    },
  );
});
