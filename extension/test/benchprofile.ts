import type { CDPSession } from "playwright-core";

/** What the measurements share: rows, quantiles, and the extension's own time in a profile. */

export interface Row {
  name: string;
  value: number;
  unit: string;
  budget?: number;
  at_most?: boolean;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

interface ProfileNode {
  id: number;
  callFrame: { url: string };
  children?: number[];
}

/** Milliseconds of samples with a frame of the extension anywhere on the stack. */
function ownTime(profile: { nodes: ProfileNode[]; samples?: number[]; timeDeltas?: number[] }, id: string): number {
  const own = new Set<number>();
  const nodes = new Map(profile.nodes.map((n) => [n.id, n]));
  const mark = (n: ProfileNode, inside: boolean): void => {
    const here = inside || n.callFrame.url.includes(id);
    if (here) own.add(n.id);
    for (const c of n.children ?? []) {
      const child = nodes.get(c);
      if (child !== undefined) mark(child, here);
    }
  };
  const root = profile.nodes[0];
  if (root !== undefined) mark(root, false);
  let us = 0;
  profile.samples?.forEach((s, i) => { if (own.has(s)) us += profile.timeDeltas?.[i + 1] ?? 0; });
  return us / 1000;
}

/** The extension's own milliseconds on the main thread while act runs. */
export async function profiled(session: CDPSession, id: string, act: () => Promise<void>): Promise<number> {
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 100 });
  await session.send("Profiler.start");
  await act();
  const { profile } = await session.send("Profiler.stop");
  return ownTime(profile, id);
}
