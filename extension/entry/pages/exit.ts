// The ways out of our own pages. Each names its exit (extension/exits.ts); nothing
// else on the pages saves, copies or opens anything elsewhere, and a test looks.

import type { ExitId } from "../../exits.ts";
import { h } from "../../ui/dom.ts";

/** The exits that are a file. */
export type FileExit = Extract<ExitId, "record-file" | "stops-list" | "form-file" | "certificate" | "diagnostics">;

/** Offers a file for saving; the browser asks where, or puts it among the downloads. */
export function offer(_exit: FileExit, name: string, bytes: Uint8Array<ArrayBuffer>, type = "message/rfc822"): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Rejects where the browser does not let us. */
export async function copy(_exit: Extract<ExitId, "form-copy">, text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** Opens an address of the organisation in a tab. */
export async function openSystem(_exit: Extract<ExitId, "system-link">, url: string): Promise<void> {
  await chrome.tabs.create({ url });
}
