import type { SeriesBody, SeriesResponse, XAxis } from "@/lib/contracts/metrics";
import type { StepWindow } from "./zoom";

/** Runs that are drawn as one: their mean with its interval. */
export interface RunsGroup {
  readonly key: string;
  readonly label: string;
  readonly css: string;
  /** Ids of its runs, as far as they are drawn. */
  readonly runs: readonly string[];
  /** How many it has. */
  readonly total: number;
}

/** What a chart of several runs is made of, however it is looked at. */
export interface RunsChartData {
  readonly series: SeriesResponse["series"];
  /** In the order of the legend; runs that the series lack are left out. */
  readonly runs: readonly { readonly id: string; readonly name: string; readonly css: string }[];
  /** Draws the mean of each group with its interval, and the runs faint behind it. */
  readonly groups?: readonly RunsGroup[] | null;
  readonly metric: string;
  readonly x?: XAxis;
  readonly smoothing?: number;
  /** When `series` is a part of the runs: its steps, and the whole runs on the same x, for where the lines go on. */
  readonly part?: { readonly steps: StepWindow; readonly whole: SeriesResponse["series"] } | null;
  /** A learning rate is written and anchored like one. */
  readonly kind?: "value" | "lr";
  /** `series` is of another choice of runs; this one's are on their way. */
  readonly loading?: boolean;
  /** How many runs the reader asked for, when `runs` is a part of them. */
  readonly total?: number;
}

/** A mean is drawn only smoothed or of a group. Until it has come, the last values stand for it. */
export const figuresFor = (smoothing: number, groups: unknown): SeriesBody["figures"] =>
  smoothing > 0 || groups ? undefined : ["min", "max", "count", "nonfinite"];
