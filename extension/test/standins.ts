import type { Page } from "playwright-core";
import { composerSelector } from "./e2e/acts.ts";
import { type Browser } from "./harness.ts";

/** What the conformance suite needs to know of a channel's stand-in. */
export interface StandIn {
  readonly id: string;
  readonly origin: string;
  /** Opens it with something to write in, to one work contact, in a language. */
  open(browser: Browser, language: "en" | "fr"): Promise<Page>;
  readonly composer: string;
  readonly sendButton: string;
  /** Every wish to send that must be held until judged. */
  readonly gestures: Readonly<Record<string, (page: Page) => Promise<void>>>;
  /** What must pass whatever the verdict, and what it leaves in the composer after "text". */
  readonly passes: Readonly<Record<string, { act: (page: Page) => Promise<void>; leaves: RegExp }>>;
  /** One message shown that can be kept: a selector to rest the pointer on, its words, its sender; untimed where the page shows no time. */
  readonly row: { readonly selector: string; readonly words: string; readonly from: RegExp; readonly untimed?: boolean };
  /** To whom a draft goes, as the record says it. */
  readonly to: RegExp;
}

/** Opens a stand-in with a query and waits until it stands. */
export async function openStandIn(browser: Browser, origin: string, query: Record<string, string>, ready: string): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(`${origin}/?${new URLSearchParams(query).toString()}`);
  await page.waitForSelector(ready);
  return page;
}

/** Ways to send by a mail's send button and keys. */
function mailGestures(button: string, fields: Readonly<Record<string, string>>): StandIn["gestures"] {
  const out: Record<string, (page: Page) => Promise<void>> = {
    "Ctrl+Enter": (p) => p.keyboard.press("Control+Enter"),
    "Ctrl+NumpadEnter": (p) => p.keyboard.press("Control+NumpadEnter"),
    "a click on the button": (p) => p.locator(button).click(),
    "Enter on the button": async (p) => {
      await p.locator(button).focus();
      await p.keyboard.press("Enter");
    },
    "Space on the button": async (p) => {
      await p.locator(button).focus();
      await p.keyboard.press("Space");
    },
  };
  for (const [name, selector] of Object.entries(fields)) {
    out[`Ctrl+Enter in ${name}`] = async (p) => {
      await p.locator(selector).focus();
      await p.keyboard.press("Control+Enter");
    };
  }
  return out;
}

/** A stand-in of stage/chat: the same chat in the page of one messenger. */
function chatStandIn(id: string, origin: string, query: Record<string, string> = {}): StandIn {
  return {
    id,
    origin,
    open: (browser, lang) => openStandIn(browser, origin, { chat: "amira", lang, ...query }, "[data-st=box]"),
    composer: "[data-st=box]",
    sendButton: "[data-st=send]",
    gestures: {
      Enter: (p) => p.keyboard.press("Enter"),
      "a click on the button": (p) => p.locator("[data-st=send]").click(),
      "Space on the button": async (p) => {
        await p.locator("[data-st=send]").focus();
        await p.keyboard.press("Space");
      },
    },
    passes: { "Shift+Enter": { act: (p) => p.keyboard.press("Shift+Enter"), leaves: /^text\n*$/ } },
    row: { selector: "[data-st=row] >> nth=0", words: "Are you in the office", from: /Amira Khan/ },
    to: /Amira Khan/,
  };
}

const newLine = { act: (p: Page) => p.keyboard.press("Enter"), leaves: /^text\n*$/ };

const messenger = chatStandIn("messenger", "https://www.messenger.com");

export const standIns: readonly StandIn[] = [
  {
    id: "whatsapp",
    origin: "https://web.whatsapp.com",
    open: (browser, lang) => browser.stage({ chat: "amira", gen: "g3", lang }),
    composer: composerSelector,
    sendButton: ".st-send",
    gestures: {}, // guard.test.ts has them all, in every generation
    passes: { "Shift+Enter": { act: (p) => p.keyboard.press("Shift+Enter"), leaves: /^text\n*$/ } },
    row: { selector: ".st-bubble >> nth=0", words: "", from: /Amira Khan|Dana Ellis/ },
    to: /Amira Khan/,
  },
  {
    id: "gmail",
    origin: "https://mail.google.com",
    open: (browser, lang) => openStandIn(browser, "https://mail.google.com", { compose: "1", lang }, ".Hd .Am"),
    composer: ".Hd .Am",
    sendButton: ".Hd .aoO",
    gestures: mailGestures(".Hd .aoO", { "the subject": "input[name=subjectbox]", "the recipients": "input[peoplekit-id]" }),
    passes: { Enter: newLine },
    row: { selector: ".adn >> nth=0", words: "The survey found a void", from: /amira\.khan@harbour\.example/ },
    to: /amira\.khan@harbour\.example/,
  },
  {
    id: "outlook",
    origin: "https://outlook.live.com",
    open: (browser, lang) => openStandIn(browser, "https://outlook.live.com", { compose: "1", lang }, ".window .body"),
    composer: ".window .body",
    sendButton: ".window .send",
    gestures: {
      ...mailGestures(".window .send", { "the subject": ".window .subject", "the recipients": ".window .well >> nth=0" }),
      "Alt+S": (p) => p.keyboard.press("Alt+s"),
    },
    passes: { Enter: newLine },
    row: { selector: ".card >> nth=0", words: "The survey found a void", from: /amira\.khan@harbour\.example/ },
    to: /amira\.khan@harbour\.example/,
  },
  chatStandIn("googlemessages", "https://messages.google.com"),
  chatStandIn("telegram", "https://web.telegram.org"),
  chatStandIn("telegram-a", "https://web.telegram.org", { gen: "a" }),
  chatStandIn("linkedin", "https://www.linkedin.com"),
  { ...messenger, row: { ...messenger.row, untimed: true } },
];
