import "server-only";
import type { LrCurve, Overlay, OverlayEvent } from "@/lib/contracts/overlay";
import type { XAxis } from "@/lib/contracts/metrics";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import { auditInTime } from "../audit/audit-run";
import { type Ctx, requireScope } from "../context";
import { axisOf, NOWHERE } from "../metrics/axis";
import { readAlong } from "../metrics/read-on-clock";
import { readSeries, type SeriesBuckets, toWireSeries, type Window, type XOf } from "../metrics/read-series";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import type { RunRow } from "../runs/serialize";
import { declaredCurve } from "../schedules/declared-curve";
import { declaredSchedule } from "../schedules/declared-lr";
import { appliedChanges, effectiveAt } from "../schedules/effective-lr";
import type { DeclaredCurve } from "../schedules/rule-curve";
import { chooseMetrics } from "./choose-metrics";
import { curveSteps } from "./curve-steps";
import { driftInWindow } from "./drift-in-window";
import { lrMarks, type Marked } from "./lr-marks";
import { overlayEvents } from "./overlay-events";

export interface OverlayInput {
  run_id: string;
  metrics?: string[];
  from?: number;
  to?: number;
  buckets: number;
  x: XAxis;
}

/** All that one chart of a run needs: metrics, declared, effective and actual LR, events, and where they part. */
export async function getOverlay(ctx: Ctx, input: OverlayInput): Promise<Overlay> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, input.run_id);
  const store = storeOn(ctx.db);
  const keys = run.series.map(({ key }) => key);
  const lrKey = run.lrMetric ?? findLrKey(run.series);
  const shown = input.metrics ?? chooseMetrics(keys, lrKey);
  const rows = new Map(
    (await store.findSeries(run.id, lrKey ? [...shown, lrKey] : shown)).map((row) => [row.key, row]),
  );
  const schedule = declaredSchedule(run);
  const window = windowOf(run, schedule, input);
  const x = (await axisOf(store, run, input.x, window)) ?? NOWHERE;
  const read = await readAll(store, shown, rows, { axis: input.x, window });
  const lr = lrKey === null ? undefined : rows.get(lrKey);
  const actual = await readLogged(store, lr, window);
  const changes = schedule ? await appliedChanges(ctx.db, run.id) : [];
  const audit = await auditInTime(ctx, { run, lr, changes });
  const declared = await declaredCurve(ctx, run);
  const drawn = declared && { ...declared, at: loggedAs(declared, audit) };
  const curves = lrCurves(drawn, changes, window, { axis: input.x, xOf: x }, actual);
  return {
    run_id: run.id,
    x: input.x,
    from: window.from,
    to: window.to,
    last_step: run.lastStep,
    metrics: read.map(({ key, series }) => toWireSeries(key, series, x)),
    lr: { key: lrKey, ...curves, actual: lrKey && actual ? toWireSeries(lrKey, actual, x) : null },
    drift: driftInWindow(actual?.buckets ?? [], declared, changes, audit),
    events: await events(ctx, { run, lr, changes, audit }),
    audit,
  };
}

/** All of the run's, whatever part of it is looked at. */
async function events(ctx: Ctx, marked: Omit<Marked, "requested">): Promise<OverlayEvent[]> {
  const happened = await overlayEvents(ctx.db, marked.run);
  const requested = happened.flatMap((event) => (event.kind === "control" ? [event.step] : []));
  return [...happened, ...(await lrMarks(ctx, { ...marked, requested }))];
}

/** The window asked for, else the whole run: what was logged, and what is planned while it runs. */
function windowOf(run: RunRow, schedule: CompiledSchedule | null, input: OverlayInput): Window {
  const logged = run.lastStep ?? 0;
  const planned = run.totalSteps ?? schedule?.length ?? 0;
  const end = run.status === "running" || run.lastStep === null ? Math.max(logged, planned - 1) : logged;
  return { from: input.from ?? 0, to: Math.max(input.from ?? 0, input.to ?? end), buckets: input.buckets };
}

async function readAll(
  store: MetricStore,
  keys: readonly string[],
  rows: ReadonlyMap<string, SeriesRow>,
  { axis, window }: { axis: XAxis; window: Window },
): Promise<{ key: string; series: SeriesBuckets }[]> {
  const found: { key: string; series: SeriesBuckets }[] = [];
  for (const key of keys) {
    const row = rows.get(key);
    if (row) found.push({ key, series: await readAlong(axis, store, row, window) });
  }
  return found;
}

async function readLogged(
  store: MetricStore,
  row: SeriesRow | undefined,
  window: Window,
): Promise<SeriesBuckets | null> {
  return row ? readSeries(store, row, window) : null;
}

const NO_CURVES = { declared: null, effective: null };

/** Before the value of its own step or after it is the logger's convention, by which a rule's cut is drawn. */
const loggedAs =
  ({ at, until }: DeclaredCurve, { offset }: AuditReport): DeclaredCurve["at"] =>
  (steps) =>
    at(until === null ? steps : Array.from(steps, (step) => step + (offset ?? 0)));

function lrCurves(
  schedule: DeclaredCurve | null,
  changes: readonly LrChange[],
  asked: Window,
  { axis, xOf }: { axis: XAxis; xOf: XOf },
  actual: SeriesBuckets | null,
): { declared: LrCurve | null; effective: LrCurve | null } {
  const window = { ...asked, to: Math.min(asked.to, schedule?.until ?? asked.to) };
  if (!schedule || window.to < window.from) return NO_CURVES;
  const { steps, x } = curveSteps(schedule, changes, window, axis, xOf, actual);
  return {
    declared: curveOf(steps, x, schedule.at(steps)),
    effective: changes.length > 0 ? curveOf(steps, x, effectiveAt(schedule, changes, steps)) : null,
  };
}

/** Where a schedule has grown beyond a double there is nothing to draw. */
function curveOf(steps: readonly number[], x: LrCurve["x"], lrs: readonly Float64Array[]): LrCurve {
  const drawn = (_: unknown, i: number) => lrs.every((group) => Number.isFinite(group[i]));
  return {
    steps: steps.filter(drawn),
    x: x.filter(drawn),
    lrs: lrs.map((group) => [...group.filter(drawn)]),
  };
}
