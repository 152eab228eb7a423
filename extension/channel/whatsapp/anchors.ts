// WhatsApp Web's selectors, all of them, several to a fact, best first.
// Generations: G1 up to early 2026, G2 April and May 2026, G3 since July 2026.
// Gathered November 2026 from public code; fixtures in testdata/dom/whatsapp.

import { QUOTED } from "./labels.ts";

/** The open chat's pane. */
export const PANE = [
  "#main", // all generations
  '[data-testid="conversation-panel-wrapper"]', // G2, G3
] as const;

/** The pane's header. */
export const HEADER = [
  '[data-testid="conversation-header"]', // G2, G3
  "header", // all: the pane's first
] as const;

/** The chat's name in the header. */
export const TITLE = [
  '[data-testid="conversation-info-header-chat-title"]', // G2, G3
  'span[dir="auto"][title]', // G1: the name carries itself as a tooltip
  'span[dir="auto"]', // last resort: the first name-like text
] as const;

/** Who takes part, or "online": the line under the name. */
export const SUBTITLE = [
  '[data-testid="chat-subtitle"]', // G2, G3 where present
  'span[title*=","]', // all: the members' list is the only tooltip with commas
] as const;

/** Disappearing messages are on: header or drawer. */
export const TIMER_ON = [
  '[data-icon="wds-ic-disappearing-messages"]', // G3
  '[data-testid="wds-ic-disappearing-messages"]', // G3
  '[data-icon="disappearing"]', // G1, G2
  '[data-icon="disappearing-mode"]', // G1, G2
] as const;

/** The message composer. */
export const COMPOSER = [
  'footer div[contenteditable="true"][role="textbox"][data-lexical-editor]', // all
  '[data-testid="conversation-compose-box-input"]', // G2, G3
  'footer div[contenteditable="true"][data-tab="10"]', // G1, G2
  'footer div[contenteditable="true"]', // last resort
] as const;

/** A caption below a file that is about to be sent; outside the pane. */
export const CAPTION = [
  '[data-testid="media-caption-input-container"] div[contenteditable="true"]', // G2, G3
  'div[contenteditable="true"][data-tab="10"][aria-placeholder]', // G3: told by its label
  'div[contenteditable="true"][role="textbox"][aria-label]', // all: told by its label
] as const;

/** The area that shows files about to be sent. */
export const PREVIEW = [
  '[data-testid="media-editor"]', // G2, G3
  '[data-testid="media-viewer-modal"]', // G2
  '[data-testid="media-preview"]', // G3
  '[data-animate-media-viewer]', // G1
] as const;

/** A file's name in that area. */
export const FILE_NAME = ["span[title]", '[data-testid="filename"]'] as const;

/** The send control, or the icon in it: the control is its nearest button. */
export const SEND_BUTTON = [
  'button[data-tab="11"]', // G1, G2
  'span[data-icon="wds-ic-send-filled"]', // G3
  '[data-testid="wds-ic-send-filled"]', // G3
  'span[data-icon="send"]', // G1, G2
  '[data-testid="send"]', // G1
  '[data-testid="compose-btn-send"]', // G1
] as const;

/** Anything that acts as a button. */
export const BUTTON = ["button", '[role="button"]'] as const;

/** Where editors are that are no composers: chat list, search, drawers' search. */
export const NOT_A_COMPOSER = [
  "#side",
  "#pane-side",
  '[data-testid="chat-list-search"]',
  '[data-tab="3"]',
] as const;

/** A message. The id's form tells messages from other things with a data-id. */
export const MESSAGE = [
  "[data-id]", // all
  '[data-testid^="conv-msg-"]', // G3: on the same node as data-id
] as const;

/** One's own and others' messages, where the page says it: G1, G2. */
export const OUT = [".message-out"] as const;
export const IN = [".message-in"] as const;

/** The bubble's tail, on the first of a run only: G3, also older. */
export const TAIL_OUT = ['[data-icon="tail-out"]', '[data-testid="tail-out"]'] as const;
export const TAIL_IN = ['[data-icon="tail-in"]', '[data-testid="tail-in"]'] as const;

/** A message's drawn bubble. */
export const BUBBLE = [
  '[data-testid="msg-container"]', // G3
  ".bubble", // as in G1's fixture
  ".copyable-text[data-pre-plain-text]", // G1, G2: the text's box
  '[data-testid="image-thumb"]', // G2, G3
] as const;

/** Time and delivery state at a bubble's foot. */
export const META = [
  '[data-testid="msg-meta"]', // G2, G3
  ".message-meta", // as in G1's fixture
  'div[data-testid="msg-time"]', // G1
] as const;

/** Delivery state, older icon names: one's own messages only. */
export const STATUS_ICON = [
  '[data-icon^="msg-"]', // G1: msg-check, msg-dblcheck, msg-time
  '[data-icon^="status-"]', // G1
  '[data-icon^="wds-ic-read"]', // G3
  '[data-icon^="wds-ic-delivered"]', // G3
  '[data-icon^="wds-ic-sent"]', // G3
] as const;

/** A message's text. Nested ones belong to the outermost (formatted words). */
export const TEXT = [
  '[data-testid="selectable-text"]', // G2, G3, G1's later form
  "span.selectable-text", // G1
  ".copyable-text .selectable-text", // G1
] as const;

/** The head "[time, date] sender: ", on text messages only. */
export const PRE_PLAIN = ["[data-pre-plain-text]"] as const;

/** The quoted message inside an answer: never part of its text. */
export const QUOTE = [
  '[data-testid="quoted-message"]', // G2, G3
  ...QUOTED.map((label) => `[aria-label="${label}"]`), // G1 and where no test id is
  ".quoted-wrapper", // as in G1's fixture
  ".quoted-mention", // G1
] as const;

/** A deleted message. */
export const RECALLED = ['[data-icon="recalled"]', '[data-testid="recalled"]'] as const;

/** The rest of a long message is not on the page. */
export const READ_MORE = ['[data-testid="read-more"]', ".read-more-button"] as const;

/** A list shell without content. */
export const VIRTUAL = ['[data-virtualized="true"]'] as const;

/** The sender's name above a group bubble. */
export const AUTHOR = [
  '[data-testid="author"]', // G2, G3
  'span[dir="auto"][aria-label]', // G1: "Maybe Ravi Menon"
] as const;
/** The number beside a name the device has no contact for. */
export const AUTHOR_PHONE = [".author-phone"] as const;

export const IMAGE = [
  '[data-testid="image-thumb"]', // G2, G3
  '[aria-label="Open picture"]', // G1
  'img[src^="blob:"]', // all
] as const;
export const VIDEO = ['[data-testid="video-content"]', '[data-icon="media-play"]'] as const;
export const ALBUM = ['[data-testid="media-album"]'] as const;
export const VOICE = [
  '[data-testid="audio-play"]',
  '[data-icon="audio-play"]',
  '[aria-label="Voice message"]',
  '[aria-label="Play voice message"]',
  '[role="slider"][aria-valuetext*="/"]', // any language: the voice message's progress
] as const;
/** A document; its name is the title of a span inside. */
export const DOCUMENT = [
  '[data-testid="document"]', // G2, G3
  '[data-testid="document-thumb"]', // G1
  '[data-icon^="document"]', // G1
] as const;
