import "server-only";
import type { Overlay, OverlayEvent } from "@/lib/contracts/overlay";
import type { XAxis } from "@/lib/contracts/metrics";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import { auditInTime } from "../audit/audit-run";
import { type Ctx, requireScope } from "../context";
import { axisOf, NOWHERE } from "../metrics/axis";
import { isClock, readAlong } from "../metrics/read-on-clock";
import { readSeries, type SeriesBuckets, toWireSeries, type Window } from "../metrics/read-series";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import type { RunRow } from "../runs/serialize";
import { followedRuleOf } from "../schedules/followed-rule";
import { declaredSchedule } from "../schedules/declared-lr";
import { appliedChanges } from "../schedules/effective-lr";
import { runTask } from "../work/run-task";
import { chooseMetrics } from "./choose-metrics";
import { lrMarks, type Marked } from "./lr-marks";
import { overlayEvents } from "./overlay-events";
import type { LoggedLr } from "./logged-lr";
import type { ScheduledLr, ScheduledLrInput } from "./scheduled-lr";

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
  const lr = rows.get(lrKey ?? "");
  const actual = await readLogged(store, lr, window);
  const drawn = await readDrawn(store, lr, { axis: input.x, window }, actual);
  const changes = schedule ? await appliedChanges(ctx.db, run.id) : [];
  const audit = await auditInTime(ctx, { run, lr, changes });
  const logged = actual?.buckets.map((bucket) => ({
    step: bucket.lastStep,
    last: bucket.last,
    x: x(bucket),
  }));
  const { drift, ...curves } = await scheduled(ctx, run, { changes, window, axis: input.x, logged, audit });
  return {
    run_id: run.id,
    x: input.x,
    from: window.from,
    to: window.to,
    last_step: run.lastStep,
    metrics: read.map(({ key, series }) => toWireSeries(key, series, x)),
    lr: { key: lrKey, ...curves, actual: lrKey && drawn ? toWireSeries(lrKey, drawn, x) : null },
    drift,
    events: await events(ctx, { run, lr, changes, audit }),
    audit,
  };
}

/** A schedule may have to be followed to the steps shown, or have thousands of parts. */
async function scheduled(
  ctx: Ctx,
  run: RunRow,
  {
    logged = [],
    ...shown
  }: Pick<ScheduledLrInput, "changes" | "window" | "axis" | "audit"> & {
    logged: LoggedLr[] | undefined;
  },
): Promise<ScheduledLr> {
  const { schedule, stepsPerEpoch, totalSteps } = run;
  if (schedule === null) return { declared: null, effective: null, drift: [] };
  const rule = await followedRuleOf(ctx, run);
  const input = { schedule, stepsPerEpoch, totalSteps, rule, logged, ...shown };
  return runTask("scheduledLr", input, { signal: ctx.signal });
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
  const planned = Math.ceil(run.totalSteps ?? schedule?.length ?? 0);
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

/** By step the schedule is held against the latest value of each; on the clock all of them are drawn. */
async function readDrawn(
  store: MetricStore,
  row: SeriesRow | undefined,
  { axis, window }: { axis: XAxis; window: Window },
  byStep: SeriesBuckets | null,
): Promise<SeriesBuckets | null> {
  return row && isClock(axis) ? readAlong(axis, store, row, window) : byStep;
}
