// The Worker: what comes in from outside. Checkpoints and tiles are read from R2 here
// and run no Go; everything else goes to the pool.

import module from "./app.wasm";
import { Pool } from "./pool.mjs";

/** The largest body that any address takes, and one byte so that the rest can see it is larger. */
const LARGEST = (16 << 20) + 1;

const limits = new Map();
/** Requests a minute of one key in this isolate: a brake on floods, not an account. */
function allow(perMinute, key) {
  const now = Date.now();
  if (limits.size > 10_000) limits.clear();
  const bucket = limits.get(key) ?? { left: perMinute, at: now };
  bucket.left = Math.min(perMinute, bucket.left + ((now - bucket.at) / 60_000) * perMinute);
  bucket.at = now;
  limits.set(key, bucket);
  if (bucket.left < 1) return false;
  bucket.left--;
  return true;
}

let perMinute = 600;
const pool = new Pool(module, { allow: (key) => allow(perMinute, key) });

let hosts; // host -> tenant's id
function tenantOf(env, host) {
  hosts ??= new Map(JSON.parse(env.TENANTS).flatMap((t) => t.hosts.map((h) => [h, t.id])));
  return hosts.get(host);
}

function problem(status, title, name, detail, headers = {}) {
  const body = { type: `urn:hanaper:problem:${name}`, title, status, detail };
  return new Response(JSON.stringify(body) + "\n", {
    status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", ...headers },
  });
}

const unavailable = () => problem(503, "Service Unavailable", "unavailable", "the gateway did not answer; nothing was lost, send it again", { "Retry-After": "5" });

/** C2SP tlog-tiles: tile/<level>/<number>[.p/<width>], tile/entries/<number>[.p/<width>]. */
const TILE = /^tile\/(?:[0-9]{1,2}|entries)\/(?:x[0-9]{3}\/)*[0-9]{3}(?:\.p\/[0-9]{1,3})?$/;

async function log(env, tenant, path) {
  const there = (path === "checkpoint" || TILE.test(path)) && (await env.RECORDS.get(`log/${tenant}/${path}`));
  if (!there) return problem(404, "Not Found", "not-found", "this part of the log is not here");
  const text = path === "checkpoint";
  return new Response(there.body, {
    headers: {
      "Content-Type": text ? "text/plain; charset=utf-8" : "application/octet-stream",
      "Cache-Control": text ? "no-store" : "public, max-age=31536000, immutable",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** The body, cut off after LARGEST bytes; null where there is none. */
async function read(request) {
  if (!request.body) return null;
  const chunks = [];
  let size = 0;
  for await (const chunk of request.body) {
    chunks.push(chunk.subarray(0, LARGEST - size));
    size += chunks.at(-1).length;
    if (size >= LARGEST) break;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

async function fetch(request, env) {
  const url = new URL(request.url);
  const tenant = tenantOf(env, url.hostname);
  if (!tenant) return problem(421, "Misdirected Request", "unknown-host", "no organisation is served at this host; check the gateway's address");
  perMinute = Number(env.PER_MINUTE ?? 600);
  try {
    if (request.method === "GET" && url.pathname.startsWith("/v1/log/")) return await log(env, tenant, url.pathname.slice("/v1/log/".length));
    const input = {
      method: request.method,
      url: url.pathname + url.search,
      host: url.hostname,
      remote: request.headers.get("CF-Connecting-IP") ?? "",
      headers: [...request.headers],
      body: await read(request),
    };
    const out = await pool.call(tenant, "handle", input, env);
    return new Response(request.method === "HEAD" ? null : out.body, { status: out.status, headers: out.headers });
  } catch (error) {
    console.error(`${request.method} ${url.pathname}: ${error.message}`);
    return unavailable();
  }
}

/** One of these a log: it gives records their places, a batch at a time. */
export class Sequencer {
  #waiting = new Set();
  #running = Promise.resolve();

  constructor(_state, env) {
    this.env = env;
  }

  async fetch(request) {
    const { tenant, ids } = await request.json();
    for (const id of ids) this.#waiting.add(id);
    const turn = this.#running.then(() => this.#run(tenant));
    this.#running = turn.catch(() => {});
    try {
      await turn;
      return new Response("done");
    } catch (error) {
      console.error(`sequencer of ${tenant}: ${error.message}`);
      return new Response("again", { status: 503 });
    }
  }

  /** Takes everything that waits; those who come later in the queue find nothing left to do. */
  async #run(tenant) {
    while (this.#waiting.size > 0) {
      const ids = [...this.#waiting].slice(0, 500);
      await pool.call(tenant, "process", { tenant, ids }, this.env);
      for (const id of ids) this.#waiting.delete(id);
    }
  }
}

async function sequence(env, tenant, ids) {
  const stub = env.SEQUENCER.get(env.SEQUENCER.idFromName(tenant));
  const answer = await stub.fetch("https://sequencer/", { method: "POST", body: JSON.stringify({ tenant, ids }) });
  if (!answer.ok) throw new Error(`sequencer of ${tenant}: ${answer.status}`);
}

/** One step of a check; the next goes through the queue, so that no request does too much. */
async function check(env, tenant, after) {
  const out = JSON.parse(await pool.call(tenant, "check", { tenant, after }, env));
  for (const f of out.findings) console.error(`check: ${tenant}: ${f.id} ${f.text}`);
  if (out.next) await env.ARRIVALS.send({ tenant, check: out.next });
}

async function queue(batch, env) {
  const tenants = Map.groupBy(batch.messages, (m) => m.body.tenant);
  for (const [tenant, messages] of tenants) {
    const [records, checks] = [messages.filter((m) => m.body.id), messages.filter((m) => m.body.check !== undefined)];
    const steps = checks.map((m) => [[m], () => check(env, tenant, m.body.check)]);
    if (records.length > 0) steps.unshift([records, () => sequence(env, tenant, records.map((m) => m.body.id))]);
    for (const [of, step] of steps) {
      try {
        await step();
        for (const m of of) m.ack();
      } catch (error) {
        console.error(`queue: ${tenant}: ${error.message}`);
        for (const m of of) m.retry({ delaySeconds: Math.min(300, 2 ** m.attempts) });
      }
    }
  }
}

/** Once a day: check everything. */
async function scheduled(_event, env) {
  for (const t of JSON.parse(env.TENANTS)) await env.ARRIVALS.send({ tenant: t.id, check: "" });
}

export default { fetch, queue, scheduled };
