const DAY_MS = 86_400_000;

/** What is deleted can be restored for this long. */
export const RESTORABLE_MS = 30 * DAY_MS;

/** Days that are left to restore what was deleted, the one that has begun counted. Times in milliseconds since 1970. */
export const daysLeft = (until: number, now: number): number =>
  Math.max(0, Math.ceil((until - now) / DAY_MS));

/** What a list of runs that were put away asks for. */
export const ARCHIVED = { filter: "archived:true", sort: "-created_at", limit: 200 } as const;
