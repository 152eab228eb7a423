// Answers remembered for the same question: pages print the same dates again and
// again, and reading one asks the browser for the names of months and days.

/** f, asked once for the same arguments; of more than most answers, all are forgotten. */
export function remember<A extends (string | number)[], R>(most: number, f: (...args: A) => R): (...args: A) => R {
  const known = new Map<string, R>();
  return (...args) => {
    const key = args.join("\n");
    const old = known.get(key);
    if (old !== undefined) return old;
    if (known.size >= most) known.clear();
    const made = f(...args);
    known.set(key, made);
    return made;
  };
}
