import type { Panels } from "@/lib/contracts/projects";

export interface MetricSection {
  /** Stands for the section in the list of closed ones. */
  readonly id: string;
  readonly title: string;
  /** Keys in the order of their charts. */
  readonly keys: readonly string[];
}

export const PINNED = "pinned";
const BARE = "bare";
const SYSTEM = "system";

interface Named {
  readonly key: string;
}

/**
 * Metrics by what stands before the first slash of their name: pinned ones first and only there, the project's own
 * sections next, then those without a slash, the machine's (`system/…`) last. Sections by prefix and their charts come in
 * the order of their names.
 */
export function metricSections(metrics: readonly Named[], { pinned, sections }: Panels): MetricSection[] {
  const keys = new Set(metrics.map(({ key }) => key));
  const first = pinned.filter((key) => keys.delete(key));
  const own = sections.map(({ title, keys: moved }) => ({
    ...{ id: `own ${title}`, title, keys: moved.filter((key) => keys.delete(key)) },
  }));
  const byPrefix = new Map<string, string[]>();
  for (const key of [...keys].sort(byName)) {
    const id = idOf(key);
    byPrefix.set(id, [...(byPrefix.get(id) ?? []), key]);
  }
  const rest = [...byPrefix].sort(([a], [b]) => rank(a) - rank(b) || byName(a, b));
  return [
    ...(first.length > 0 ? [{ id: PINNED, title: "Pinned", keys: first }] : []),
    ...own.filter((section) => section.keys.length > 0),
    ...rest.map(([id, found]) => ({ id, title: titleOf(id), keys: found })),
  ];
}

/** `layer2` before `layer10`. */
const byName = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

const idOf = (key: string): string => {
  const slash = key.indexOf("/");
  return slash <= 0 ? BARE : `${key.slice(0, slash)}/`;
};

const rank = (id: string): number => (id === BARE ? 0 : id === `${SYSTEM}/` ? 2 : 1);

function titleOf(id: string): string {
  if (id === BARE) return "Without a prefix";
  return id === `${SYSTEM}/` ? "System" : id.slice(0, -1);
}

export interface MetricSearch<T extends Named> {
  readonly metrics: readonly T[];
  /** Why the text is not a regular expression; it is then looked for as it stands. */
  readonly note: string | null;
}

/** Metrics whose name a regular expression matches anywhere, whatever the case; all of them for an empty one. */
export function searchMetrics<T extends Named>(metrics: readonly T[], text: string): MetricSearch<T> {
  if (text === "") return { metrics, note: null };
  try {
    const pattern = new RegExp(text, "iu");
    return { metrics: metrics.filter(({ key }) => pattern.test(key)), note: null };
  } catch {
    const plain = text.toLowerCase();
    return {
      metrics: metrics.filter(({ key }) => key.toLowerCase().includes(plain)),
      note: "Not a regular expression, so looked for as it stands.",
    };
  }
}

/** The arrangement with a metric pinned, as the last one, or no longer. */
export const togglePinned = (panels: Panels, key: string): Panels => ({
  ...panels,
  pinned: panels.pinned.includes(key)
    ? panels.pinned.filter((other) => other !== key)
    : [...panels.pinned, key],
});

/** The arrangement with a metric in the section of that title, made when there is none; null: back to its prefix. */
export function movePanel(panels: Panels, key: string, title: string | null): Panels {
  const without = panels.sections.map((section) => ({
    ...section,
    keys: section.keys.filter((other) => other !== key),
  }));
  const known = without.some((section) => section.title === title);
  const all = title === null || known ? without : [...without, { title, keys: [] }];
  const sections = all
    .map((section) => (section.title === title ? { ...section, keys: [...section.keys, key] } : section))
    .filter(({ keys }) => keys.length > 0);
  return { pinned: panels.pinned.filter((other) => other !== key), sections };
}

/** Where a metric's panel stands, and how it comes elsewhere. */
export function placeOf(panels: Panels, key: string, arrange: (panels: Panels) => void) {
  return {
    pinned: panels.pinned.includes(key),
    section: panels.sections.find(({ keys }) => keys.includes(key))?.title ?? null,
    sections: panels.sections.map(({ title }) => title),
    onPin: () => arrange(togglePinned(panels, key)),
    onMove: (title: string | null) => arrange(movePanel(panels, key, title)),
  };
}
