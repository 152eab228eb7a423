// One small button that floats beside the message under the pointer or focus.

import { Settling, onPress } from "./confirm.ts";
import { h, icon } from "./dom.ts";

export class RowKeep {
  readonly element = h("button", { type: "button", class: "row-keep", hidden: true });
  private readonly settling = new Settling();

  constructor(press: () => void) {
    onPress(this.element, this.settling, press);
  }

  show(place: { left: number; top: number }, label: string): void {
    const { element } = this;
    if (element.hidden || element.title !== label) {
      element.replaceChildren(icon("hanaper"));
      element.title = label;
      element.setAttribute("aria-label", label);
    }
    if (element.hidden || element.style.top !== `${place.top}px`) this.settling.shown();
    element.style.left = `${place.left}px`;
    element.style.top = `${place.top}px`;
    element.hidden = false;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
