import type { Panels } from "@/lib/contracts/projects";
import { plural } from "@/lib/presenters/format/number";

export interface MetricSection {
  /** A prefix, `/` for none, or what the reader called it: the title by which it is kept with the project. */
  readonly id: string;
  readonly title: string;
  /** Keys in the order of their charts. */
  readonly keys: readonly string[];
}

/** No prefix and no title begins with a blank. */
export const PINNED = " pinned";
/** No prefix holds a slash. */
const BARE = "/";
const SYSTEM = "system";

interface Named {
  readonly key: string;
}

/**
 * Metrics by what stands before the first slash of their name, or where the reader has put them. Pinned ones come first and
 * only there. Then, as long as nothing is arranged: those without a slash, sections and charts by name, the machine's
 * (`system/…`) last. What comes later stands behind its neighbour by name.
 */
export function metricSections(metrics: readonly Named[], { pinned, sections }: Panels): MetricSection[] {
  const keys = new Set(metrics.map(({ key }) => key));
  const first = pinned.filter((key) => keys.delete(key));
  const moved = new Map(sections.flatMap(({ title, keys: own }) => own.map((key) => [key, title])));
  const stored = new Map(sections.map((section) => [section.title, section.keys]));
  const found = new Map<string, string[]>();
  const away = (key: string): boolean => (moved.get(key) ?? prefixOf(key)) !== prefixOf(key);
  // Those from elsewhere last, so that no other takes its place from them.
  for (const key of [...keys].sort((a, b) => Number(away(a)) - Number(away(b)) || byName(a, b))) {
    const id = moved.get(key) ?? prefixOf(key);
    found.set(id, [...(found.get(id) ?? []), key]);
  }
  const titles = [...stored.keys()];
  const prefixes = [...new Set([...keys].map(prefixOf))].sort((a, b) => rank(a) - rank(b) || byName(a, b));
  const all = [...new Set([...titles.filter((title) => !prefixes.includes(title)), ...prefixes])];
  return [
    ...(first.length > 0 ? [{ id: PINNED, title: titleOf(PINNED), keys: first }] : []),
    ...inOrder(all, titles)
      .map((id) => ({ id, title: titleOf(id), keys: inOrder(found.get(id) ?? [], stored.get(id) ?? []) }))
      .filter((section) => section.keys.length > 0),
  ];
}

/** The arrangement with a metric pinned, as the last one, or no longer. */
export const togglePinned = ({ pinned, sections }: Panels, key: string): Panels => ({
  pinned: pinned.includes(key) ? pinned.filter((other) => other !== key) : [...pinned, key],
  sections,
});

/** All of them: first in `order`, then each that it lacks behind the one that it follows in `all`. */
export function inOrder(all: readonly string[], order: readonly string[]): string[] {
  const known = new Set(all);
  const placed = [...new Set(order)].filter((item) => known.has(item));
  const there = new Set(placed);
  for (const [i, item] of all.entries()) {
    if (there.has(item)) continue;
    const before = all[i - 1];
    placed.splice(before === undefined ? 0 : placed.indexOf(before) + 1, 0, item);
  }
  return placed;
}

/** `layer2` before `layer10`. */
const byName = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

/** The section where a metric stands as long as nobody moves it. */
export const prefixOf = (key: string): string => {
  const slash = key.indexOf("/");
  return slash <= 0 ? BARE : key.slice(0, slash);
};

const rank = (id: string): number => (id === BARE ? 0 : id === SYSTEM ? 2 : 1);

export function titleOf(id: string): string {
  if (id === PINNED) return "Pinned";
  if (id === BARE) return "Without a prefix";
  return id === SYSTEM ? "System" : id;
}

interface MetricSearch<T extends Named> {
  readonly metrics: readonly T[];
  /** The text is not a regular expression, and so looked for as it stands. */
  readonly plain: boolean;
}

/** Metrics whose name a regular expression matches anywhere, whatever the case; all of them for an empty one. */
export function searchMetrics<T extends Named>(metrics: readonly T[], text: string): MetricSearch<T> {
  if (text === "") return { metrics, plain: false };
  try {
    const pattern = new RegExp(text, "iu");
    return { metrics: metrics.filter(({ key }) => pattern.test(key)), plain: false };
  } catch {
    const plain = text.toLowerCase();
    return { metrics: metrics.filter(({ key }) => key.toLowerCase().includes(plain)), plain: true };
  }
}

/** How many were found, once something is looked for. */
export function foundWords({ metrics, plain }: MetricSearch<Named>, total: number, text: string): string {
  if (text === "") return "";
  return `${metrics.length} of ${plural(total, "metric")}${plain ? ", taken as plain text" : ""}`;
}
