import { runColor } from "@/lib/presenters/format/run-color";

type Named = Readonly<{ key: string; label: string }>;

/** Groups in the order in which they take their colours, by label: it stays when another metric ranks them anew. */
export const inkOrder = (groups: readonly Named[]): Named[] =>
  [...groups].sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.key < b.key ? -1 : 1));

export const groupInks = (groups: readonly Named[]): ReadonlyMap<string, string> =>
  new Map(inkOrder(groups).map(({ key }, index) => [key, runColor(index)]));

/** More groups than these are not told apart on one chart. */
export const MOST_GROUPS = 12;
