// Sites added by data, on the settings page: reading a file, and the browser's question.

import { patternsOf, readSite, siteFault } from "../../sites.ts";
import type { SiteActions, SiteState } from "../../ui/pages/sites.ts";
import { siteTexts } from "../../ui/strings/sites.ts";
import type { Language, Settings, Site } from "../../wire.ts";

export async function siteStates(sites: readonly Site[]): Promise<SiteState[]> {
  return Promise.all(
    sites.map(async (site) => ({
      site,
      allowed: await chrome.permissions.contains({ permissions: ["scripting"], origins: patternsOf(site) }),
      fault: siteFault(site, selects),
    })),
  );
}

/** Whether this browser understands a selector. */
function selects(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

export interface Around {
  language: () => Language;
  sites: () => readonly Site[];
  save: (changes: Partial<Settings>) => Promise<unknown>;
  say: (text: string, tone: "good" | "warn") => void;
  refresh: () => Promise<void>;
}

export function siteActions(my: Around): SiteActions {
  const t = () => siteTexts(my.language());
  const store = async (sites: Site[], said: string): Promise<void> => {
    await my.save({ sites });
    await my.refresh();
    my.say(said, "good");
  };
  return {
    addSite: (file) => {
      const add = async () => {
        const site = readSite(await file.text(), selects);
        await store([...my.sites().filter(({ id }) => id !== site.id), site], t().added);
      };
      add().catch((error: unknown) => my.say(t().notAdded(error instanceof Error ? error.message : ""), "warn"));
    },
    allowSite: (site) => {
      // Before anything is awaited: the browser answers a person's press only.
      void chrome.permissions.request({ permissions: ["scripting"], origins: patternsOf(site) }).then(async (granted) => {
        await my.refresh();
        my.say(granted ? t().allowedNow : t().denied, granted ? "good" : "warn");
      });
    },
    removeSite: (site) => {
      const remove = async () => {
        await store(my.sites().filter(({ id }) => id !== site.id), t().removed);
        await chrome.permissions.remove({ origins: patternsOf(site) }).catch(() => undefined); // one of the manifest's stays
      };
      remove().catch(() => my.say(t().fault("storage"), "warn"));
    },
  };
}
