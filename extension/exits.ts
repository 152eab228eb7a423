// Every way text leaves the extension (ruling 14). What leaves goes through
// entry/pages/exit.ts or a destination, and names its exit here; docs/exits.md is
// written from this list (extension/exits.mjs) and a test holds the two equal.

export interface Exit {
  /** What the person presses. */
  button: string;
  /** Where it goes. */
  to: string;
  /** What goes. */
  carries: string;
  /** message: words of messages that were kept. own: words the person typed into a form. none: neither, nor a name or matched value. */
  text: "message" | "own" | "none";
}

export const EXITS = {
  "record-folder": { button: "Keep; File all that wait", to: "the folder the person picked", carries: "the record: messages chosen, five fields, what was judged", text: "message" },
  "record-vault": { button: "Keep; File all that wait", to: "the vault of the Hanaper program on this computer, approved there once", carries: "the record, as above", text: "message" },
  "record-file": { button: "Save as a file", to: "a file the person saves", carries: "the record, as above", text: "message" },
  "stops-list": { button: "Save these lines as a table, as JSON", to: "a file the person saves", carries: "rule, what was asked, way out, channel and minute of each stop", text: "none" },
  "form-file": { button: "Save as a mail draft", to: "a file the person saves, opens and sends", carries: "addresses, subject and the form as shown; of an abuse report the original", text: "own" },
  "form-mail": { button: "Open in my mail program", to: "the person’s mail program", carries: "addresses and subject; the form as shown only where that is ticked", text: "own" },
  "form-copy": { button: "Copy the text", to: "the clipboard", carries: "the form as shown", text: "own" },
  "certificate": { button: "Save a certificate", to: "a file the person saves", carries: "their name, the rule book, its version, the date and the score", text: "own" },
  diagnostics: { button: "Save this file (for support)", to: "a file the person saves", carries: "versions, permissions, counts; of settings no words", text: "none" },
  "system-link": { button: "Open (a system of the organisation)", to: "the address the organisation set", carries: "nothing", text: "none" },
} as const satisfies Record<string, Exit>;

export type ExitId = keyof typeof EXITS;
