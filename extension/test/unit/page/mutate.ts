// Changes pages as their makers do between two releases: classes, ids and test ids get
// other names, parts move, labels come in another language. What a person reads and
// wrote stays the same. Deterministic: a seed gives one page.

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A number from a text, to begin a seed with. */
export function seedOf(text: string): number {
  return Array.from(text).reduce((sum, c) => (Math.imul(sum, 31) + (c.codePointAt(0) ?? 0)) >>> 0, 7);
}

type Dice = () => number;
const pick = <T>(list: readonly T[], dice: Dice): T | undefined => list[Math.floor(dice() * list.length)];
const word = (dice: Dice): string => `x${Math.floor(dice() * 36 ** 5).toString(36)}`;

/** Everything outside what was written and what messages say. */
function parts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("body *")].filter((e) => !e.parentElement?.closest('[contenteditable="true"],[role="document"],.a3s,.copyable-text'));
}

/** Gives one class another name, everywhere: what a new build of a page does. */
function renameClass(dice: Dice): void {
  const name = pick([...new Set(parts().flatMap((e) => [...e.classList]))], dice);
  if (name === undefined) return;
  const fresh = word(dice);
  for (const e of document.querySelectorAll(`[class~="${name}"]`)) e.setAttribute("class", (e.getAttribute("class") ?? "").split(/\s+/).map((c) => (c === name ? fresh : c)).join(" "));
}

const MARKS = ["class", "id", "data-testid", "data-tab", "data-icon", "role", "name", "aria-multiline", "data-app-section", "g_editable", "peoplekit-id"] as const;

/** Takes a class, an id, a role or the like away from one element alone. */
function strip(dice: Dice): void {
  const element = pick(parts().filter((e) => MARKS.some((name) => e.hasAttribute(name))), dice);
  const names = MARKS.filter((name) => element?.hasAttribute(name));
  element?.removeAttribute(pick(names, dice) ?? "class");
}

/** Gives one id or test id another value. */
function renameId(dice: Dice): void {
  const name = pick(["id", "data-testid", "data-app-section", "name"], dice) ?? "id";
  pick(parts().filter((e) => e.hasAttribute(name) && e.getAttribute(name) !== "to"), dice)?.setAttribute(name, word(dice));
}

/** Puts a part into a box of its own. */
function wrap(dice: Dice): void {
  const element = pick(parts().filter((e) => !["TBODY", "TR", "TD", "LI", "OPTION"].includes(e.tagName) && !(e instanceof SVGElement)), dice);
  if (!element) return;
  const box = document.createElement("div");
  box.className = word(dice);
  element.replaceWith(box);
  box.append(element);
}

/** Turns the order of a container's blocks: a tool bar goes from the foot to the head. */
function turn(dice: Dice): void {
  const blocks = parts().filter((e) => e.children.length > 1 && e.getAttribute("contenteditable") !== "true" && [...e.children].every((child) => child.children.length > 0));
  const container = pick(blocks, dice);
  if (container?.lastElementChild) container.prepend(container.lastElementChild);
}

/** Puts something new and empty beside a part. */
function decoy(dice: Dice): void {
  const made = document.createElement(pick(["div", "span", "button"], dice) ?? "div");
  made.className = word(dice);
  pick(parts().filter((e) => !["TR", "TBODY", "UL"].includes(e.parentElement?.tagName ?? "")), dice)?.before(made);
}

const LABELS = ["aria-label", "title", "data-tooltip", "placeholder", "aria-placeholder"] as const;

/** Labels in a language nobody prepared for. Names, addresses and files in them stay. */
function translate(names: readonly string[], dice: Dice): void {
  const every = dice() < 0.5;
  const labelled = parts().filter((e) => LABELS.some((name) => e.hasAttribute(name)));
  const one = pick(labelled, dice);
  document.documentElement.setAttribute("lang", "mt");
  for (const element of every ? labelled : one ? [one] : []) {
    for (const name of LABELS) {
      const label = element.getAttribute(name);
      if (label === null || label.includes("@") || /\.\w{2,4}(\s|$)/.test(label) || /[\d,]/.test(label) || names.includes(label)) continue;
      const kept = names.filter((known) => label.includes(known));
      element.setAttribute(name, ["Ħadd", word(dice), ...kept].join(" "));
    }
  }
}

/** One to eight changes of the page that is open. names: of people and chats, which no page translates. */
export function mutate(seed: number, names: readonly string[]): string[] {
  const dice = random(seed);
  const kinds = { renameClass, strip, renameId, wrap, turn, decoy, translate: (d: Dice) => { translate(names, d); } };
  const done: string[] = [];
  for (let n = 1 + Math.floor(dice() * 8); n > 0; n--) {
    const kind = pick(Object.keys(kinds) as (keyof typeof kinds)[], dice) ?? "wrap";
    kinds[kind](dice);
    done.push(kind);
  }
  return done;
}
