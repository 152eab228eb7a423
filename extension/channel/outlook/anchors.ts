// Outlook on the web's selectors, all of them, several to a fact, best first. Class
// names rotate; roles, ids and labels do not, and labels are in the page's language.
// Gathered November 2026 from public code; what is marked "not checked" is general
// knowledge. Fixtures in testdata/dom/outlook.

/** The text of a mail being written. */
export const BODY = [
  'div[aria-label^="Message body"][contenteditable="true"]', // English
  '[id^="editorParent_"] [contenteditable="true"]', // all languages; not checked
  'div[contenteditable="true"][role="textbox"][aria-multiline="true"]', // last resort
] as const;

/** What the windows and inline replies are, from the inside out. */
export const COMPOSE = [
  '[id^="docking_InitVisiblePart"]', // a window, docked or in the reading pane
  '[data-app-section="MailCompose"]', // not checked
  '[role="dialog"]', // a window of its own
] as const;

export const SEND = [
  'button[name="Send"]',
  'button[aria-label="Send"]', // English
  'button[title^="Send"]', // English: "Send (Ctrl+Enter)"
  'button[title*="(Ctrl+"]:not([aria-haspopup])', // all languages; not checked
] as const;

/** "Schedule send" in the send button's menu; the menu stands outside the window. */
export const SCHEDULE = ['[role="menuitem"][name="Schedule send"]' /* not checked */] as const;

export const SUBJECT = [
  'input[id^="MSG_"][id$="_SUBJECT"]', // all languages
  'input[aria-label="Subject"],input[aria-label="Add a subject"]', // English
  'input[maxlength="255"]', // all languages; not checked
] as const;

/** The fields for recipients: every other editor of the window. */
export const WELL = ['[contenteditable="true"]', 'input[role="combobox"]' /* not checked */] as const;
/** Recipients in them; the page does not always say their address. */
export const RECIPIENT = [
  "._EType_RECIPIENT_ENTITY", // not checked
  '[contenteditable="false"]',
] as const;
/** Attributes of a recipient, or of what is in it, that may hold name or address. */
export const NAMING = ["title", "aria-label", "data-email"] as const;

/** Files of a draft or of a message. */
export const FILE = [
  '[aria-label*="ttachment" i] [role="option"]', // English; not checked
  '[role="listbox"] [role="option"]:not([data-convid])', // all languages; not checked
] as const;

/** The address sent from, where the window shows it. */
export const FROM = ['[aria-label^="From"]', '[aria-label^="De\u00a0:"],[aria-label^="De :"]', '[aria-label^="Von"]'] as const;

/** The open thread, and its subject. */
export const PANE = [
  "#ConversationReadingPaneContainer",
  '[data-app-section="ConversationContainer"]',
  "#ReadingPaneContainerId",
  '[data-app-section="MailReadCompose"]',
] as const;
export const THREAD_SUBJECT = ['[id^="CONV_"][id$="_SUBJECT"]', '[role="heading"][aria-level="2"]'] as const;

/** The text of an opened message, which is a document; folded ones show a snippet only. */
export const TEXT = '[role="document"]';
/** An opened message. Without its label it is what holds one text and no other. */
export const MESSAGE = ['[aria-label="Email message"]' /* English */] as const;
/** Who wrote it and who got it, by what the label begins with. */
export const SENDER = ['[aria-label^="From: "]', '[aria-label^="De : "],[aria-label^="De\u00a0: "],[aria-label^="De: "]', '[aria-label^="Von: "]'] as const;
export const TO = ['[aria-label^="To: "]', '[aria-label^="À : "],[aria-label^="À\u00a0: "],[aria-label^="À: "]', '[aria-label^="An: "]'] as const;
export const DATE = ['[role="heading"][aria-level="3"]'] as const;

/** Where what others wrote begins; all that follows is theirs. */
export const QUOTE_FROM = ["#appendonsend" /* not checked */, '[id$="divRplyFwdMsg"]', '[id$="RplyFwdMsg"]'] as const;
export const QUOTE = ["blockquote[type=cite]" /* not checked */, ".gmail_quote" /* from elsewhere */] as const;

/** Whose mailbox this is: each names the address in its label, title or text. */
export const ACCOUNT = [
  "#mectrl_currentAccount_secondary", // the account's card; not checked
  '#O365_MainLink_Me,#mectrl_main_trigger,[id^="O365_"][aria-label*="@"]', // its button; not checked
  '[role="tree"] > [role="treeitem"][title*="@"],[role="tree"] > * > [role="treeitem"][title*="@"]', // the root of its folders; not checked
] as const;
