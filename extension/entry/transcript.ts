// A transcript by hand: the Keep dialog on a page of ours, for programs without a page.

import { zoneAt } from "../channel/dates.ts";
import { Outbox } from "../outbox/outbox.ts";
import { mount, Shield } from "../ui/host.ts";
import { KeepDialog } from "../ui/keep.ts";
import { announce, draw } from "../ui/pages/frame.ts";
import { transcriptPage, type Program, type TranscriptActions, type TranscriptModel } from "../ui/pages/transcript.ts";
import type { ChatFacts } from "../ui/record.ts";
import { pageStrings } from "../ui/strings/page.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import { transcriptTexts } from "../ui/strings/transcript.ts";
import { ask } from "./pages/ask.ts";
import { start } from "./pages/start.ts";

void start(async () => {
  const [answer, outbox] = await Promise.all([ask({ op: "settings" }), Outbox.open()]);
  const { settings, language, hold } = answer;
  const texts = transcriptTexts(language);
  const asked = location.hash.slice(1);
  const model: TranscriptModel = { program: asked in texts.programs ? (asked as Program) : "signal", who: "", undelivered: await outbox.undelivered() };
  const show = () => draw(document.body, language, `${texts.title} - ${pageTexts(language).product}`, transcriptPage(pageTexts(language), texts, model, actions));

  const dialog = new KeepDialog(
    {
      strings: () => pageStrings[language],
      zoneAt,
      send: (capture, request) => ask({ op: "keep", capture, request }),
      act: (page) => void ask({ op: "open", page }),
      closed: () => document.getElementById("who")?.focus(),
      kept: () => {
        model.who = "";
        void outbox.undelivered().then((undelivered) => {
          model.undelivered = undelivered;
          show();
          announce(document.body, texts.kept);
        });
      },
    },
    (open) => document.body.toggleAttribute("inert", open),
  );
  const host = mount(new Shield(new AbortController().signal), (event) => dialog.typed(event));
  host.body.append(dialog.element);
  host.dress({ dark: matchMedia("(prefers-color-scheme: dark)").matches, language });

  const write = (chat: ChatFacts) => {
    const me = { name: settings.name, address: settings.address };
    dialog.show({ chat, me, choices: [], chosen: [], contextMessages: 0, judged: () => null, pasted: "", substance: false, advancedPrivacy: false, hold });
  };
  const actions: TranscriptActions = {
    program: (program) => (model.program = program),
    who: (text) => (model.who = text),
    write,
  };
  show();
});
