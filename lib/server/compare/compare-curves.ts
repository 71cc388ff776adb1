import "server-only";
import type { CurveSet, CurvesBody, CurvesResponse, GroupCurve, MemberCurve } from "@/lib/contracts/compare";
import { groupCurve, type GroupPoint, type MemberPoint } from "@/lib/domain/compare/curve";
import { groupRuns, type RunFacts, type RunGroup } from "@/lib/domain/compare/grouping";
import { displayLevel } from "@/lib/domain/metrics/levels";
import { bucketIndex, meanOf } from "@/lib/domain/metrics/rollup";
import type { Ctx } from "../context";
import { readSeries, type Window } from "../metrics/read-series";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { declaredSchedule } from "../schedules/declared-lr";
import { curveOn } from "../schedules/rule-curve";
import { type LoadedRun, loadRuns, loadSeries, lrKeysOf } from "./load-runs";
import { factsOf } from "./run-facts";

interface Placed extends RunFacts {
  run: LoadedRun;
}
type Groups = readonly RunGroup<Placed>[];
/** The points of a run in fixed buckets; none: it has no such curve. */
type Reader = (run: LoadedRun) => Promise<MemberPoint[]>;

/**
 * Curves of groups over common buckets of steps. The same bucket holds the same steps in every run, so the mean over runs
 * is one over the same stretch of training.
 */
export async function compareCurves(ctx: Ctx, body: CurvesBody): Promise<CurvesResponse> {
  const { runs } = await loadRuns(ctx, body);
  const store = storeOn(ctx.db);
  const seriesOf = await loadSeries(ctx, runs, [...body.metrics, ...lrKeysOf(runs)]);
  const placed = await Promise.all(
    runs.map(async (run) => ({
      ...(await factsOf(store, run, seriesOf(run.id, run.lrKey), body.by)),
      run,
    })),
  );
  const groups = groupRuns(placed, body.by);
  const found = runs.flatMap((run) => body.metrics.flatMap((key) => seriesOf(run.id, key) ?? []));
  const last = Math.max(0, ...found.map(({ lastStep }) => lastStep));
  const [from, to] = [body.from ?? 0, Math.min(last, body.to ?? last)];
  const level = displayLevel(from, to, body.buckets);
  const window = { from, to, buckets: bucketIndex(to, level) - bucketIndex(from, level) + 1 };
  const sets: CurveSet[] = [];
  for (const metric of body.metrics) {
    const read: Reader = (run) => bucketed(store, seriesOf(run.id, metric), window, level);
    sets.push({ metric, level, ...(await curvesOf(groups, read, body.members)) });
  }
  const logging = new Set<string>();
  const readLr: Reader = async (run) => {
    const logged = await bucketed(store, seriesOf(run.id, run.lrKey), window, level);
    if (logged.length === 0) return declaredPoints(store, run, window, level);
    logging.add(run.id);
    return logged;
  };
  const lr = body.lr ? await curvesOf(groups, readLr, 0) : null;
  const isDeclared = (key: string) =>
    groups.every((group) => group.key !== key || group.runs.every(({ id }) => !logging.has(id)));
  const told = lr?.groups.map((group) => (isDeclared(group.key) ? { ...group, declared: true } : group));
  return { last_step: last, sets, lr: lr && { metric: "lr", level, ...lr, groups: told ?? [] } };
}

async function bucketed(
  store: MetricStore,
  series: SeriesRow | undefined,
  window: Window,
  level: number,
): Promise<MemberPoint[]> {
  if (!series || window.to < window.from) return [];
  const { buckets } = await readSeries(store, series, window);
  return buckets.map((bucket) => ({
    bucket: bucketIndex(bucket.firstStep, level),
    step: bucket.lastStep,
    value: meanOf(bucket),
  }));
}

/** A run that logs no LR is drawn by its word. */
async function declaredPoints(
  store: MetricStore,
  run: LoadedRun,
  { from, to }: Window,
  level: number,
): Promise<MemberPoint[]> {
  const schedule = declaredSchedule(run);
  const curve = await curveOn(store, run);
  if (!schedule || !curve) return [];
  const last = Math.min(to, curve.until ?? (run.totalSteps ?? schedule.length ?? to + 1) - 1);
  const first = bucketIndex(from, level);
  const count = Math.max(0, bucketIndex(last, level) - first + 1);
  const steps = Array.from({ length: count }, (_, i) => Math.max(from, (first + i) * 2 ** level));
  const [lrs = []] = curve.at(steps);
  return steps.map((step, i) => ({ bucket: first + i, step, value: lrs[i] ?? null }));
}

async function curvesOf(
  groups: Groups,
  read: Reader,
  most: number,
): Promise<Pick<CurveSet, "groups" | "members" | "members_total">> {
  const points = new Map<string, MemberPoint[]>();
  for (const { run } of new Set(groups.flatMap(({ runs }) => runs))) points.set(run.id, await read(run));
  const withPoints = groups.map((group) => ({
    ...group,
    runs: group.runs.filter(({ id }) => (points.get(id) ?? []).length > 0),
  }));
  const total = withPoints.reduce((sum, { runs }) => sum + runs.length, 0);
  return {
    groups: withPoints
      .filter(({ runs }) => runs.length > 0)
      .map((group) =>
        columnsOf(group, groupCurve(group.runs.map(({ id }) => ({ points: points.get(id) ?? [] })))),
      ),
    members: inTurn(withPoints, most).map(({ key, run }) => memberOf(key, run, points.get(run.id) ?? [])),
    members_total: total,
  };
}

/** The first run of each group, then the second of each, …: what is left out is left out evenly. */
function inTurn(groups: Groups, most: number): { key: string; run: LoadedRun }[] {
  const longest = Math.max(0, ...groups.map(({ runs }) => runs.length));
  const all = Array.from({ length: longest }, (_, i) =>
    groups.flatMap(({ key, runs }) => {
      const run = runs[i]?.run;
      return run ? [{ key, run }] : [];
    }),
  );
  return all.flat().slice(0, most);
}

function columnsOf(
  { key, label }: { key: string; label: string },
  points: readonly GroupPoint[],
): GroupCurve {
  const column = <K extends keyof GroupPoint>(name: K): GroupPoint[K][] => points.map((point) => point[name]);
  return {
    key,
    label,
    step: column("step"),
    n: column("n"),
    mean: column("mean"),
    median: column("median"),
    low: column("low"),
    high: column("high"),
    q1: column("q1"),
    q3: column("q3"),
  };
}

const memberOf = (key: string, run: LoadedRun, points: readonly MemberPoint[]): MemberCurve => ({
  run_id: run.id,
  name: run.name,
  key,
  step: points.map(({ step }) => step),
  value: points.map(({ value }) => value),
});
