// From rendered text to the string a person wrote. Serves every channel whose
// page renders emoji as images and paragraphs as blocks.

/** How a subtree is read; cut names what is not part of the text. */
export interface TextOptions {
  /** Elements left out, with all they hold: quotes, times, previews. */
  cut?: string;
  /** Where reading ends: this element and all that follows it. */
  until?: string;
  /** List items get back the mark a person types: "- " or "1. ". */
  listMarks?: boolean;
}

const BLOCKS = new Set(["P", "DIV", "LI", "UL", "OL", "BLOCKQUOTE", "PRE", "H1", "H2", "H3"]);

/** Directional marks that pages put around names and numbers; never typed. */
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name as a person reads it: no directional marks, single spaces. */
export function plain(text: string | null | undefined): string {
  return (text ?? "").replace(MARKS, "").replace(/\s+/g, " ").trim();
}

/** The first match of several anchors, in their order of trust. */
export function first(scope: ParentNode | null | undefined, anchors: readonly string[]): HTMLElement | null {
  for (const anchor of scope ? anchors : []) {
    const found = scope?.querySelector<HTMLElement>(anchor);
    if (found) return found;
  }
  return null;
}

/** Text the person selected on the page, outside what box names a composer. */
export function selectedText(composerOf: (target: Element) => HTMLElement | null): string {
  const selected = document.getSelection();
  const at = selected?.anchorNode;
  const from = at instanceof Element ? at : at?.parentElement;
  return !selected || selected.isCollapsed || (from && composerOf(from)) ? "" : selected.toString();
}

/** The nearest ancestor-or-self that matches any anchor. */
export function closest(element: Element, anchors: readonly string[]): HTMLElement | null {
  return element.closest<HTMLElement>(anchors.join(","));
}

/**
 * The text of a rendered message or of a contenteditable. Blocks and <br> are
 * "\n"; the last <br> of a block is the editor's placeholder and counts for
 * nothing; images count as the emoji or word they stand for.
 */
export function textOf(root: Node, options: TextOptions = {}): string {
  const reader = new Reader(options);
  reader.children(root);
  return reader.out.join("");
}

class Reader {
  readonly out: string[] = [];
  /** A block ended: the next text starts a new line. */
  private broken = false;
  private ended = false;

  constructor(private readonly options: TextOptions) {}

  children(node: Node): void {
    for (let child = node.firstChild; child; child = child.nextSibling) this.node(child);
  }

  private node(node: Node): void {
    if (this.ended) return;
    if (node.nodeType === 3) {
      const text = node.nodeValue ?? "";
      if (text) this.push(text);
    } else if (node.nodeType === 1) {
      this.element(node as HTMLElement);
    }
  }

  private element(element: HTMLElement): void {
    const { cut, until } = this.options;
    this.ended = until !== undefined && element.matches(until);
    if (this.ended) return;
    if (cut && element.matches(cut)) return;
    if (element.tagName === "BR") {
      if (!placeholder(element)) this.push("\n");
    } else if (element.tagName === "IMG") {
      this.push(element.getAttribute("data-plain-text") ?? element.getAttribute("alt") ?? "");
    } else if (BLOCKS.has(element.tagName)) {
      this.block(element);
    } else if (element.hasAttribute("data-app-text-template") && element.dataset["plainText"]) {
      this.push(element.dataset["plainText"]); // a mention: the name it shows may be cut short
    } else {
      this.children(element);
    }
  }

  private block(element: HTMLElement): void {
    if (this.out.length > 0 || this.broken) this.broken = true;
    const before = this.out.length;
    if (element.tagName === "LI" && this.options.listMarks) this.push(listMark(element));
    this.children(element);
    const empty = this.out.length === before;
    if (empty && element.tagName === "P") this.push(""); // an empty paragraph is an empty line
    this.broken = true;
  }

  private push(text: string): void {
    if (this.broken) {
      if (this.out.length > 0) this.out.push("\n");
      this.broken = false;
    }
    this.out.push(text);
  }
}

/** True for the <br> an editor keeps at a block's end so that the caret can stand there. */
function placeholder(br: HTMLElement): boolean {
  for (let next = br.nextSibling; next; next = next.nextSibling) {
    if (next.nodeType === 1 || next.nodeValue) return false;
  }
  return br.parentElement !== null && BLOCKS.has(br.parentElement.tagName);
}

function listMark(item: HTMLElement): string {
  if (item.parentElement?.tagName !== "OL") return "- ";
  const list = item.parentElement;
  const start = Number(list.getAttribute("start") ?? "1");
  const index = Array.prototype.indexOf.call(list.children, item);
  return `${(Number.isFinite(start) ? start : 1) + index}. `;
}
