// Our parts on one page: built when first needed, placed beside the composer,
// dressed in the page's own light or dark.

import { Chip, type ChipDeps } from "./chip.ts";
import { COVERED } from "./confirm.ts";
import { type Box, GAP, beside, corner, put, stand } from "./dock.ts";
import { type Host, type MountOptions, type Shield, mount } from "./host.ts";
import { KeepDialog, type KeepDeps } from "./keep.ts";
import { Panel, type PanelContext } from "./panel.ts";
import { RowKeep } from "./rowkeep.ts";
import { isDark } from "./sheet.ts";

export interface SurfaceDeps extends MountOptions {
  shield: Shield;
  signal: AbortSignal;
  context: () => PanelContext;
  chip: ChipDeps;
  keep: KeepDeps;
  /** The floating button beside a message was pressed. */
  keepRow: () => void;
}

const ROW_BUTTON = 28;

export class Surface {
  readonly host: Host;
  readonly chip: Chip;
  readonly panel: Panel;
  readonly keep: KeepDialog;
  readonly row: RowKeep;
  private area: HTMLElement | "corner" | null = null;
  private readonly resized: ResizeObserver;
  private frame = 0;

  constructor(private readonly deps: SurfaceDeps) {
    this.host = mount(deps.shield, (event, focus) => { this.typed(event, focus); }, deps);
    this.chip = new Chip({
      ...deps.chip,
      opened: () => {
        deps.chip.opened();
        this.place();
      },
    });
    this.panel = new Panel(deps.context);
    this.keep = new KeepDialog(deps.keep, (open) => { this.modal(open); });
    this.row = new RowKeep(deps.keepRow);
    const { host, chip, panel, keep, row } = this;
    host.body.append(chip.live, row.element, panel.element, chip.element, chip.menu, keep.element);
    host.body.addEventListener(COVERED, () => {
      chip.live.textContent = deps.context().strings.covered;
    });
    this.resized = new ResizeObserver(() => {
      this.place();
    });
    const listen = { capture: true, passive: true, signal: deps.signal };
    window.addEventListener("resize", () => { this.place(); }, listen);
    window.addEventListener("scroll", () => { row.hide(); }, listen);
    window.addEventListener("pointerdown", (event) => {
      if (chip.open && !deps.shield.ours(event)) chip.toggle(false);
    }, listen);
    deps.signal.addEventListener("abort", () => {
      this.resized.disconnect();
      cancelAnimationFrame(this.frame);
    });
  }

  private typed(event: Event, focus: Element | null): void {
    if (this.keep.open) this.keep.typed(event);
    else if (!this.chip.typed(event, focus)) this.panel.typed(event);
  }

  /** While the dialog is open, nothing else of ours can be reached. */
  private modal(open: boolean): void {
    const { chip, panel, row } = this;
    for (const part of [chip.element, chip.menu, panel.element, row.element]) part.toggleAttribute("inert", open);
  }

  /** Nothing is being written, but something is still to be said. */
  get inCorner(): boolean {
    return this.area === "corner";
  }

  /** Stands by area from now on; null takes everything but an open dialog away. */
  dock(area: HTMLElement | "corner" | null): void {
    if (area !== this.area) {
      this.resized.disconnect();
      this.area = area;
      if (area instanceof Element) this.resized.observe(area);
    }
    if (!area) {
      this.chip.hide();
      this.panel.hide();
      this.row.hide();
      return;
    }
    const { language } = this.deps.context();
    this.host.dress({ dark: isDark(area === "corner" ? document.body : area), language });
    this.place();
  }

  /** Puts parts where they belong, once a frame. */
  place(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.placeNow();
    });
  }

  placeNow(): void {
    const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const area = this.area === "corner" ? corner(viewport) : this.area?.getBoundingClientRect();
    if (!area || area.width === 0) return;
    const top = this.area instanceof Element ? (this.area.parentElement?.getBoundingClientRect().top ?? 0) : 0;
    const spot = stand(area, viewport, Math.max(0, top));
    if (this.panel.open) put(this.panel.element, spot);
    const { element, menu } = this.chip;
    const centre = spot.left + spot.width / 2;
    element.style.maxWidth = `${spot.width}px`;
    element.style.left = `${spot.left}px`; // between these, centred: its width changes with its words
    element.style.right = `${viewport.width - spot.left - spot.width}px`;
    element.style.bottom = `${spot.bottom}px`;
    element.style.visibility = this.panel.open ? "hidden" : "visible";
    menu.style.left = `${Math.max(GAP, Math.min(centre - menu.offsetWidth / 2, viewport.width - menu.offsetWidth - GAP))}px`;
    menu.style.bottom = `${spot.bottom + element.offsetHeight + GAP}px`;
    menu.style.maxHeight = `${Math.max(120, viewport.height - spot.bottom - element.offsetHeight - 2 * GAP)}px`;
  }

  /** The floating button beside a message's bubble, inside pane; hidden where there is no room. */
  pointAt(bubble: Box | null, pane: Box | null, label: string): void {
    const spot = bubble && pane ? beside(bubble, pane, ROW_BUTTON) : null;
    if (spot) this.row.show(spot, label);
    else this.row.hide();
  }
}
