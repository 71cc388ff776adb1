const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago: `now`, `12 s`, `3 min`, `5 h`, `2 days`, then the date. `now` is in milliseconds since 1970. */
export function formatAge(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 1) return "now";
  if (seconds < MINUTE) return `${Math.floor(seconds)} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`;
  const days = Math.floor(seconds / DAY);
  return days < 14 ? `${days} ${days === 1 ? "day" : "days"}` : formatDate(iso);
}

/** The same as part of a sentence: `12 s ago`, `just now`, `on 2026-11-23`. */
export function formatAgo(iso: string, now: number): string {
  const age = formatAge(iso, now);
  if (age === "now") return "just now";
  return /^\d{4}-/.test(age) ? `on ${age}` : `${age} ago`;
}

/** How long until: `in 42 min`; `expired` when the time has passed. */
export function formatUntil(iso: string, now: number): string {
  const ahead = Date.parse(iso) - now;
  return ahead <= 0 ? "expired" : `in ${formatAge(new Date(now - ahead).toISOString(), now)}`;
}

/** `2026-11-23`, in UTC so that server and browser agree. */
export function formatDate(iso: string): string {
  return new Date(iso).toISOString().slice(0, 10);
}

/** `2026-11-23 21:04:05 UTC`, for hovering. */
export function formatInstant(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
