// Gmail's selectors, all of them, several to a fact, best first. Its class names have
// been stable for years. Gathered November 2026 from public code; what is marked "not
// checked" is general knowledge. Fixtures in testdata/dom/gmail.

/** The text of a mail being written. */
export const BODY = [
  'div[g_editable="true"][contenteditable="true"]',
  'div.Am.editable[contenteditable="true"]',
  'div[contenteditable="true"][role="textbox"][aria-multiline="true"]', // last resort
] as const;

/** What the windows and inline replies are, from the inside out. */
export const COMPOSE = [
  ".M9", // a window's or a reply's frame
  ".AD", // a window, its head included
  "table.cf.An", // an inline reply
  '[role="dialog"]', // a window
] as const;

/** The send button. */
export const SEND = [
  ".T-I.aoO", // all languages
  ".gU.Up [role=button]:first-child", // all languages: its place; the one after it opens the menu
  '[role="button"][data-tooltip^="Send"]', // English
] as const;

/** "Schedule send" in the send button's menu; the menu stands outside the window. */
export const SCHEDULE = [".J-N.yr", '[role="menuitem"][selector="scheduledSend"]' /* not checked */] as const;

export const SUBJECT = ['input[name="subjectbox"]', 'input[name="subject"]' /* a reply's, hidden */] as const;

/** The address sent from, of an account with several. */
export const FROM = ['input[name="from"]' /* not checked */] as const;

/** Recipients as shown: each carries its address. */
export const RECIPIENT = [
  "[name=to] [data-hovercard-id], [name=cc] [data-hovercard-id], [name=bcc] [data-hovercard-id]",
  ".az9 span[email]", // chips
  ".oL span[email], .aoD span[email]", // the folded row
] as const;
/** An address that was typed and is no chip yet. */
export const TYPED_RECIPIENT = ["input[peoplekit-id]", "[name=to] input", "textarea[name=to]"] as const;

/** Files of a draft: name and size. */
export const DRAFT_FILE = [".dL" /* not checked */, '[aria-label^="Attachment:"]' /* not checked */] as const;
export const DRAFT_FILE_NAME = [".vI" /* not checked */] as const;
export const DRAFT_FILE_SIZE = [".vJ" /* not checked */] as const;

/** The open thread, and its subject. */
export const MAIN = ['div[role="main"]'] as const;
export const THREAD_SUBJECT = ["h2.hP", "h2[data-legacy-thread-id]"] as const;

/** An opened message; folded ones show a snippet only. */
export const MESSAGE = ["div.adn.ads[data-message-id]", "div.adn[data-legacy-message-id]"] as const;
export const SENDER = ["span.gD[email]", "span[email][name]"] as const;
export const TO = [".hb span.g2[email]"] as const;
export const DATE = ["span.g3[title]"] as const;
export const TEXT = ["div.a3s", "div.ii.gt"] as const;
/** What a message repeats of others. */
export const QUOTE = [".gmail_quote", ".gmail_extra", "blockquote[type=cite]"] as const;
export const FILE = [".aQH span.aZo"] as const;
export const FILE_NAME = [".aV3"] as const;
export const FILE_SIZE = [".SaH2Ve", ".aV7"] as const;
/** The rest of a long message is on a page of its own. */
export const CLIPPED = ['a[href*="view=lg"]' /* not checked */] as const;

/** Whose mailbox this is: the account's button carries the address. */
export const ACCOUNT = ['a[href*="accounts.google."][aria-label*="@"]' /* not checked */] as const;
