// The manifests of both browsers, from one description.
// Hosts are named in hosts.json and nowhere else; a test holds them equal to the channels.

import { readFileSync } from "node:fs";

/** @type {Record<string, string[]>} */
const named = JSON.parse(readFileSync(new URL("hosts.json", import.meta.url), "utf8"));

/** Where content scripts run: channel id -> match patterns. */
export const HOSTS = Object.fromEntries(Object.entries(named).map(([id, hosts]) => [id, hosts.map((host) => `https://${host}/*`)]));

/** No network but our own package: the sealed build (DESIGN.md, Extension). */
export const CSP = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

// The public half of a key whose private half was thrown away: it fixes the id of
// the unpacked extension (jamamcepbcfngnklplcmbckjlleieagl), which managed policy
// and tests address.
const KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr3f9/Cuect3wOCv9K+tz0+RJ91yZ39R/rRrHCvUwQ1l4EOO1PNinPwyQkG5La1FTLimKrNF2r8Y5YTzINVAesf0uUZzVho+qMzc+aUyeUcn1w8E8HEzLAHcYEWu4X7Oq3SJy1dth9xcUm9sRAGe4l9Qz+PqsLDYudiU3JGFjOzqVVbG3AEwhFcx40I+OvciZjSwoqQjXsEyDrtoBsp+pRE45TepA1k8vAPWzZfsqzgEoo54ILfTVhRq8zejsfivmAyAbfzuJsFb0jBi50PjUshi+XShzfSkDZ/kwfZ2Q2XkO+4u9+9UhXlEEhSBdPEfUamWC61rwHrpFBMqJJsuVbQIDAQAB";

const ICONS = { 16: "icons/16.png", 32: "icons/32.png", 48: "icons/48.png", 128: "icons/128.png" };

/**
 * @param {"chromium" | "firefox"} browser
 * @param {string} version
 */
export function manifest(browser, version) {
  const common = {
    manifest_version: 3,
    name: "__MSG_name__",
    description: "__MSG_description__",
    version,
    default_locale: "en",
    icons: ICONS,
    action: { default_title: "__MSG_action__", default_icon: ICONS },
    options_ui: { page: "options.html", open_in_tab: true },
    // unlimitedStorage: undelivered records must not be evicted (ruling 9). It gives
    // no access to anything and shows no prompt.
    permissions: ["storage", "unlimitedStorage"],
    host_permissions: Object.values(HOSTS).flat(),
    // Asked for by a click on the settings page. nativeMessaging: where records go into the vault of the program on
    // this computer. scripting and hosts: for sites that were added by data (docs/sites.md), host by host.
    optional_permissions: ["nativeMessaging", "scripting"],
    optional_host_permissions: ["https://*/*"],
    content_scripts: [
      { matches: Object.values(HOSTS).flat(), js: ["content.js"], run_at: "document_start", world: "ISOLATED" },
    ],
    content_security_policy: { extension_pages: CSP },
  };
  if (browser === "chromium") {
    return {
      ...common,
      key: KEY,
      minimum_chrome_version: "137", // Ed25519 in WebCrypto
      background: { service_worker: "worker.js" },
      // Shows no prompt and gives access to nothing: it only lets the panel stand beside the page.
      permissions: [...common.permissions, "sidePanel"],
      side_panel: { default_path: "panel.html" },
      storage: { managed_schema: "managed.schema.json" },
    };
  }
  return {
    ...common,
    background: { scripts: ["worker.js"] },
    sidebar_action: { default_panel: "panel.html", default_title: "__MSG_action__", default_icon: ICONS, open_at_install: false },
    browser_specific_settings: {
      gecko: {
        id: "hanaper@hanaper.example",
        strict_min_version: "140.0",
        data_collection_permissions: { required: ["none"] },
      },
    },
  };
}
