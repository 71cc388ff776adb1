/**
 * A length of time in seconds, two units at most: `0.4s`, `12s`, `3m 12s`, `1h 04m`, `2d 03h`. The second unit is
 * padded so that a running clock keeps its width.
 */
export function formatDuration(seconds: number): string {
  if (!(seconds >= 0)) return "0s";
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${pad(whole % 60)}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)}d ${pad(hours % 24)}h`;
}

const pad = (value: number): string => String(value).padStart(2, "0");

/** Seconds between two ISO times; `end` absent means until `now` (milliseconds since 1970). Never negative. */
export function secondsBetween(start: string, end: string | null, now: number): number {
  const until = end === null ? now : Date.parse(end);
  return Math.max(0, (until - Date.parse(start)) / 1000);
}
