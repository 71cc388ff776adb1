import { chosenColumns, defaultColumns, NAME } from "@/lib/presenters/runs/columns";
import { splitList } from "@/lib/presenters/runs/text-list";

/** What to change in the URL. */
type Patch = Readonly<Record<string, string | null>>;

/** The chosen columns as the URL has them; nothing when they are the ones that are there anyway. */
function columnsPatch(ids: readonly string[], overAll: boolean): Patch {
  const text = ids.join(",");
  if (text === defaultColumns(overAll).join(",")) return { cols: null };
  return { cols: text === "" ? NAME : text };
}

export function toggleColumn(search: URLSearchParams, overAll: boolean, id: string): Patch {
  const ids = chosenColumns(search, overAll);
  return columnsPatch(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id], overAll);
}

/** Puts a column in front of another; with null at the end. */
export function moveColumn(
  search: URLSearchParams,
  overAll: boolean,
  id: string,
  before: string | null,
): Patch {
  const ids = chosenColumns(search, overAll).filter((other) => other !== id);
  const at = before === null ? ids.length : ids.indexOf(before);
  return columnsPatch(ids.toSpliced(at === -1 ? ids.length : at, 0, id), overAll);
}

/** One place to the left (-1) or to the right (1). */
export function shiftColumn(search: URLSearchParams, overAll: boolean, id: string, by: -1 | 1): Patch {
  const ids = chosenColumns(search, overAll);
  const from = ids.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= ids.length) return {};
  return columnsPatch(ids.toSpliced(from, 1).toSpliced(to, 0, id), overAll);
}

export function togglePin(search: URLSearchParams, id: string): Patch {
  const pinned = splitList(search.get("pin"));
  const next = pinned.includes(id) ? pinned.filter((other) => other !== id) : [...pinned, id];
  return { pin: next.join(",") };
}
