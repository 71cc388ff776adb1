import type { Panels } from "@/lib/contracts/projects";
import { inOrder, type MetricSection, PINNED, prefixOf, titleOf } from "./sections";

type Sections = readonly MetricSection[];

/** How a project's panels are arranged, and a way to change it. */
export interface Arrangement {
  readonly panels: Panels;
  /** What there is of it on this page. */
  readonly sections: Sections;
  arrange: (panels: Panels, done: string) => void;
}

/** Where a panel or a section is put: in front of another, or at the end. */
export interface Spot {
  /** The section that takes a panel. */
  readonly section: string;
  readonly before: string | null;
}

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
function takeBack(panels: Panels, shown: Sections, key: string): Panels {
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

/** What comes of putting something somewhere, and what was done in words. */
type Arranged = readonly [panels: Panels, done: string];

export function putDown(
  panels: Panels,
  shown: Sections,
  { kind, id }: { kind: "panel" | "section"; id: string },
  spot: Spot,
): Arranged {
  if (kind === "section") return [placeSection(panels, shown, id, spot.before), `Moved ${titleOf(id)}`];
  const stays = shown.some((section) => section.id === spot.section && section.keys.includes(id));
  const to = stays ? "" : ` to ${titleOf(spot.section)}`;
  return [placePanel(panels, shown, id, spot), `Moved ${id}${to}`];
}

/** Where a metric's panel might stand instead. */
export function choicesOf(panels: Panels, shown: Sections, key: string) {
  const prefix = prefixOf(key);
  const section = panels.sections.find(({ keys }) => keys.includes(key))?.title ?? prefix;
  const pinned = panels.pinned.includes(key);
  return {
    /** The title of its prefix's section, when it is not there. */
    home: section === prefix ? null : titleOf(prefix),
    others: shown.filter(({ id }) => id !== PINNED && id !== prefix && (pinned || id !== section)),
  };
}

/** A metric's panel in the section of that id or title, made when there is none; null: back to its prefix. */
export function moveTo(panels: Panels, shown: Sections, key: string, typed: string | null): Arranged {
  if (typed === null) return [takeBack(panels, shown, key), `Moved ${key} back to ${titleOf(prefixOf(key))}`];
  const isIt = ({ id, title }: MetricSection): boolean =>
    id === typed || title.toLowerCase() === typed.toLowerCase();
  const section = shown.find(isIt)?.id ?? typed;
  return [placePanel(panels, shown, key, { section, before: null }), `Moved ${key} to ${titleOf(section)}`];
}
