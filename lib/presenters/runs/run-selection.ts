/** How many runs are drawn together when nobody chose; and how many can be. */
export const DEFAULT_SELECTION = 8;
export const MAX_SELECTION = 100;
/** Means with their intervals that can be told apart on one chart. */
export const MAX_GROUPS = 10;

/** Chosen run ids from the URL (`a,b`; `none`: deliberately nothing); null when nobody chose. */
export function parseSelection(text: string | null): string[] | null {
  if (text === null) return null;
  return text === "none" ? [] : text.split(",").filter(Boolean).slice(0, MAX_SELECTION);
}

/** The selection with some runs added or taken out. */
export function withRuns(chosen: ReadonlySet<string>, some: readonly string[], on: boolean): string[] {
  if (on) return [...new Set([...chosen, ...some])];
  const out = new Set(some);
  return [...chosen].filter((id) => !out.has(id));
}

export const selectionText = (ids: readonly string[]): string => (ids.length === 0 ? "none" : ids.join(","));

/** The chosen runs that exist, or the first few of the list. Keeps the list's order. */
export function effectiveSelection(chosen: readonly string[] | null, listed: readonly string[]): string[] {
  if (chosen === null) return listed.slice(0, DEFAULT_SELECTION);
  const wanted = new Set(chosen);
  return listed.filter((id) => wanted.has(id));
}
