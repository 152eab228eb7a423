// Sites added by data: where the facts of a chat page are, as JSON that a person or an
// administrator gives. Data only: selectors and names, no code, no patterns to run.

import { FACTS, NEEDED } from "./channel/chat/anchors.ts";
import hosts from "./hosts.json";
import schemaJSON from "./schema/settings.schema.json";
import { validate, withDefaults, type Schema } from "./schema/validate.ts";
import type { Problem, Site } from "./wire.ts";

/** Characters of a site's file; 24 facts with eight selectors of 200 characters are less. */
export const MAX_SITE_FILE = 64 << 10;

const schema = (schemaJSON as unknown as { properties: { sites: { items: Schema } } }).properties.sites.items;

/** Reads a site's file. Throws what is wrong with it, with the place. */
export function readSite(text: string, selects: (selector: string) => boolean): Site {
  if (text.length > MAX_SITE_FILE) throw new Error(`a site has ${MAX_SITE_FILE} characters at most`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("this is not JSON");
  }
  const problems: Problem[] = [];
  const site = validate(schema, value, "", problems) as Site | undefined;
  const [problem] = problems;
  if (!site || problem) throw new Error(problem ? `${problem.path || "site"} ${problem.text}` : "site is not understood");
  const fault = siteFault(site, selects);
  if (fault) throw new Error(fault);
  return withDefaults(schema, site) as Site;
}

/** What keeps a site from being used, "" for nothing. selects: whether a browser understands a selector. */
export function siteFault(site: Site, selects: (selector: string) => boolean = () => true): string {
  if (Object.hasOwn(hosts, site.id)) return `id ${site.id} is a channel already`;
  const own = new Set(Object.values(hosts).flat());
  const host = site.hosts.find((each) => own.has(each));
  if (host !== undefined) return `hosts: ${host} has a channel already`;
  const missing = NEEDED.find((fact) => site.anchors[fact].length === 0);
  if (missing) return `anchors.${missing} is missing`;
  for (const fact of FACTS) {
    const bad = site.anchors[fact]?.find((selector) => !selects(selector));
    if (bad !== undefined) return `anchors.${fact}: ${bad} is no selector`;
  }
  return "";
}

/** The site a host belongs to: of several the first; one at fault is none. */
export function siteOf(host: string, sites: readonly Site[]): Site | null {
  return sites.find((site) => site.hosts.includes(host) && siteFault(site) === "") ?? null;
}

/** Its match patterns: no port, no path, no wildcard in the host. */
export function patternsOf(site: Site): string[] {
  return site.hosts.map((host) => `https://${host}/*`);
}

