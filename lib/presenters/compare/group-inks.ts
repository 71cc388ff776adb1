import { groupOrder } from "@/lib/presenters/format/group-order";
import { runColor } from "@/lib/presenters/format/run-color";

type Named = Readonly<{ key: string; label: string }>;

/** The colour of each group: where all of them have one on the page that they come from, that one. */
export function groupInks(
  groups: readonly Named[],
  known: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, string> {
  const kept = groups.every(({ key }) => known.has(key));
  return new Map(
    groupOrder(groups).map(({ key }, index) => [key, runColor(kept ? (known.get(key) ?? index) : index)]),
  );
}

const ITEM = /^(\d{1,4})~(.*)$/u;

/** Colours by the groups' keys, as an address has them: `0~cosine,3~step`. What cannot be read is left out. */
export const readInks = (text: string | null): ReadonlyMap<string, number> =>
  new Map(
    (text ?? "").split(",").flatMap((item): [string, number][] => {
      const [, index, key] = ITEM.exec(item) ?? [];
      return index === undefined || key === undefined ? [] : [[key.replaceAll("%2C", ","), Number(index)]];
    }),
  );

export const inksText = (inks: ReadonlyMap<string, number>): string =>
  [...inks].map(([key, index]) => `${index}~${key.replaceAll(",", "%2C")}`).join(",");

/** More groups than these are not told apart on one chart. */
export const MOST_GROUPS = 12;
