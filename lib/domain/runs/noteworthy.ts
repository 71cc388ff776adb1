/** Runs in which something went wrong that a look at them explains, the newest first. */
export const NOTEWORTHY = {
  filter: "audit:drift or health:diverged or health:nan",
  sort: "-created_at",
  limit: 4,
} as const;

/** What was made last. */
export const RECENT = { sort: "-created_at", limit: 8 } as const;
