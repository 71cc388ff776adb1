import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import type { WireNumber } from "@/lib/contracts/common";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { own } from "@/lib/domain/own";

const HIGHER_IS_BETTER = /acc|f1|auc|bleu|rouge|reward|score|precision|recall|map|iou|r2/i;
const HELD_OUT = /^(val|valid|validation|eval|test|dev)([/_.-]|$)/i;

/** Whether a metric of this name is meant to go up, when nobody said so. */
export function guessMode(key: string): "min" | "max" {
  return HIGHER_IS_BETTER.test(key) && !/loss|error/i.test(key) ? "max" : "min";
}

/** All metric keys of the runs, the ones that most runs have first, then by name. */
export function metricKeys(runs: readonly Pick<Run, "summary">[]): string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const key of Object.keys(run.summary)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
}

/** The declared primary metric; else a loss on held-out data; else any loss; else what most runs have. */
export function choosePrimary(
  declared: PrimaryMetric | null,
  runs: readonly Pick<Run, "summary">[],
): PrimaryMetric | null {
  return choosePrimaryKey(declared, metricKeys(runs));
}

/** Without those that only a few of the runs have: a page that begins with one of them would look empty. */
export function commonKeys(metrics: readonly { key: string; runs: number }[]): string[] {
  const most = Math.max(0, ...metrics.map(({ runs }) => runs));
  return metrics.filter(({ runs }) => runs * FEW >= most).map(({ key }) => key);
}

/** A quarter of the runs that log anything is not few: those that crashed early have no value on held-out data. */
const FEW = 4;

/** The same of metric keys, those that most runs have first. */
export function choosePrimaryKey(
  declared: PrimaryMetric | null,
  keys: readonly string[],
): PrimaryMetric | null {
  if (declared) return declared;
  const key =
    keys.find((name) => HELD_OUT.test(name) && /loss/i.test(name)) ??
    keys.find((name) => /loss/i.test(name)) ??
    keys[0];
  return key === undefined ? null : { key, mode: guessMode(key) };
}

/** The best value so far, by the metric's own direction. */
export function bestOf(value: Run["summary"][string] | undefined, mode: "min" | "max"): number | null {
  return value ? value[mode] : null;
}

/** The metric that holds the LR: the declared one, else the one that the names and values point at. */
export function lrKeyOf(run: Pick<Run, "summary" | "lr_metric">): string | null {
  return run.lr_metric ?? findLrKey(Object.entries(run.summary).map(([key, range]) => ({ key, ...range })));
}

/** The LR that the optimizer reported last. */
export function lastLr(run: Pick<Run, "summary" | "lr_metric">): WireNumber | null {
  const key = lrKeyOf(run);
  return key === null ? null : (own(run.summary, key)?.last ?? null);
}
