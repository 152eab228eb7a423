/** A small hyperscript for the mail stand-ins: plain elements, no framework, as Gmail's page is. */

export type Attributes = Readonly<Record<string, string | boolean | ((event: never) => void)>>;

export function h(tag: string, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value as EventListener);
    else if (typeof value === "string") element.setAttribute(name, value);
    else if (value) element.setAttribute(name, "");
  }
  element.append(...children);
  return element;
}

/** Acts when the mouse is released where it was pressed, or by Enter or Space: not on the click. */
export function onRelease(button: HTMLElement, act: () => void): void {
  let down = false;
  button.addEventListener("mousedown", (event) => { down = event.button === 0; });
  document.addEventListener("mouseup", (event) => {
    if (down && event.target instanceof Node && button.contains(event.target)) act();
    down = false;
  });
  button.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act();
    }
  });
}
