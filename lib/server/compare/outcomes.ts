import "server-only";
import type { Outcome } from "@/lib/domain/compare/outcome";
import { meanOf } from "@/lib/domain/metrics/rollup";
import type { CompareBody } from "@/lib/contracts/compare";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { firstAtTarget } from "./first-at-target";
import type { LoadedRun } from "./load-runs";

type Question = Pick<CompareBody, "mode" | "at" | "target">;

/**
 * What a run reached. Last value, extremes, sum and counts of a series are kept exactly as its points come in, so no
 * point is read but those around the target.
 */
export async function outcomeOf(
  store: MetricStore,
  run: LoadedRun,
  series: SeriesRow | undefined,
  { mode, at, target }: Question,
): Promise<Outcome> {
  const identity = { id: run.id, name: run.name, project: run.project.name, seed: run.seed };
  const unfinished = run.status !== "finished";
  if (!series) return { ...identity, ...NOTHING, unfinished };
  const diverged = !Number.isFinite(series.last);
  const final = diverged ? null : series.last;
  const best = series[mode];
  const reached = target === undefined ? null : await firstAtTarget(store, series, target, mode);
  return {
    ...identity,
    value: diverged ? null : at === "final" ? final : best,
    state: diverged ? "diverged" : "measured",
    unfinished,
    last_step: series.lastStep,
    final,
    best,
    area: meanOf(series),
    steps_to_target: reached?.step ?? null,
    seconds_to_target: reached && secondsAt(run, reached.time),
    last_seconds: secondsAt(run, series.lastTime),
  };
}

const NOTHING = {
  value: null,
  state: "missing",
  last_step: null,
  final: null,
  best: null,
  area: null,
  steps_to_target: null,
  seconds_to_target: null,
  last_seconds: null,
} as const;

const secondsAt = ({ startedAt }: LoadedRun, time: number): number =>
  Math.max(0, time - startedAt.getTime() / 1000);
