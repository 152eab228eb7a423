// The content script: the page's session with the real browser behind it.

import { channelFor } from "../channel/registry.ts";
import { siteChannel } from "../channel/site.ts";
import type { Answer, Ask, Op, PageAsk, Site } from "../wire.ts";
import type { Port } from "./page/port.ts";
import { Session } from "./page/session.ts";

const stop = new AbortController();

const port: Port = {
  async ask<K extends Op>(request: Ask<K>): Promise<Answer<K>> {
    const answer: unknown = await chrome.runtime.sendMessage(request);
    if (typeof answer !== "object" || answer === null) throw new Error("the worker gave no answer");
    if ("error" in answer && Object.keys(answer).length === 1) throw new Error("the worker refused");
    return answer as Answer<K>;
  },
  // After an update the old script stays on the page; its runtime has no id any more.
  alive: () => typeof chrome !== "undefined" && typeof (chrome.runtime as { id?: string } | undefined)?.id === "string",
  onChanged(listener) {
    chrome.runtime.onMessage.addListener((message: unknown) => {
      if (typeof message === "object" && message !== null && (message as { op?: unknown }).op === "changed") listener();
    });
  },
  onAsked(answer) {
    chrome.runtime.onMessage.addListener((message: unknown, _, reply) => {
      const op = typeof message === "object" && message !== null ? (message as { op?: unknown }).op : undefined;
      if (op === "which" || op === "show") reply(answer(message as PageAsk));
    });
  },
  language: navigator.language,
};

const channel = channelFor(location.hostname);
if (channel) new Session({ channel, port, signal: stop.signal });
else added(location.hostname);

/** A site that was added by data: our listeners stand before the page's, its facts come later. */
function added(host: string): void {
  let site: Site | null = null;
  const learn = () => port.ask({ op: "site", host }).then((answer) => { site = answer.site; }, () => undefined);
  new Session({ channel: siteChannel(host, () => site), port, signal: stop.signal });
  port.onChanged(() => void learn());
  void learn();
}
