import type { Panels } from "@/lib/contracts/projects";
import { inOrder, type MetricSection, PINNED, prefixOf, titleOf } from "./sections";

/** Where a panel or a section is put: in front of another, or at the end. */
export interface Spot {
  /** The section that takes a panel. */
  readonly section: string;
  readonly before: string | null;
}

type Sections = readonly MetricSection[];

/** The arrangement with a metric pinned, as the last one, or no longer. */
export const togglePinned = (panels: Panels, key: string): Panels => ({
  ...panels,
  pinned: panels.pinned.includes(key) ? without(panels.pinned, key) : [...panels.pinned, key],
});

/** The arrangement with a metric's panel at a spot; a section that does not exist yet becomes the first. */
export function placePanel(panels: Panels, shown: Sections, key: string, { section, before }: Spot): Panels {
  const pinned = without(panels.pinned, key);
  if (section === PINNED) return { ...panels, pinned: insert(pinned, key, before) };
  const there = without(shown.find(({ id }) => id === section)?.keys ?? [], key);
  const kept = keepOrder(panels, shown);
  const all = kept.some(({ title }) => title === section) ? kept : [{ title: section, keys: [] }, ...kept];
  const placed = all.map(({ title, keys }) => {
    const rest = without(keys, key);
    if (title !== section) return { title, keys: rest };
    return { title, keys: insert(inOrder([...new Set([...rest, ...there])], there), key, before) };
  });
  return {
    pinned,
    sections: placed.filter(({ title, keys }) => keys.length > 0 || !emptied(shown, key, title)),
  };
}

/** The arrangement with a metric back where its prefix puts it. */
export function takeBack(panels: Panels, shown: Sections, key: string): Panels {
  const sections = keepOrder(panels, shown).map(({ title, keys }) => ({ title, keys: without(keys, key) }));
  return {
    pinned: without(panels.pinned, key),
    sections: sections.filter(({ title, keys }) => keys.length > 0 || !emptied(shown, key, title)),
  };
}

/** The arrangement with a section in front of another. */
export function placeSection(panels: Panels, shown: Sections, id: string, before: string | null): Panels {
  const kept = new Map(keepOrder(panels, shown).map((section) => [section.title, section]));
  const order = insert(without([...kept.keys()], id), id, before);
  return { ...panels, sections: order.flatMap((title) => kept.get(title) ?? []) };
}

/** Every section as it stands, so that what is moved moves alone. */
function keepOrder({ sections }: Panels, shown: Sections): Panels["sections"] {
  const stored = new Map(sections.map(({ title, keys }) => [title, keys]));
  const ids = shown.flatMap(({ id }) => (id === PINNED ? [] : [id]));
  const titles = inOrder([...new Set([...stored.keys(), ...ids])], ids);
  return titles.map((title) => ({ title, keys: stored.get(title) ?? [] }));
}

/** Whether a section of the reader's own is gone with this metric. */
const emptied = (shown: Sections, key: string, title: string): boolean =>
  prefixOf(key) !== title &&
  shown.some(({ id, keys }) => id === title && keys.length === 1 && keys[0] === key);

const without = (items: readonly string[], item: string): string[] => items.filter((other) => other !== item);

function insert(items: readonly string[], item: string, before: string | null): string[] {
  const at = before === null ? -1 : items.indexOf(before);
  return at < 0 ? [...items, item] : items.toSpliced(at, 0, item);
}

/** An arrangement to come, and what was done in words. */
export type Arrange = (panels: Panels, done: string) => void;

/** What comes of putting a panel or a section down somewhere. */
export function putDown(
  panels: Panels,
  shown: Sections,
  { kind, id }: { kind: "panel" | "section"; id: string },
  spot: Spot,
): [panels: Panels, done: string] {
  if (kind === "section") return [placeSection(panels, shown, id, spot.before), `Moved ${titleOf(id)}`];
  return [placePanel(panels, shown, id, spot), `Moved ${id}`];
}

/** Where a metric's panel stands, and how it comes elsewhere. */
export function placeOf(panels: Panels, shown: Sections, key: string, arrange: Arrange) {
  const pinned = panels.pinned.includes(key);
  const own = panels.sections.find(({ keys }) => keys.includes(key))?.title;
  const section = own ?? prefixOf(key);
  return {
    pinned,
    moved: section !== prefixOf(key),
    prefix: titleOf(prefixOf(key)),
    /** Sections where it might stand instead. */
    others: shown.filter(({ id }) => id !== PINNED && id !== prefixOf(key) && (pinned || id !== section)),
    onPin: () => arrange(togglePinned(panels, key), `${pinned ? "Unpinned" : "Pinned"} ${key}`),
    onMove: (typed: string | null) => {
      if (typed === null)
        return arrange(takeBack(panels, shown, key), `Moved ${key} back to ${titleOf(prefixOf(key))}`);
      const known = shown.find(
        ({ id, title }) => id === typed || title.toLowerCase() === typed.toLowerCase(),
      );
      const id = known?.id ?? typed;
      arrange(
        placePanel(panels, shown, key, { section: id, before: null }),
        `Moved ${key} to ${titleOf(id)}`,
      );
    },
  };
}
