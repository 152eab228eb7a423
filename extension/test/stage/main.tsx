import { createRoot } from "react-dom/client";
import type { ReactNode } from "react";
import { Conversation } from "./conversation";
import { labelsOf } from "./labels";
import { options } from "./options";
import { events, sent, watch } from "./probe";
import { Side } from "./side";
import { change, current, openChat, receive, remove, useStage } from "./store";

watch();

/** What a page, or a test that speaks for it, can do by script: none of it is a person's act. */
const stage = {
  openChat: (key: string): void => { change({ open: key, files: [], drawer: false }); },
  chats: () => current().chats.map((c) => ({ key: c.key, title: c.title, kind: c.kind })),
  receive,
  remove,
  hide: (hidden: boolean): void => { change({ hidden }); },
  addFile: (name: string, size = 1024, type = "application/octet-stream"): void => { change({ files: [...current().files, { name, size, type }] }); },
  composer: () => document.querySelector<HTMLElement>(".st-main [contenteditable='true']"),
  syntheticEnter: (): void => {
    const init = { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true, composed: true };
    for (const type of ["keydown", "keypress", "keyup"]) stage.composer()?.dispatchEvent(new KeyboardEvent(type, init));
  },
  clickSend: (): void => { document.querySelector<HTMLElement>(".st-send")?.click(); },
  clickSvg: (): void => {
    document.querySelector(".st-send svg")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true }));
  },
};

declare global {
  interface Window {
    __stage: typeof stage;
    __events: typeof events;
    __sent: typeof sent;
  }
}
window.__stage = stage;
window.__events = events;
window.__sent = sent;

const labels = labelsOf[options.lang];
document.documentElement.lang = labels.htmlLang;
document.documentElement.dataset["theme"] = options.theme;
if (options.theme === "dark") document.body.classList.add("dark");

function App(): ReactNode {
  useStage();
  const chat = openChat();
  return (
    <div className="st-app">
      <Side labels={labels} />
      {chat === undefined ? <div className="st-empty">{labels.pick}</div> : <Conversation chat={chat} labels={labels} />}
    </div>
  );
}

const root = document.querySelector("#app");
if (root !== null) createRoot(root).render(<App />);
