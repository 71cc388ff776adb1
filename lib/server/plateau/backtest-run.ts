import "server-only";
import { setImmediate } from "node:timers/promises";
import {
  BACKTEST_LIMITS,
  type BacktestRunRequest,
  type BacktestRunResult,
  type PolicyBacktest,
} from "@/lib/contracts/backtest";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { advance, type Backtest, startBacktest, summarise } from "@/lib/domain/plateau/backtest";
import { withSetting } from "@/lib/domain/plateau/backtest-sweep";
import { checkCost } from "@/lib/domain/plateau/check-cost";
import { describePolicy } from "@/lib/domain/plateau/describe-policy";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import type { NormalPolicy } from "@/lib/domain/plateau/plateau-policy";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import { type Ctx, requireScope } from "../context";
import { invalid } from "../errors";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import { observationPages } from "./observation-pages";
import { type ReadCurve, readCurve } from "./read-curve";

/** A policy of the request on its metric, and its variants, which go through the same pages. */
interface Plan {
  metric: string;
  policy: NormalPolicy;
  variants: NormalPolicy[];
}

/**
 * When policies would have fired on what a run logged. Reads the observations in pages and writes nothing.
 * @throws ServiceError invalid_parameters for a policy that cannot be used, a metric the run does not have, and for more
 * observations or work than `BACKTEST_LIMITS`
 */
export async function backtestRun(
  ctx: Ctx,
  runId: string,
  body: BacktestRunRequest,
): Promise<BacktestRunResult> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const store = storeOn(ctx.db);
  const plans = body.policies.map((declared, i) => planOf(declared, i, body.sweep));
  if (body.sweep && !plans[body.sweep.policy]) throw invalid("sweep.policy", "there is no such policy");
  const series = await store.findSeries(run.id, [...new Set(plans.map(({ metric }) => metric))]);
  const rows = plans.map(({ metric }, i) => rowOf(series, metric, i));
  checkBounds(plans, rows);
  const lrKey = run.lrMetric ?? findLrKey(run.series);
  const baseLr = lrKey === null ? null : await firstValue(store, run.id, lrKey);

  const policies: PolicyBacktest[] = [];
  let sweep: BacktestRunResult["sweep"] = null;
  for (const [i, plan] of plans.entries()) {
    const row = rows[i];
    if (!row) continue;
    const curve = await readCurve(store, row, plan.policy.spec.mode);
    const [own, ...variants] = await runAll(store, row, plan, baseLr ?? 1);
    if (own) policies.push(toWire(plan, own, curve));
    if (body.sweep?.policy !== i) continue;
    const { policy, patience, threshold } = body.sweep;
    const cells = patience.map((_, p) =>
      threshold.map((__, t) => summarise(variants[p * threshold.length + t]?.fired ?? [], curve.stall)),
    );
    sweep = { policy, patience, threshold, cells };
  }
  return { base_lr: baseLr, policies, sweep };
}

function planOf(
  declared: BacktestRunRequest["policies"][number],
  i: number,
  sweep: BacktestRunRequest["sweep"],
): Plan {
  const policy = inField(`policies[${i}]`, () => startable(normalisePolicy(declared)));
  const { patience, threshold } = sweep?.policy === i ? sweep : { patience: [], threshold: [] };
  const variants = patience.flatMap((p) =>
    threshold.map((t) =>
      inField("sweep", () => ({ ...policy, spec: withSetting(policy.spec, { patience: p, threshold: t }) })),
    ),
  );
  return { metric: declared.metric, policy, variants };
}

/** Rates and floors that do not fit show only when the rule starts. @throws PolicyError */
function startable(policy: NormalPolicy): NormalPolicy {
  startBacktest(policy, 1);
  return policy;
}

function inField<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PolicyError) throw invalid(`${field}.${error.path}`, error.message);
    throw error;
  }
}

function rowOf(series: readonly SeriesRow[], metric: string, i: number): SeriesRow {
  const row = series.find(({ key }) => key === metric);
  if (!row) throw invalid(`policies[${i}].metric`, `the run has logged no ${metric}`);
  return row;
}

function checkBounds(plans: readonly Plan[], rows: readonly SeriesRow[]): void {
  const { observations, work } = BACKTEST_LIMITS;
  const largest = Math.max(...rows.map((row) => row.observations));
  if (largest > observations) {
    throw invalid(
      "policies",
      `the metric has ${largest} observations; a backtest takes at most ${observations}`,
    );
  }
  const asked = plans.reduce(
    (sum, { policy, variants }, i) =>
      sum + (1 + variants.length) * checkCost(policy.spec, 1) * (rows[i]?.observations ?? 0),
    0,
  );
  if (asked > work) {
    const reason = `${asked} checks over all policies and settings, each by its window, are more than ${work}: ask for fewer settings or shorter windows`;
    throw invalid(plans.some(({ variants }) => variants.length > 0) ? "sweep" : "policies", reason);
  }
}

async function firstValue(store: MetricStore, runId: string, key: string): Promise<number | null> {
  const [row] = await store.findSeries(runId, [key]);
  if (!row) return null;
  const first = (await store.observations(row.id, row.firstStep, row.firstStep)).at(-1)?.value;
  return first !== undefined && Number.isFinite(first) ? first : null;
}

async function runAll(store: MetricStore, row: SeriesRow, plan: Plan, baseLr: number): Promise<Backtest[]> {
  let running = [plan.policy, ...plan.variants].map((policy) => startBacktest(policy, baseLr));
  for await (const page of observationPages(store, row)) {
    const next: Backtest[] = [];
    for (const backtest of running) {
      next.push(advance(backtest, plan.metric, page));
      // A page of one rule takes milliseconds; others may have their turn in between.
      await setImmediate();
    }
    running = next;
  }
  return running;
}

function toWire(
  { metric, policy }: Plan,
  { fired, firings }: Backtest,
  { checks, stall }: ReadCurve,
): PolicyBacktest {
  return {
    ...summarise(fired, stall),
    metric,
    description: describePolicy(metric, policy.spec),
    checks,
    stall,
    firings: [...firings],
  };
}
