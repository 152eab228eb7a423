import type { CDPSession, Page } from "playwright-core";
import { cdp, until } from "./harness.ts";

/**
 * The extension's interface on a page, read as assistive technology reads it: the
 * browser's accessibility tree below the closed shadow roots, which no script of
 * the page can enter. Acting on it goes through real mouse and key events.
 */

export interface UiNode {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly value: string;
  readonly focused: boolean;
  readonly disabled: boolean;
  readonly checked: string;
  readonly expanded: string;
  readonly backendId: number;
}

interface DomNode {
  backendNodeId: number;
  nodeType: number;
  nodeName: string;
  nodeValue: string;
  shadowRootType?: string;
  shadowRoots?: DomNode[];
  children?: DomNode[];
}

interface AxValue {
  value?: unknown;
}
interface AxNode {
  ignored: boolean;
  role?: AxValue;
  name?: AxValue;
  description?: AxValue;
  value?: AxValue;
  properties?: { name: string; value: AxValue }[];
  backendDOMNodeId?: number;
}

function word(v: AxValue | undefined): string {
  const value = v?.value;
  return typeof value === "string" ? value : typeof value === "boolean" || typeof value === "number" ? String(value) : "";
}

function collect(node: DomNode, inside: boolean, ids: Set<number>, roots: DomNode[]): void {
  if (inside) ids.add(node.backendNodeId);
  for (const child of node.children ?? []) collect(child, inside, ids, roots);
  for (const root of node.shadowRoots ?? []) {
    const closed = root.shadowRootType === "closed";
    if (closed) roots.push(root);
    if (root.shadowRootType !== "user-agent") collect(root, inside || closed, ids, roots);
  }
}

/** The closed shadow roots of the page and the ids of all nodes in them, in the order of the document. */
async function closed(session: CDPSession): Promise<{ ids: Set<number>; roots: DomNode[] }> {
  const { root } = (await session.send("DOM.getDocument", { depth: -1, pierce: true })) as unknown as { root: DomNode };
  const ids = new Set<number>();
  const roots: DomNode[] = [];
  collect(root, false, ids, roots);
  return { ids, roots };
}

/** Everything of the extension that assistive technology would meet, in order. */
export async function ui(page: Page): Promise<UiNode[]> {
  const session = await cdp(page);
  const { ids } = await closed(session);
  if (ids.size === 0) return [];
  const { nodes } = (await session.send("Accessibility.getFullAXTree")) as unknown as { nodes: AxNode[] };
  const property = (n: AxNode, name: string): string => word(n.properties?.find((p) => p.name === name)?.value);
  const place = new Map([...ids].map((id, i) => [id, i]));
  const at = (n: AxNode): number => place.get(n.backendDOMNodeId ?? 0) ?? 0;
  return nodes
    .filter((n) => !n.ignored && n.backendDOMNodeId !== undefined && ids.has(n.backendDOMNodeId))
    .sort((a, b) => at(a) - at(b)) // the browser lists them level by level
    .map((n) => ({
      role: word(n.role),
      name: word(n.name),
      description: word(n.description),
      value: word(n.value),
      focused: property(n, "focused") === "true",
      disabled: property(n, "disabled") === "true",
      checked: property(n, "checked"),
      expanded: property(n, "expanded"),
      backendId: n.backendDOMNodeId ?? 0,
    }));
}

/** All words of the extension on the page, as read. */
export async function uiText(page: Page): Promise<string> {
  const nodes = await ui(page);
  return nodes.filter((n) => n.role === "StaticText").map((n) => n.name).join(" ");
}

export interface Wanted {
  readonly role?: string;
  readonly name?: RegExp | string;
  /** Of several, the last in reading order. */
  readonly last?: boolean;
}

const fits = (n: UiNode, w: Wanted): boolean =>
  (w.role === undefined || n.role === w.role) &&
  (w.name === undefined || (typeof w.name === "string" ? n.name === w.name : w.name.test(n.name)));

const told = (w: Wanted): string => `${w.role ?? "anything"} ${w.name === undefined ? "" : String(w.name)}`;

export async function find(page: Page, wanted: Wanted): Promise<UiNode | undefined> {
  const all = (await ui(page)).filter((n) => fits(n, wanted));
  return all.at(wanted.last === true ? -1 : 0);
}

/** Waits for one; the error names what stood there instead. */
export async function waitFor(page: Page, wanted: Wanted, ms = 6000): Promise<UiNode> {
  try {
    return await until(told(wanted), () => find(page, wanted), ms);
  } catch (e) {
    const there = (await ui(page)).filter((n) => n.name !== "" && n.role !== "InlineTextBox").map((n) => `${n.role} "${n.name}"`);
    throw new Error(`${(e as Error).message}; there is: ${there.slice(0, 60).join(", ") || "nothing of the extension"}`);
  }
}

export async function waitText(page: Page, text: RegExp, ms = 6000): Promise<string> {
  return until(`the words ${String(text)}`, async () => {
    const all = await uiText(page);
    return text.test(all) ? all : undefined;
  }, ms).catch(async (e: unknown) => {
    throw new Error(`${(e as Error).message}; the words are: ${(await uiText(page)) || "none"}`);
  });
}

export async function gone(page: Page, wanted: Wanted, ms = 6000): Promise<void> {
  await until(`no more ${told(wanted)}`, async () => (await find(page, wanted)) === undefined, ms);
}

/** Middle of a node in CSS pixels. */
export async function middle(page: Page, node: UiNode): Promise<{ x: number; y: number }> {
  const session = await cdp(page);
  await session.send("DOM.scrollIntoViewIfNeeded", { backendNodeId: node.backendId });
  const { quads } = await session.send("DOM.getContentQuads", { backendNodeId: node.backendId });
  const q = quads[0];
  if (q === undefined) throw new Error(`${node.role} "${node.name}" is not drawn`);
  const mean = (a: number): number => ((q[a] ?? 0) + (q[a + 2] ?? 0) + (q[a + 4] ?? 0) + (q[a + 6] ?? 0)) / 4;
  return { x: mean(0), y: mean(1) };
}

/** A person takes a moment: controls that let something go count no press before they stood still. */
const moment = 380;

/** Presses a control with the mouse. */
export async function press(page: Page, wanted: Wanted, ms = 6000): Promise<void> {
  await waitFor(page, wanted, ms);
  await page.waitForTimeout(moment);
  const { x, y } = await middle(page, await waitFor(page, wanted, ms));
  await page.mouse.click(x, y);
}

/** Puts text into a field by clicking into it, selecting all and typing. */
export async function fill(page: Page, wanted: Wanted, text: string): Promise<void> {
  await press(page, wanted);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** Calls a function of the page's world with a node of a closed root as this. */
export async function on(page: Page, node: UiNode, f: string): Promise<unknown> {
  const session = await cdp(page);
  const { object } = await session.send("DOM.resolveNode", { backendNodeId: node.backendId });
  const { result } = await session.send("Runtime.callFunctionOn", { objectId: object.objectId ?? "", functionDeclaration: f, returnByValue: true });
  return result.value as unknown;
}

/** Rectangles of the closed roots' drawn elements: what the extension covers. */
export async function covered(page: Page): Promise<{ x: number; y: number; width: number; height: number }[]> {
  const session = await cdp(page);
  const { roots } = await closed(session);
  const boxes: { x: number; y: number; width: number; height: number }[] = [];
  for (const root of roots) {
    const { object } = await session.send("DOM.resolveNode", { backendNodeId: root.backendNodeId });
    const { result } = await session.send("Runtime.callFunctionOn", {
      objectId: object.objectId ?? "",
      returnByValue: true,
      functionDeclaration: `function () {
        return [...this.querySelectorAll("*")].filter((e) => !["STYLE", "SCRIPT"].includes(e.tagName) && getComputedStyle(e).pointerEvents !== "none" && getComputedStyle(e).visibility !== "hidden")
          .map((e) => e.getBoundingClientRect()).filter((r) => r.width > 1 && r.height > 1)
          .map((r) => ({ x: r.x, y: r.y, width: r.width, height: r.height }));
      }`,
    });
    boxes.push(...(result.value as typeof boxes));
  }
  return boxes;
}

/** Lets scripts that a test runs in the page walk into the closed roots: for axe only. */
export async function openRoots(page: Page): Promise<number> {
  const session = await cdp(page);
  const { roots } = await closed(session);
  for (const root of roots) {
    const { object } = await session.send("DOM.resolveNode", { backendNodeId: root.backendNodeId });
    await session.send("Runtime.callFunctionOn", {
      objectId: object.objectId ?? "",
      functionDeclaration: `function () { Object.defineProperty(this.host, "shadowRoot", { value: this, configurable: true }); }`,
    });
  }
  return roots.length;
}
