import type { PolicyBacktest } from "@/lib/contracts/backtest";
import type { SeriesResponse } from "@/lib/contracts/metrics";
import type { ChartModel, ChartRule } from "@/lib/presenters/charts/chart-model";
import { QUIET_INK, solid } from "@/lib/presenters/charts/inks";
import { presentRunsChart } from "@/lib/presenters/charts/runs-chart";
import { formatInteger } from "@/lib/presenters/format/number";
import { candidateCss } from "./candidates";

export interface Tried {
  readonly letter: string;
  readonly result: PolicyBacktest;
}

interface Input {
  readonly series: SeriesResponse["series"];
  readonly run: { readonly id: string; readonly name: string };
  readonly metric: string;
  /** Those that watch this metric. */
  readonly tried: readonly Tried[];
}

/** More rules than this would hide the curve; the table has them all. */
const MAX_RULES = 40;
/** Labels nearer than this share of the width would overlap. */
const APART = 0.03;

/** The metric with a line where each policy would have fired, and one where the curve stalled, as far as can be told. */
export function presentBacktestChart({ series, run, metric, tried }: Input): ChartModel {
  const base = presentRunsChart({
    series,
    runs: [{ id: run.id, name: metric, css: "var(--muted)" }],
    metric,
  });
  if (base.state === "empty") return base;
  const span = base.x.max - base.x.min || 1;
  const rules = tried.flatMap((one, lane) => firingRules(one, lane + 1, span));
  const stall = tried.find(({ result }) => result.stall !== null)?.result.stall;
  const stallRule: ChartRule[] = stall
    ? [
        {
          id: "stall",
          x: stall.step,
          label: "stalled here (estimate)",
          ink: QUIET_INK,
          dash: [2, 3],
          lane: 0,
          ...anchor(stall.step, base.x),
        },
      ]
    : [];
  const placed = rules.map((rule) => ({ ...rule, ...anchor(rule.x, base.x) }));
  return {
    ...base,
    title: `${metric} with the firings of each policy`,
    summary: [base.summary, ...tried.map(sentence)].join(" "),
    rules: [...stallRule, ...placed],
  };
}

function firingRules({ letter, result }: Tried, lane: number, span: number): Omit<ChartRule, "anchor">[] {
  let labelled = -Infinity;
  return result.firings.slice(0, MAX_RULES).map(({ step }) => {
    const isApart = step - labelled >= APART * span;
    if (isApart) labelled = step;
    const label = isApart ? letter : "";
    return { id: `${letter}-${step}`, x: step, label, ink: solid(candidateCss(letter)), dash: [], lane };
  });
}

const anchor = (x: number, axis: { min: number; max: number }): { anchor: "start" | "end" } => ({
  anchor: (x - axis.min) / (axis.max - axis.min || 1) > 0.75 ? "end" : "start",
});

function sentence({ letter, result }: Tried): string {
  const steps = result.firings.slice(0, 5).map(({ step }) => formatInteger(step));
  if (steps.length === 0) return `${letter} never fired.`;
  const more = result.count > steps.length ? " and later" : "";
  return `${letter} fired at step ${steps.join(", ")}${more}.`;
}
