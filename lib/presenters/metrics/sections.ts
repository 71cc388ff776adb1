import type { MetricSummary } from "@/lib/contracts/metrics";

export interface MetricSection {
  /** Stands for the section in the list of closed ones. */
  readonly id: string;
  readonly title: string;
  /** Keys in the order of their charts. */
  readonly keys: readonly string[];
}

const PINNED = "pinned";
const BARE = "bare";
const SYSTEM = "system";

/**
 * Metrics by what stands before the first slash of their name: pinned ones first and only there, those without a slash
 * next, the machine's own (`system/…`) last. Sections and their charts come in the order of their names.
 */
export function metricSections(
  metrics: readonly Pick<MetricSummary, "key">[],
  pinned: readonly string[],
): MetricSection[] {
  const keys = metrics.map(({ key }) => key);
  const first = pinned.filter((key) => keys.includes(key));
  const byPrefix = new Map<string, string[]>();
  for (const key of keys.filter((key) => !first.includes(key)).sort(byName)) {
    const id = idOf(key);
    byPrefix.set(id, [...(byPrefix.get(id) ?? []), key]);
  }
  const rest = [...byPrefix].sort(([a], [b]) => rank(a) - rank(b) || byName(a, b));
  return [
    ...(first.length > 0 ? [{ id: PINNED, title: "Pinned", keys: first }] : []),
    ...rest.map(([id, own]) => ({ id, title: titleOf(id), keys: own })),
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

export interface MetricSearch {
  readonly metrics: readonly MetricSummary[];
  /** Why the text is not a regular expression; it is then looked for as it stands. */
  readonly note: string | null;
}

/** Metrics whose name a regular expression matches anywhere, whatever the case; all of them for an empty one. */
export function searchMetrics(metrics: readonly MetricSummary[], text: string): MetricSearch {
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

/** The list with a key taken out, or put at its end. */
export const togglePinned = (pinned: readonly string[], key: string): string[] =>
  pinned.includes(key) ? pinned.filter((other) => other !== key) : [...pinned, key];
