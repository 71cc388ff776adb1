import type { CurveSet } from "@/lib/contracts/compare";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { formatLr, formatValue } from "@/lib/presenters/format/number";
import type { CurveStat } from "./view";

export interface Cell {
  readonly id: string;
  /** SVG path in a box of 120 × 40; empty when the group has no such metric. */
  readonly path: string;
  readonly last: string;
}

export interface Multiples {
  readonly metrics: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly label: string;
    readonly css: string;
    readonly cells: readonly Cell[];
  }[];
}

export const CELL_WIDTH = 120;
export const CELL_HEIGHT = 40;

/** A group a row, a metric a column; all cells of a column share their axes, so rows can be compared. */
export function presentMultiples(
  sets: readonly CurveSet[],
  groups: readonly { key: string; label: string }[],
  inks: ReadonlyMap<string, string>,
  stat: CurveStat,
): Multiples {
  const frames = sets.map((set) => frameOf(set, inks, stat));
  const lrKey = findLrKey(sets.map(({ metric }) => ({ key: metric })));
  return {
    metrics: sets.map(({ metric }, i) => (frames[i]?.log ? `${metric} (log)` : metric)),
    rows: groups
      .filter(({ key }) => inks.has(key))
      .map(({ key, label }) => ({
        key,
        label,
        css: inks.get(key) ?? "var(--muted)",
        cells: sets.map((set, i) => {
          const curve = set.groups.find((group) => group.key === key);
          const last = curve?.[stat].at(-1);
          return {
            id: set.metric,
            path: curve ? pathOf(curve.step, curve[stat], frames[i]) : "",
            last: (set.metric === lrKey ? formatLr : formatValue)(last),
          };
        }),
      })),
  };
}

interface Frame {
  end: number;
  low: number;
  high: number;
  /** One group that exploded would make flat lines of all the others. */
  log: boolean;
}

const DECADES = 100;

function frameOf({ groups }: CurveSet, inks: ReadonlyMap<string, string>, stat: CurveStat): Frame {
  const shown = groups.filter(({ key }) => inks.has(key));
  const values = shown.flatMap((group) => group[stat]);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const end = Math.max(1, ...shown.map(({ step }) => step.at(-1) ?? 0));
  return { end, low, high, log: low > 0 && high / low >= DECADES };
}

function pathOf(steps: readonly number[], values: readonly number[], frame: Frame | undefined): string {
  if (!frame) return "";
  const { end, low, high, log } = frame;
  const share = (value: number) =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const y = (value: number) => (high === low ? CELL_HEIGHT / 2 : CELL_HEIGHT * (1 - share(value)));
  return steps
    .map(
      (step, i) =>
        `${i === 0 ? "M" : "L"}${((step / end) * CELL_WIDTH).toFixed(1)} ${y(values[i] ?? low).toFixed(1)}`,
    )
    .join("");
}
