// Whether a person can see what they press. A page may lay something over our controls,
// fade them, or move them under the pointer: then a press is not the person's decision.
// Chromium tells by itself what is covered (IntersectionObserver v2); elsewhere the point
// of the press is asked for, which does not see a cover that lets presses through.

/** Milliseconds a control must have been in sight before a press counts. */
export const SIGHT_MS = 300;

/** The shortest delay the browser allows between two looks. */
const LOOK_MS = 100;

/** Milliseconds from the first look in which a control may still be on its way to be drawn. */
const DRAWN_MS = 600;

/** A busy browser may be as late as this with the first look that finds a new control drawn. */
const LATE_MS = 2000;

/** Times of performance.now(). */
interface Seen {
  first: number;
  visible: boolean;
  /** It was in sight once. */
  drawn: boolean;
  /** When it was last out of sight, once it had been drawn; -Infinity for never. */
  hidden: number;
}

const seen = new WeakMap<Element, Seen>();
let observer: IntersectionObserver | null | undefined;
/** When our origin was last seen away from the window's corner. */
let displaced = -Infinity;

/** Begins to watch a control; nothing is watched any more once it is gone. */
export function watchSight(control: HTMLElement): void {
  observer ??= makeObserver();
  observer?.observe(control);
}

function makeObserver(): IntersectionObserver | null {
  if (typeof IntersectionObserver === "undefined") return null;
  const options: IntersectionObserverInit & { trackVisibility: boolean; delay: number } = { threshold: [1], trackVisibility: true, delay: LOOK_MS };
  const made = new IntersectionObserver(note, options);
  if (!("trackVisibility" in made)) return null;
  window.addEventListener("pointermove", sample, { capture: true, passive: true });
  return made;
}

function note(entries: readonly IntersectionObserverEntry[]): void {
  for (const entry of entries as readonly (IntersectionObserverEntry & { isVisible: boolean })[]) {
    const now = performance.now();
    const { first = now, visible = true, drawn = false, hidden = -Infinity } = seen.get(entry.target) ?? {};
    const back = entry.isVisible && !visible && now - first > (drawn ? DRAWN_MS : LATE_MS);
    seen.set(entry.target, { first, visible: entry.isVisible, drawn: drawn || entry.isVisible, hidden: back ? now : hidden });
    origin = hostOf(entry.target);
  }
}

let origin: HTMLElement | null = null;
let sampled = 0;

/** Looks now and then, while the pointer moves, whether everything stands where we put it. */
function sample(): void {
  const now = performance.now();
  if (now - sampled < LOOK_MS || !origin?.isConnected) return;
  sampled = now;
  if (isDisplaced(origin)) displaced = now;
}

/** True where nothing speaks against a person seeing control at this press. */
export function inSight(control: HTMLElement, press: Event): boolean {
  const host = hostOf(control);
  if (!host) return true; // a page of our own: nobody else draws there
  const now = performance.now();
  if (observer) note(observer.takeRecords());
  const look = seen.get(control);
  if (look && now - look.first > DRAWN_MS && (!look.visible || now - look.hidden < SIGHT_MS)) return false;
  if (isDisplaced(host)) displaced = now;
  if (now - displaced < SIGHT_MS || !whole(host)) return false;
  return !(press instanceof MouseEvent) || press.detail === 0 || document.elementFromPoint(press.clientX, press.clientY) === host;
}

function hostOf(element: Element): HTMLElement | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? (root.host as HTMLElement) : null;
}

/** Our host stands at the window's corner, and only there. */
function isDisplaced(host: HTMLElement): boolean {
  const { left, top } = host.getBoundingClientRect();
  return Math.abs(left) > 1 || Math.abs(top) > 1;
}

/** Neither the host nor anything around it is faded, filtered, cut or distorted. */
function whole(host: HTMLElement): boolean {
  for (let up: HTMLElement | null = host; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    const plain = [style.transform, style.filter, style.clipPath, style.getPropertyValue("mask-image")].every((value) => value === "" || value === "none");
    if (!plain || style.visibility === "hidden" || (style.opacity !== "" && Number(style.opacity) < 0.99)) return false;
  }
  return true;
}
