// Runs a page; says so where the worker or the storage gives no answer.

import { h } from "../../ui/dom.ts";
import { pageTexts } from "../../ui/strings/pages.ts";
import { spoken } from "../../settings.ts";

export async function start(page: () => Promise<void>): Promise<void> {
  try {
    await page();
  } catch (error) {
    const language = spoken("auto", chrome.i18n.getUILanguage());
    const why = error instanceof Error ? error.message : "";
    document.documentElement.lang = language;
    document.body.replaceChildren(h("main", { id: "main" }, h("h1", {}, "Hanaper"), h("p", { role: "alert" }, pageTexts(language).noWorker), h("p", { class: "hint", lang: "en" }, why)));
  }
}
