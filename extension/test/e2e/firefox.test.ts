import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import puppeteer, { type Page } from "puppeteer-core";
import { paths } from "../harness-paths.ts";
import { answerStage, stageOrigin } from "../stage/serve.ts";

const firefox = process.env["HANAPER_FIREFOX"] ?? "/usr/bin/firefox-esr";
const composer = ".st-main [contenteditable='true']";

/** A certificate of our own for the stand-in, made anew for each run. */
function certificate(dir: string): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(dir, "key.pem"), join(dir, "cert.pem")];
  const subject = ["-subj", "/CN=web.whatsapp.com", "-addext", "subjectAltName=DNS:web.whatsapp.com"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** A proxy that leads the real address to the stand-in and everything else nowhere. */
async function serve(dir: string): Promise<{ port: number; close: () => void }> {
  const site = createHttps(certificate(dir), (req, res) => {
    void answerStage(paths.stage, `${stageOrigin}${req.url ?? "/"}`).then((a) => { res.writeHead(a.status, a.headers).end(a.body); });
  });
  const listen = (s: Server): Promise<number> => new Promise((done) => s.listen(0, "127.0.0.1", () => { done((s.address() as AddressInfo).port); }));
  const sitePort = await listen(site);
  const proxy = createHttp((_, res) => { res.writeHead(502).end(); });
  proxy.on("connect", (req, socket) => {
    socket.on("error", () => socket.destroy());
    if (req.url !== "web.whatsapp.com:443") {
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
      return;
    }
    const up = connect(sitePort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      up.pipe(socket).pipe(up);
    });
    up.on("error", () => socket.destroy());
  });
  const port = await listen(proxy);
  return { port, close: () => { proxy.closeAllConnections(); proxy.close(); site.closeAllConnections(); site.close(); } };
}

const sent = (page: Page): Promise<string[]> => page.evaluate(() => window.__sent.map((s) => s.text));

async function typeAndSend(page: Page, text: string): Promise<void> {
  await page.click(composer);
  await page.keyboard.down("Control");
  await page.keyboard.press("KeyA");
  await page.keyboard.up("Control");
  await page.type(composer, text);
  await new Promise((r) => setTimeout(r, 1500));
  await page.keyboard.press("Enter");
  await new Promise((r) => setTimeout(r, 1500));
}

test("Firefox: the built extension stops what must not go and lets the rest go", async (t) => {
  if (!existsSync(firefox)) {
    t.skip(`${firefox} is not installed: apt-get install firefox-esr`);
    return;
  }
  const dir = mkdtempSync(join(tmpdir(), "hanaper-firefox-"));
  const web = await serve(dir);
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: firefox,
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": web.port,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": web.port,
      "security.cert_pinning.enforcement_level": 0,
      "app.update.enabled": false,
    },
  });
  try {
    const bare = await browser.newPage();
    await bare.goto(`${stageOrigin}/?gen=g3&chat=harbour`);
    await bare.waitForSelector(composer);
    await typeAndSend(bare, "SECRET: the convoy leaves at 0200");
    assert.equal((await sent(bare)).length, 1, "without the extension it goes");
    await bare.close();

    await browser.installExtension(paths.firefox);
    const page = await browser.newPage();
    await page.goto(`${stageOrigin}/?gen=g3&chat=harbour`);
    await page.waitForSelector(composer);
    await typeAndSend(page, "SECRET: the convoy leaves at 0200");
    assert.deepEqual(await sent(page), [], "stopped");
    assert.ok(await page.$("x-note"), "the interface stands on the page");
    await page.keyboard.press("Escape");
    await typeAndSend(page, "On my way, see you at the lift");
    assert.deepEqual(await sent(page), ["On my way, see you at the lift"]);
    if (process.env["HANAPER_PICTURES"] !== undefined) await page.screenshot({ path: join(process.env["HANAPER_PICTURES"], "firefox.png") });
  } finally {
    await browser.close();
    web.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
});
