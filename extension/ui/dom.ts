// A small way to make elements. Text is always text: nothing here parses HTML.

type Child = Node | string | null | false | undefined;
type Props = Record<string, string | number | boolean | undefined>;

/** h("button", {class: "act", type: "button"}, "Keep"): true is an empty attribute, false and undefined none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== false && child !== undefined) element.append(child);
  }
  return element;
}

/** Shapes drawn in a box of 20 by 20 with a line of 1.75. */
const ICONS = {
  // A wicker case: where the Chancery kept its writs.
  hanaper: ["M3.5 8.5h13l-1.2 7a1.2 1.2 0 0 1-1.2 1H5.9a1.2 1.2 0 0 1-1.2-1z", "M6.5 8.5a3.5 3.5 0 0 1 7 0", "M4.2 12.4h11.6M8 8.5l.6 8M12 8.5l-.6 8"],
  check: ["M4.5 10.5l3.6 3.6 7.4-8"],
  info: ["M10 9v5", "M10 6.1v.1", "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z"],
  warn: ["M10 7.4v3.8", "M10 13.9v.1", "M8.9 3.6 2.7 14.7A1.3 1.3 0 0 0 3.8 16.6h12.4a1.3 1.3 0 0 0 1.1-1.9L11.1 3.6a1.3 1.3 0 0 0-2.2 0z"],
  justify: ["M12.8 4.2l3 3L7.2 15.8 3.6 16.4l.6-3.6z", "M11 6l3 3"],
  block: ["M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7z", "M6.6 10h6.8"],
  unknown: ["M7.6 7.7a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8", "M10 14v.1", "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z"],
  clock: ["M10 6v4.2l2.6 1.6", "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z"],
  filed: ["M3.5 8.5h13l-1.2 7a1.2 1.2 0 0 1-1.2 1H5.9a1.2 1.2 0 0 1-1.2-1z", "M7.4 5.2l2 2 3.6-4"],
  quiet: ["M15.8 12.2A6.5 6.5 0 0 1 7.8 4.2a6.5 6.5 0 1 0 8 8z"],
  more: ["M5 10h.1M10 10h.1M15 10h.1"],
  close: ["M5.5 5.5l9 9M14.5 5.5l-9 9"],
  down: ["M5.5 8l4.5 4.5L14.5 8"],
} as const;

export type IconName = keyof typeof ICONS;

const SVG = "http://www.w3.org/2000/svg";

/** A drawing that says nothing by itself: its words stand beside it. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true", focusable: "false" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

let lastId = 0;

/** An id for aria references, of this root only. */
export function freshId(): string {
  return `h${++lastId}`;
}
