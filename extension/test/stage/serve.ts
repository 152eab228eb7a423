import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The origins the stand-ins are served under, those of the shipped manifest, and their folders in build/stage. */
export const stageOrigins = {
  "https://web.whatsapp.com": ".",
  "https://mail.google.com": "gmail",
  "https://outlook.live.com": "outlook",
  "https://outlook.office.com": "outlook",
  "https://messages.google.com": "chat",
  "https://web.telegram.org": "chat",
  "https://www.linkedin.com": "chat",
  "https://www.messenger.com": "chat",
  "https://chat.department.example": "chat",
} as const;
export const stageOrigin = "https://web.whatsapp.com";

/** As strict as the real page's: no inline script or style, nothing from elsewhere. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const files: Readonly<Record<string, { name: string; type: string }>> = {
  "/": { name: "index.html", type: "text/html; charset=utf-8" },
  "/stage.js": { name: "stage.js", type: "text/javascript; charset=utf-8" },
  "/stage.css": { name: "stage.css", type: "text/css; charset=utf-8" },
};

export interface StageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Answers a request for a stand-in; dir is the folder build/stage. */
export async function answerStage(dir: string, url: string): Promise<StageAnswer> {
  const { origin, pathname } = new URL(url);
  const folder = (stageOrigins as Readonly<Record<string, string>>)[origin];
  const file = files[pathname];
  if (file === undefined || folder === undefined) return { status: 404, headers: { "content-type": "text/plain" }, body: "not found" };
  const headers = {
    "content-type": file.type,
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "cache-control": "no-store",
  };
  return { status: 200, headers, body: await readFile(join(dir, folder, file.name)) };
}
