// The settings page: asks the worker, draws, saves.

import { CHANNELS } from "../channel/registry.ts";
import { Outbox } from "../outbox/outbox.ts";
import { announce, draw } from "../ui/pages/frame.ts";
import { optionsPage, type OptionsActions, type OptionsModel } from "../ui/pages/options.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import type { DesktopAnswer } from "../wire.ts";
import { ask } from "./pages/ask.ts";
import { canPick, folderState, placeActions } from "./pages/folder.ts";
import { siteActions, siteStates } from "./pages/sites.ts";
import { start } from "./pages/start.ts";
import { alike, watch } from "./pages/watch.ts";

const channels = CHANNELS.map((make) => make().id);

/** What the program on this computer said last. */
let desktop: DesktopAnswer | null = null;

async function load(outbox: Outbox): Promise<OptionsModel> {
  const [answer, folder, undelivered, packs, own] = await Promise.all([
    ask({ op: "settings" }),
    folderState(outbox),
    outbox.undelivered(),
    ask({ op: "info" }).then((info) => info.packs, () => null),
    ask({ op: "packs" }).then((answer) => answer.packs, () => null),
  ]);
  const { destination } = answer.settings;
  const place = { kind: destination.kind, folder, locked: answer.locked.includes("destination"), picker: canPick, allowed: answer.settings.allowed_destinations, desktop };
  return { answer, packs, own, place, channels, sites: await siteStates(answer.settings.sites), undelivered, now: Date.now() };
}

void start(async () => {
  const outbox = await Outbox.open();
  let model = await load(outbox);
  const texts = () => pageTexts(model.answer.language);
  const show = () => draw(document.body, model.answer.language, `${texts().settings.title} - ${texts().product}`, optionsPage(texts(), model, actions));
  const refresh = async () => {
    model = await load(outbox);
    show();
  };
  const actions: OptionsActions = {
    ...placeActions({ outbox, texts, refresh, desktop: (said) => (desktop = said), say: (text, tone) => announce(document.body, text, tone) }),
    ...siteActions({
      language: () => model.answer.language,
      sites: () => model.answer.settings.sites,
      save: (changes) => ask({ op: "save", changes }),
      say: (text, tone) => announce(document.body, text, tone),
      refresh,
    }),
    save: (changes, redraw) => {
      void ask({ op: "save", changes }).then(
        async (answer) => {
          model = { ...model, answer };
          if (redraw) await refresh();
          announce(document.body, texts().saved);
        },
        async () => {
          await refresh();
          announce(document.body, texts().notSaved, "warn");
        },
      );
    },
    loadPack: (file) => {
      const s = texts().settings;
      void file
        .text()
        .then((text) => ask({ op: "load_pack", name: file.name, text }))
        .then(
          async () => {
            await refresh();
            announce(document.body, s.ownAdded);
          },
          (error: unknown) => announce(document.body, s.ownNot(error instanceof Error ? error.message : ""), "warn"),
        );
    },
    removePack: (key) => {
      void ask({ op: "remove_pack", key }).then(refresh, () => announce(document.body, texts().notSaved, "warn"));
    },
    stateHold: (state) => actions.save({ hold: { state, stated_at: state === "unknown" ? "" : new Date().toISOString() } }, true),
  };
  show();
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
  watch(
    () => load(outbox),
    (next) => alike(next, model),
    (next) => {
      model = next;
      show();
    },
  );
});
