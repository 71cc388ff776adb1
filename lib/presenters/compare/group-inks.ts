import { runColor } from "@/lib/presenters/format/run-color";

/** A colour for each group, by the order of their labels: it stays when another metric ranks them anew. */
export function groupInks(groups: readonly { key: string; label: string }[]): ReadonlyMap<string, string> {
  const order = [...groups].sort((a, b) =>
    a.label < b.label ? -1 : a.label > b.label ? 1 : a.key < b.key ? -1 : 1,
  );
  return new Map(order.map(({ key }, index) => [key, runColor(index)]));
}

/** More groups than these are not told apart on one chart. */
export const MOST_GROUPS = 12;
