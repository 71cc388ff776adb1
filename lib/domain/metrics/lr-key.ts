import { type LrName, readLrName } from "./lr-name";

/** A metric by its name, with the range of its finite values where that is known. */
export interface NamedRange {
  key: string;
  min?: number | null;
  max?: number | null;
}

/** No optimizer trains with an LR above this. */
const HIGHEST_LR = 100;

type Look = "moves" | "constant" | "unknown" | "implausible";
const LOOKS: readonly Look[] = ["moves", "constant", "unknown", "implausible"];

interface Candidate {
  key: string;
  name: LrName;
  look: number;
}

/**
 * The metric that holds the actual LR of the first param group, or null. Names propose; where several do, the values
 * decide, so that an LR that moves comes before one that stays and before what no LR can be. The param groups of one
 * optimizer count as one.
 */
export function findLrKey(metrics: readonly NamedRange[]): string | null {
  const found = metrics.flatMap((metric): Candidate[] => {
    const name = readLrName(metric.key);
    return name ? [{ key: metric.key, name, look: LOOKS.indexOf(lookOf(metric)) }] : [];
  });
  const best = new Map<string, number>();
  for (const { name, look } of found) best.set(name.family, Math.min(look, best.get(name.family) ?? look));
  const looks = (one: Candidate) => best.get(one.name.family) ?? one.look;
  const [first] = found.sort(
    (a, b) =>
      looks(a) - looks(b) ||
      a.name.rank - b.name.rank ||
      (a.name.group ?? -1) - (b.name.group ?? -1) ||
      a.key.length - b.key.length ||
      (a.key < b.key ? -1 : 1),
  );
  return first?.key ?? null;
}

function lookOf({ min = null, max = null }: NamedRange): Look {
  if (min === null || max === null) return "unknown";
  if (min < 0 || max > HIGHEST_LR) return "implausible";
  return min < max ? "moves" : "constant";
}
