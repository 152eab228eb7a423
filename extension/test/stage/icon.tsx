import type { ReactNode } from "react";

const paths = {
  send: "M3 11.5 20.5 4 15 20.5l-3.6-6.6L3 11.5Z",
  mic: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3Zm5-3a5 5 0 0 1-10 0M12 17v3",
  plus: "M12 5v14M5 12h14",
  x: "M6 6l12 12M18 6 6 18",
  file: "M7 3h7l4 4v14H7V3Zm7 0v4h4",
  image: "M4 5h16v14H4V5Zm0 11 5-5 4 4 3-3 4 4",
  clock: "M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
  check: "m5 12 4 4 9-9",
  checks: "m2 12 4 4 8-9m-3 8 1.5 1.5 8-9",
  timer: "M12 8v4l2.5 2M9 2h6M12 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z",
  tail: "M0 0h10v12C9 6 6 2 0 0Z",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.500 6.500 0 0 0 0 13Zm5-1.5L20 20",
} as const;

/** A drawing of our own; title is the accessible name that the real page gives its svg. */
export function Icon({ name, title }: { readonly name: keyof typeof paths; readonly title?: string }): ReactNode {
  return (
    <svg className={`st-icon st-icon-${name}`} viewBox="0 0 24 24" width="24" height="24" aria-hidden={title === undefined}>
      {title === undefined ? null : <title>{title}</title>}
      <path d={paths[name]} />
    </svg>
  );
}
