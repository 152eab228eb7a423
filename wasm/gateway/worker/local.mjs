// Runs the Worker on this machine: workerd with R2, D1, Queues and Durable Objects
// below one folder, and no network.
//
//   node local.mjs [--config FILE] [--port N] [--persist DIR] [--stock]
//
// FILE is JSON: {"tenants": [...], "seeds": {"TENANT": "base64"}, "per_minute": 600}.
// Without it there is one organisation, "local" at localhost, whose provider is this
// program: it prints a token to try things with. --stock runs the entry that comes with
// syumai/workers, an instance a request, to compare with.

import { createPrivateKey, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Log, LogLevel, Miniflare } from "miniflare";

const { values: args } = parseArgs({ options: { config: { type: "string" }, port: { type: "string", default: "8787" }, persist: { type: "string", default: fileURLToPath(new URL("../../../build/gateway-data/", import.meta.url)) }, stock: { type: "boolean", default: false } } });
const build = fileURLToPath(new URL("../../../build/gateway/", import.meta.url));
const migrations = fileURLToPath(new URL("../migrations/", import.meta.url));

/** A provider for trying things: one key, one token for every role. */
async function demo() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "demo", use: "sig", alg: "ES256" }] });
  const server = createServer((_, response) => response.end(keys)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const roles = ["keeper", "officer", "auditor", "administrator"];
  const now = Math.floor(Date.now() / 1000);
  const part = (v) => Buffer.from(JSON.stringify(v)).toString("base64url");
  const text = `${part({ alg: "ES256", kid: "demo" })}.${part({ iss: issuer, aud: "hanaper", sub: "you", roles, iat: now, exp: now + 3600 })}`;
  const signature = createSign("sha256").update(text).sign({ key: createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" })), dsaEncoding: "ieee-p1363" });
  console.log(`a token for an hour, every role:\n${text}.${signature.toString("base64url")}`);
  const tenant = { id: "local", hosts: ["localhost", "127.0.0.1"], log: "localhost/log", issuer, audience: "hanaper", jwks: `${issuer}/jwks`, roles: Object.fromEntries(roles.map((r) => [r, r])) };
  return { tenants: [tenant], seeds: { local: randomBytes(32).toString("base64") } };
}

const config = args.config ? JSON.parse(readFileSync(args.config, "utf8")) : await demo();
const modules = [
  ...(args.stock ? ["stock.mjs", "runtime.mjs"] : ["entry.mjs", "pool.mjs"]).map((name) => [name, "ESModule"]),
  ["wasm_exec.js", "ESModule"],
  ["app.wasm", "CompiledWasm"],
].map(([path, type]) => ({ type, path: join(build, path) }));

const mf = new Miniflare({
  host: "127.0.0.1",
  port: Number(args.port),
  log: new Log(LogLevel.WARN),
  modulesRoot: build,
  modules,
  compatibilityDate: "2026-04-01",
  cf: false, // asks no network for its stand-in data
  bindings: { TENANTS: JSON.stringify(config.tenants), PER_MINUTE: String(config.per_minute ?? 600), ...Object.fromEntries(Object.entries(config.seeds).map(([t, s]) => [`SEED_${t.toUpperCase().replaceAll("-", "_")}`, s])) },
  r2Buckets: ["RECORDS"],
  d1Databases: ["INDEX"],
  queueProducers: { ARRIVALS: "arrivals" },
  ...(args.stock ? {} : { durableObjects: { SEQUENCER: "Sequencer" }, queueConsumers: { arrivals: { maxBatchSize: 100, maxBatchTimeout: config.batch_timeout ?? 1, maxRetries: 100 } } }),
  defaultPersistRoot: args.persist, // without it D1 forgets its tables when it was idle
  r2Persist: true,
  d1Persist: true,
});

const db = await mf.getD1Database("INDEX");
await db.exec("CREATE TABLE IF NOT EXISTS migrations(name TEXT PRIMARY KEY)");
const done = new Set((await db.prepare("SELECT name FROM migrations").raw()).flat());
for (const name of readdirSync(migrations).filter((n) => n.endsWith(".sql") && !done.has(n)).sort()) {
  const sql = readFileSync(join(migrations, name), "utf8").replace(/^--.*$/gm, "");
  const statements = sql.split(";").map((s) => s.trim()).filter(Boolean);
  await db.batch([...statements.map((s) => db.prepare(s)), db.prepare("INSERT INTO migrations(name) VALUES(?1)").bind(name)]);
}
console.log(`listening on ${(await mf.ready).origin}`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => mf.dispose().then(() => process.exit(0)));
