// Form controls of our own pages. Each has a fixed id, so that drawing again finds it.

import { h } from "../dom.ts";

interface Common {
  id: string;
  label: string;
  disabled?: boolean;
  /** "Set by your organisation", where it is; the control is disabled with it. */
  policy?: string;
}

function mark({ policy }: Common): HTMLElement | null {
  return policy ? h("p", { class: "policy" }, policy) : null;
}

const off = ({ disabled, policy }: Common) => disabled === true || policy !== undefined;

/** One of several, each with a line that explains it. */
export function radios<V extends string>(
  props: Common & { value: V; options: (readonly [value: V, label: string, hint?: string])[]; hideLabel?: boolean; invalid?: boolean },
  chosen: (value: V) => void,
): HTMLFieldSetElement {
  const { id, label, value, options } = props;
  const set = h("fieldset", { id, disabled: props.disabled, class: "radios" }, h("legend", { class: props.hideLabel && "vh" }, label));
  for (const [option, text, hint] of options) {
    const own = `${id}-${option}`;
    const input = h("input", { type: "radio", name: id, id: own, value: option, checked: option === value, "aria-describedby": hint && `${own}-hint` });
    if (props.invalid) input.setAttribute("aria-invalid", "true");
    input.addEventListener("change", () => chosen(option));
    set.append(
      h("div", { class: "option" }, input, h("label", { for: own }, text), hint ? h("p", { class: "hint", id: `${own}-hint` }, hint) : null),
    );
  }
  return set;
}

/** On or off. */
export function checkbox(props: Common & { checked: boolean; hint?: (Node | string)[] }, changed: (checked: boolean) => void): HTMLElement {
  const input = h("input", { type: "checkbox", id: props.id, checked: props.checked, disabled: off(props), "aria-describedby": props.hint && `${props.id}-hint` });
  input.addEventListener("change", () => changed(input.checked));
  return h("div", { class: "option" }, input, h("label", { for: props.id }, props.label), props.hint ? h("p", { class: "hint", id: `${props.id}-hint` }, ...props.hint) : null, mark(props));
}

/** A line or a few lines of text; told when the person leaves it. */
export function field(
  props: Common & { value: string; lines?: number; hint?: string; type?: "text" | "email" | "date" | "number"; min?: number; max?: number; autocomplete?: string },
  changed: (value: string, input: HTMLInputElement | HTMLTextAreaElement) => void,
): HTMLElement {
  const { id, hint } = props;
  const shared = { id, disabled: off(props), "aria-describedby": hint && `${id}-hint`, spellcheck: "false" };
  const input = props.lines
    ? h("textarea", { ...shared, rows: props.lines })
    : h("input", { ...shared, type: props.type ?? "text", min: props.min, max: props.max, autocomplete: props.autocomplete ?? "off" });
  input.value = props.value;
  input.addEventListener("change", () => changed(input.value, input));
  return h("div", { class: "field" }, h("label", { for: id }, props.label), input, hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null, mark(props));
}

/** One of several, in a list that opens. */
export function select<V extends string>(props: Common & { value: V; options: (readonly [V, string])[] }, chosen: (value: V) => void): HTMLElement {
  const input = h("select", { id: props.id, disabled: off(props) });
  for (const [value, text] of props.options) input.append(h("option", { value, selected: value === props.value }, text));
  input.addEventListener("change", () => chosen(input.value as V));
  return h("div", { class: "field" }, h("label", { for: props.id }, props.label), input, mark(props));
}

/** Marks a field as not accepted and says why, beside it. */
export function fault(input: HTMLElement, text: string): void {
  const own = `${input.id}-fault`;
  input.parentElement?.querySelector(`#${CSS.escape(own)}`)?.remove();
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  if (!text) return;
  input.setAttribute("aria-describedby", own);
  input.after(h("p", { class: "fault", id: own, role: "alert" }, text));
}
