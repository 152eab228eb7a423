// Times as records state them.

/** RFC 3339 with the device's own zone, whole seconds: 2026-11-22T14:03:05+01:00. */
export function localTime(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const zone = `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  const local = new Date(at.getTime() + minutes * 60_000).toISOString();
  return local.slice(0, 19) + zone;
}
