import type { CompareResponse } from "@/lib/contracts/compare";
import { formatLr, formatValue } from "@/lib/presenters/format/number";
import { type Dimension, isRate, scaled } from "./dimensions";

export interface ParallelAxis {
  readonly id: string;
  readonly label: string;
  /** Bottom up, as shares of the height. */
  readonly ticks: readonly { readonly place: number; readonly label: string }[];
}

export interface ParallelLine {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly css: string;
  /** A place on each axis; null: the run has no such value, and the line is broken. */
  readonly places: readonly (number | null)[];
}

export interface ParallelPlot {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly ParallelLine[];
  readonly omitted: string | null;
}

const MOST_AXES = 6;
const MOST_LINES = 200;

/** A line a run through what the runs differ in, ending at what is compared. Null when they differ in nothing. */
export function presentParallel(
  answer: CompareResponse,
  dimensions: readonly Dimension[],
  inks: ReadonlyMap<string, string>,
): ParallelPlot | null {
  const differing = dimensions.filter(({ id }) => id !== "steps_to_target");
  if (differing.length === 0) return null;
  const shown = [
    ...differing.slice(0, MOST_AXES - 1),
    { id: "value", label: `${answer.at} ${answer.metric}`, values: answer.runs.map(({ value }) => value) },
  ];
  const scales = shown.map(axisOf);
  const lines = answer.runs.slice(0, MOST_LINES).map((run, i) => ({
    id: run.id,
    name: run.name,
    key: run.groups[0] ?? "",
    css: inks.get(run.groups[0] ?? "") ?? "var(--muted)",
    places: scales.map(({ places }) => places[i] ?? null),
  }));
  const omitted = [
    differing.length > MOST_AXES - 1 ? `${MOST_AXES - 1} of ${differing.length} entries` : null,
    answer.runs.length > MOST_LINES ? `${MOST_LINES} of ${answer.runs.length} runs` : null,
  ].filter((part) => part !== null);
  return { axes: scales.map(({ axis }) => axis), lines, omitted: omitted.join(", ") || null };
}

function axisOf(dimension: Dimension): { axis: ParallelAxis; places: (number | null)[] } {
  const { places, log, words } = scaled(dimension);
  const known = places.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const at = (value: number) => {
    if (high === low || known.length === 0) return 0.5;
    return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  };
  const number = isRate(dimension) ? formatLr : formatValue;
  const ticks =
    words.length > 0
      ? words.slice(0, 6).map((label, i) => ({ place: at(i), label: label.slice(0, 14) }))
      : [...new Set(known.length === 0 ? [] : [low, high])].map((value) => ({
          place: at(value),
          label: number(value),
        }));
  return {
    axis: { id: dimension.id, label: log ? `${dimension.label} (log)` : dimension.label, ticks },
    places: places.map((value) => (value === null ? null : at(value))),
  };
}
