// The welcome page: the questions of the first run.

import { Outbox } from "../outbox/outbox.ts";
import { announce, draw } from "../ui/pages/frame.ts";
import { welcomePage, type WelcomeActions, type WelcomeModel } from "../ui/pages/welcome.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import type { DesktopAnswer, Language, PackInfo, Settings } from "../wire.ts";
import { ask } from "./pages/ask.ts";
import { canPick, folderState, placeActions } from "./pages/folder.ts";
import { start } from "./pages/start.ts";

/** What the program on this computer said last. */
let desktop: DesktopAnswer | null = null;

type Said = Pick<WelcomeModel, "missing" | "started">;

async function load(outbox: Outbox, packs: PackInfo[], said: Said): Promise<WelcomeModel & { language: Language }> {
  const [answer, folder, undelivered] = await Promise.all([ask({ op: "settings" }), folderState(outbox), outbox.undelivered()]);
  const { settings, locked, language, ready } = answer;
  return {
    ...said,
    language,
    device: ready && (settings.device !== "unknown" || said.started || locked.includes("device")) ? settings.device : null,
    deviceLocked: locked.includes("device"),
    packs,
    active: settings.packs,
    packsLocked: locked.includes("packs"),
    place: { kind: settings.destination.kind, folder, locked: locked.includes("destination"), picker: canPick, allowed: settings.allowed_destinations, desktop },
    undelivered,
  };
}

void start(async () => {
  const outbox = await Outbox.open();
  const { packs } = await ask({ op: "info" });
  const said: Said & { device: boolean } = { missing: false, started: false, device: false };
  let model = await load(outbox, packs, said);
  const texts = () => pageTexts(model.language);
  const show = () => draw(document.body, model.language, texts().welcome.title, welcomePage(texts(), model, actions));
  const refresh = async () => {
    const device = model.device;
    model = await load(outbox, packs, said);
    if (said.device) model.device ??= device; // "I do not know" is an answer too
    show();
  };
  const save = (changes: Partial<Settings>) =>
    void ask({ op: "save", changes }).then(refresh, () => announce(document.body, texts().notSaved, "warn"));
  const actions: WelcomeActions = {
    ...placeActions({ outbox, texts, refresh, desktop: (said) => (desktop = said), say: (text, tone) => announce(document.body, text, tone) }),
    device: (device) => {
      said.device = true;
      said.missing = false;
      model.device = device;
      save({ device });
    },
    packs: (ids) => save({ packs: ids }),
    start: () => {
      said.missing = model.device === null;
      said.started = !said.missing;
      if (said.started) save({}); // also where policy answered everything: the first run is over
      else {
        model.missing = true;
        show();
        document.getElementById("device-kind-managed")?.focus();
      }
    },
  };
  show();
});
