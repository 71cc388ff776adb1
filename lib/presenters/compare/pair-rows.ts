import type { ComparedGroup, ComparedPair, CompareResponse } from "@/lib/contracts/compare";
import { correctedP, isShown } from "@/lib/domain/compare/shown";
import { shownP } from "@/lib/domain/compare/words";
import { formatValue, NO_VALUE } from "@/lib/presenters/format/number";

export interface PairRow {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly difference: string;
  readonly interval: string;
  readonly improvement: string;
  readonly p: string;
  readonly smallest: string;
  readonly corrected: string;
  /** `5 pairs by seed`, `5 against 5 runs`. */
  readonly how: string;
  /** The other way to look at it, where there is one. */
  readonly other: string | null;
  readonly shown: boolean;
}

const formatP = (p: number | null): string => (p === null ? NO_VALUE : shownP(p));

const signed = (value: number | null): string =>
  value === null
    ? NO_VALUE
    : formatValue(value)
        .replace(/^-/, "−")
        .replace(/^(?=\d)(?!0$)/, "+");

const rangeText = (interval: { low: number; high: number } | null): string =>
  interval === null ? "no interval" : `${signed(interval.low)} … ${signed(interval.high)}`;

/** Every pair in words and figures; the smallest corrected p first. */
export function pairRows({ pairs, groups }: CompareResponse): PairRow[] {
  const labels = new Map(groups.map(({ key, label }) => [key, label]));
  const sorted = [...pairs].sort(
    (x, y) => (correctedP(x) ?? 2) - (correctedP(y) ?? 2) || (x.p ?? 2) - (y.p ?? 2),
  );
  return sorted.map((pair) => {
    return {
      id: `${pair.a} ${pair.b}`,
      a: labels.get(pair.a) ?? "",
      b: labels.get(pair.b) ?? "",
      difference: signed(pair.difference),
      interval: rangeText(pair.interval),
      improvement:
        pair.probability_of_improvement === null
          ? NO_VALUE
          : `${Math.round(pair.probability_of_improvement * 100)} %`,
      p: formatP(pair.p),
      smallest: formatP(pair.smallest_p),
      corrected: formatP(correctedP(pair)),
      how: howOf(pair),
      other: otherOf(pair),
      shown: isShown(pair),
    };
  });
}

/** Why a corrected p can be smaller than the p beside it. */
export const pairsNote = ({ pairs }: CompareResponse): string | null =>
  pairs.length > 1 && pairs.some(({ p_joint }) => p_joint !== null)
    ? "p is of the two groups alone, as is the smallest possible. The corrected p is of one joint test of all pairs, which knows the spread of the runs of all groups; it can therefore be the smaller one."
    : null;

function howOf({ uses, n_a, n_b, paired, unpaired }: ComparedPair): string {
  if (uses === null) return `${n_a} against ${n_b}: no test`;
  const sizes = uses === "paired" ? `${paired?.pairs ?? n_a} pairs by seed` : `${n_a} against ${n_b} runs`;
  const used = uses === "paired" ? paired : unpaired;
  return [sizes, used?.on === "ranks" ? "on ranks" : null, used?.exact ? null : "drawn"]
    .filter(Boolean)
    .join(", ");
}

function otherOf({ uses, paired, unpaired, not_paired }: ComparedPair): string | null {
  if (uses === "paired" && unpaired)
    return `unpaired: ${rangeText(unpaired.interval)}, p ${formatP(unpaired.p)}`;
  if (paired)
    return `${paired.pairs} pairs by seed: ${rangeText(paired.interval)}, p ${formatP(paired.p)}, smallest ${formatP(paired.smallest_p)}`;
  return not_paired === null ? null : `not paired by seed: ${not_paired}`;
}

/** `5 runs`, with what keeps some of them out. */
export function runsText({ runs, n, diverged, missing, unfinished }: ComparedGroup): string {
  const notes = [
    diverged > 0 ? `${diverged} diverged` : null,
    missing > 0 ? `${missing} without` : null,
    unfinished > 0 ? `${unfinished} unfinished` : null,
  ].filter(Boolean);
  return notes.length === 0 ? String(n) : `${n} of ${runs} (${notes.join(", ")})`;
}
