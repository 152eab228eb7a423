// The page of what is covered. Its rows are part of the build.

import covered from "../../desktop/pack/coverage.json";
import { Outbox } from "../outbox/outbox.ts";
import { draw } from "../ui/pages/frame.ts";
import { coveragePage, type CoverageModel, type CoverageRow } from "../ui/pages/coverage.ts";
import { pageTexts } from "../ui/strings/pages.ts";
import { ask } from "./pages/ask.ts";
import { start } from "./pages/start.ts";

void start(async () => {
  const outbox = await Outbox.open();
  const [{ language }, undelivered, packs] = await Promise.all([
    ask({ op: "settings" }),
    outbox.undelivered(),
    ask({ op: "info" }).then((info) => info.packs, () => null),
  ]);
  const model: CoverageModel = { language, undelivered, packs, rows: covered as CoverageRow[], shown: "all" };
  const t = pageTexts(language);
  const show = () =>
    draw(document.body, language, `${t.coverage.title} - ${t.product}`, coveragePage(t, model, {
      show: (which) => {
        model.shown = which;
        show();
      },
    }));
  show();
});
