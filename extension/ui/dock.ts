// Where our parts stand: above the writing area, never over it.

/** A box in CSS pixels of the viewport. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export const GAP = 8;
const EDGE = 12;
const PANEL_WIDTH = 560;
/** Narrower than this nothing reads well: rather stand over the chat list beside. */
const LEAST_WIDTH = 440;

/** The panel's place: above area, inside pane; bottom and right as CSS of position: fixed. */
export interface Place {
  left: number;
  bottom: number;
  width: number;
  maxHeight: number;
}

/**
 * Above area, centred on it, as high as its content up to the pane's top (or
 * the viewport's, where the pane leaves less than 220 pixels).
 */
export function above(area: Box, viewport: { width: number; height: number }, paneTop: number): Place {
  const width = Math.max(0, Math.min(PANEL_WIDTH, Math.max(LEAST_WIDTH, area.width - 2 * EDGE), viewport.width - 2 * EDGE));
  const centre = area.left + area.width / 2 - width / 2;
  const left = Math.max(EDGE, Math.min(centre, viewport.width - width - EDGE));
  const floor = Math.min(area.top, viewport.height) - GAP;
  const roof = floor - paneTop - GAP >= 220 ? paneTop + GAP : GAP;
  return { left, bottom: viewport.height - floor, width, maxHeight: Math.max(0, floor - roof) };
}

/** Less height than this above a window, and its side serves better. */
const LEAST_HEIGHT = 320;

/**
 * Above area where there is height enough; else beside it, its foot at area's foot,
 * on the side with more room; else above it after all.
 */
export function stand(area: Box, viewport: { width: number; height: number }, paneTop: number): Place {
  const over = above(area, viewport, paneTop);
  if (over.maxHeight >= LEAST_HEIGHT) return over;
  const left = area.left;
  const right = viewport.width - area.left - area.width;
  const width = Math.min(PANEL_WIDTH, Math.max(left, right) - 2 * EDGE);
  if (width < LEAST_WIDTH) return over;
  const foot = Math.min(area.top + area.height, viewport.height) - EDGE;
  return {
    left: left >= right ? area.left - width - EDGE : area.left + area.width + EDGE,
    bottom: viewport.height - foot,
    width,
    maxHeight: foot - EDGE,
  };
}

/** Where to stand when nothing is being written: the lower right corner. */
export function corner(viewport: { width: number; height: number }): Box {
  const width = Math.min(PANEL_WIDTH, viewport.width);
  return { left: viewport.width - width, top: viewport.height - EDGE, width, height: 0 };
}

/** Writes a place on an element. */
export function put(element: HTMLElement, place: Place): void {
  const { style } = element;
  style.left = `${place.left}px`;
  style.bottom = `${place.bottom}px`;
  style.width = `${place.width}px`;
  style.maxHeight = `${place.maxHeight}px`;
}

/** Beside a message's bubble: on the side with more room, at mid height, inside the pane. */
export function beside(bubble: Box, pane: Box, size: number): { left: number; top: number } | null {
  const right = pane.left + pane.width - (bubble.left + bubble.width);
  const left = bubble.left - pane.left;
  const away = 44; // room for the page's own button beside the bubble
  const x = right >= left ? bubble.left + bubble.width + away : bubble.left - away - size;
  const inPane = Math.max(pane.left + 4, Math.min(x, pane.left + pane.width - size - 4));
  const top = Math.max(pane.top + 4, bubble.top) + Math.min(bubble.height, 60) / 2 - size / 2;
  const visible = bubble.top + bubble.height > pane.top && top < pane.top + pane.height - size;
  return visible ? { left: inPane, top } : null;
}
