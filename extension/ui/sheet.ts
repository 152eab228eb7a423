// Styles under a strict page policy. A constructed sheet is not the page's, so
// its content security policy does not stop it; where a browser refuses to
// adopt one from a content script, each rule is written on element.style.


/** Gives root the styles of css. */
export function adopt(root: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  try {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    if (root.adoptedStyleSheets.includes(sheet)) return;
  } catch {
    // written on the elements instead
  }
  applyByHand(root, sheet);
}

/** Keeps element.style equal to the sheet's rules, states such as :hover left out. */
export function applyByHand(root: ShadowRoot, sheet: CSSStyleSheet): MutationObserver {
  const apply = (): void => {
    const rules = flatten(sheet.cssRules);
    for (const element of root.querySelectorAll<HTMLElement>("*")) {
      for (const rule of rules) {
        if (matches(element, rule.selectorText)) copy(rule.style, element.style);
      }
    }
  };
  const observer = new MutationObserver(apply);
  const watch = (): void => {
    observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "data-tone", "data-theme", "hidden", "aria-expanded", "aria-checked"] });
  };
  apply();
  watch();
  return observer;
}

function flatten(rules: CSSRuleList): CSSStyleRule[] {
  const out: CSSStyleRule[] = [];
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) out.push(rule);
    else if (rule instanceof CSSMediaRule && matchMedia(rule.conditionText).matches) out.push(...flatten(rule.cssRules));
  }
  return out;
}

function matches(element: Element, selector: string): boolean {
  try {
    return element.matches(selector);
  } catch {
    return false; // ::before and the like
  }
}

function copy(from: CSSStyleDeclaration, to: CSSStyleDeclaration): void {
  for (const name of from) to.setProperty(name, from.getPropertyValue(name), from.getPropertyPriority(name));
}

/** True where what lies behind element is dark: the page's own theme, whatever it calls it. */
export function isDark(element: Element | null): boolean {
  for (let up = element; up; up = up.parentElement) {
    const light = lightness(getComputedStyle(up).backgroundColor);
    if (light !== null) return light < 0.4;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** 0 to 1 of "rgb(...)", null where it is mostly transparent or not understood. */
export function lightness(color: string): number | null {
  const parts = /^rgba?\(([^)]+)\)$/.exec(color)?.[1]?.split(/[\s,/]+/).map(Number);
  const [red, green, blue, alpha = 1] = parts ?? [];
  if (red === undefined || green === undefined || blue === undefined || !(alpha > 0.5)) return null;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

