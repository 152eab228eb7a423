// A pool of instances of the Go program. Each serves one call at a time and one tenant
// all its life; it is dropped after so many calls, after any trap, and when a
// goroutine or a timer outlives its call.

import "./wasm_exec.js";

/** Instances at once in one isolate: each takes some 20 MiB of its 128. */
export const MOST = 3;
/** Calls after which an instance is made anew, so that its memory does not grow. */
export const LIFE = 1000;
/** A call that takes longer has lost its answer; milliseconds. */
const PATIENCE = 60_000;
/**
 * How long a request waits before it looks again for a free instance; milliseconds. It
 * looks by itself: workerd does not let one request settle another's promise once
 * that other was cancelled, and its turn would be lost.
 */
const WAIT = 2;

class Instance {
  calls = 0;
  context;
  #go = new Go();
  #exited;

  constructor(module, tenant, pooled) {
    this.tenant = tenant;
    this.context = { pooled: true, binding: {}, ...pooled };
    this.module = module;
  }

  async start(env) {
    this.context.env = env;
    let ready;
    const started = new Promise((resolve) => (ready = resolve));
    const instance = new WebAssembly.Instance(this.module, { ...this.#go.importObject, workers: { ready: () => ready() } });
    this.#exited = this.#go.run(instance, this.context).then(
      () => Promise.reject(new Error("the program ended")),
      (error) => Promise.reject(error),
    );
    this.#exited.catch(() => {}); // looked at by whoever waits for an answer
    await Promise.race([started, this.#exited]);
  }

  /** Calls one of the program's functions; clean tells whether it may serve again. */
  async call(name, input, env, patience) {
    this.context.env = env;
    this.calls++;
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("no answer in time")), patience)));
    const answer = new Promise((resolve) => this.context.binding[name](input, resolve));
    try {
      const out = await Promise.race([answer, this.#exited, late]);
      return { out, clean: out.left <= 0 && this.#go._scheduledTimeouts.size === 0 };
    } finally {
      clearTimeout(timer);
      this.context.env = undefined; // nothing may reach a store between two calls
    }
  }

  /** What is still scheduled must not run in somebody else's request. */
  end() {
    for (const id of this.#go._scheduledTimeouts.values()) clearTimeout(id);
    this.#go._scheduledTimeouts.clear();
  }
}

export class Pool {
  #idle = []; // oldest first
  #count = 0;
  dropped = { old: 0, trap: 0, left: 0, tenant: 0 };
  made = 0;

  constructor(module, shared = {}, most = MOST, life = LIFE, patience = PATIENCE) {
    Object.assign(this, { module, shared, most, life, patience });
  }

  /** Runs a function of the program for a tenant; rejects with its error. */
  async call(tenant, name, input, env) {
    const instance = await this.#take(tenant, env);
    let result;
    try {
      result = await instance.call(name, input, env, this.patience);
    } catch (error) {
      this.#drop(instance, "trap");
      throw error;
    }
    if (!result.clean) this.#drop(instance, "left");
    else if (instance.calls >= this.life) this.#drop(instance, "old");
    else this.#idle.push(instance);
    if (result.out.error !== undefined) throw new Error(result.out.error);
    return result.out.value;
  }

  async #take(tenant, env) {
    for (;;) {
      const at = this.#idle.findLastIndex((i) => i.tenant === tenant);
      if (at >= 0) return this.#idle.splice(at, 1)[0];
      if (this.#count >= this.most && this.#idle.length > 0) this.#drop(this.#idle.shift(), "tenant");
      if (this.#count < this.most) break;
      await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
    this.#count++;
    const instance = new Instance(this.module, tenant, this.shared);
    try {
      await instance.start(env);
    } catch (error) {
      this.#drop(instance, "trap");
      throw error;
    }
    this.made++;
    return instance;
  }

  #drop(instance, why) {
    instance.end();
    this.dropped[why]++;
    this.#count--;
  }
}
