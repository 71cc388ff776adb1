import "server-only";
import type { Ack, ControlRequest } from "@/lib/contracts/control";
import type { RunChanged } from "@/lib/contracts/events";
import type { LogMetricsBody, LogMetricsResponse } from "@/lib/contracts/metrics";
import { MAX_NEW_METRICS, MAX_VALUES } from "@/lib/contracts/metrics";
import { RunStatus } from "@/lib/contracts/runs";
import { nextGap } from "@/lib/domain/runs/liveness";
import { unitWarning } from "@/lib/domain/metrics/time-unit";
import { type Ctx, requireScope } from "../context";
import { handOver, settleControl } from "../control/attend";
import { conflict, invalid, notFound, ServiceError } from "../errors";
import { catchUpFor } from "../plateau/catch-up";
import { type Folded, foldPolicies, type SeriesChange } from "../plateau/fold-policies";
import { announceRun } from "../runs/touch";
import { withTransaction, type WriteTx } from "../transaction";
import { arrivalTime, columnsOf, type Incoming } from "./columns";
import type { MetricStore, RunHead } from "./store";
import { storeOn } from "./store-on";
import { writeSeries } from "./write-series";

type LogMetricsInput = LogMetricsBody & { run_id: string };

/**
 * Stores points, folds them into the run's plateau policies, takes the job's acknowledgements and hands it what waits
 * for it, all in one transaction: after a crash either everything of a request happened or nothing. Where the policies
 * would take long, they take the points in once these are stored, and the job is handed what waits for it then.
 */
export async function logMetrics(ctx: Ctx, input: LogMetricsInput): Promise<LogMetricsResponse> {
  requireScope(ctx, "metrics:write");
  const { behind, response } = await storeAndAnswer(ctx, input);
  if (behind === null) return response;
  const caughtUp = catchUpFor(input.run_id, ctx.signal);
  // Only who has sent much waits.
  if (behind === "before") return response;
  await caughtUp;
  const control = await handOverLater(ctx, input.run_id);
  return { ...response, control };
}

function handOverLater(ctx: Ctx, runId: string): Promise<ControlRequest[]> {
  requireScope(ctx, "metrics:write");
  return withTransaction(ctx, async (tx) => {
    const head = await storeOn(tx).runHead(runId);
    if (!head || head.openControl === 0) return [];
    const handed = await handOver(tx, head, new Date());
    if (handed.length > 0) await announceRun(tx, runId, ["control"]);
    return handed;
  });
}

async function storeAndAnswer(
  ctx: Ctx,
  input: LogMetricsInput,
): Promise<{ behind: Folded["behind"]; response: LogMetricsResponse }> {
  requireScope(ctx, "metrics:write");
  checkSize(input);
  const now = new Date();
  const columns = columnsOf(input.points, arrivalTime(now, input.points.length));
  return withTransaction(ctx, async (tx) => {
    const store = storeOn(tx);
    const head = await store.runHead(input.run_id);
    if (!head || head.deleted) throw notFound(`run ${input.run_id}`);
    const warnings = unitWarnings(input);
    const isRetry =
      input.batch_id !== undefined &&
      !(await store.claimBatch(head.id, input.batch_id, input.points.length, now));
    const takesPoints = !isRetry && columns.size > 0;
    if (takesPoints) refuseAfterEnd(head, warnings);
    const isNew = new Uint8Array(input.points.length);
    const stored = takesPoints ? await storePoints(tx, store, head, columns, isNew, now) : NOTHING_STORED;
    const control = await answerJob(tx, store, head, {
      acks: input.acks ?? [],
      changes: stored.changes,
      warnings,
      now,
    });
    if (takesPoints) announce(tx, head, stored, control);
    else if (control.moved || control.fired) await announceRun(tx, head.id, ["control"]);
    const response = {
      accepted: stored.newPoints,
      duplicates: input.points.length - stored.newPoints,
      last_step: stored.lastStep ?? head.lastStep,
      control: control.handed,
      applies: head.applying > 0,
      warnings,
    };
    return { behind: control.behind, response };
  });
}

function unitWarnings({ points }: LogMetricsBody): string[] {
  const warning = unitWarning(points.map(({ time }) => time));
  return warning === null ? [] : [warning];
}

function checkSize({ points }: LogMetricsBody): void {
  let values = 0;
  for (const [at, { metrics }] of points.entries()) {
    const count = Object.keys(metrics).length;
    if (count === 0) throw invalid(`points[${at}].metrics`, "needs at least one metric");
    values += count;
  }
  if (values <= MAX_VALUES) return;
  throw new ServiceError(
    "payload_too_large",
    `${values} values in one request; at most ${MAX_VALUES} are taken`,
  );
}

/** A run that may be resumed takes points after its end, and says so; another one is over. */
function refuseAfterEnd(head: RunHead, warnings: string[]): void {
  if (head.status === "running") return;
  if (head.resume === "never") {
    throw conflict(`run ${head.id} is ${head.status}; create it with resume "allow" to log on`);
  }
  warnings.push(`run ${head.id} is ${head.status}; the points were stored all the same`);
}

interface Stored {
  /** How many points brought a value that was not there. */
  newPoints: number;
  lastStep: number | null;
  changes: SeriesChange[];
}

const NOTHING_STORED: Stored = { newPoints: 0, lastStep: null, changes: [] };

async function storePoints(
  tx: WriteTx,
  store: MetricStore,
  head: RunHead,
  columns: ReadonlyMap<string, Incoming[]>,
  /** One for each point of the request, to be marked. */
  isNew: Uint8Array,
  now: Date,
): Promise<Stored> {
  const series = new Map((await store.findSeries(head.id, [...columns.keys()])).map((row) => [row.key, row]));
  checkNewMetrics(columns.size - series.size);
  const changes: SeriesChange[] = [];
  let lastStep = head.lastStep ?? 0;
  let firstTime = now.getTime() / 1000;
  for (const [key, rows] of columns) {
    const written = await writeSeries(store, head.id, key, series.get(key), rows);
    for (const { point } of written.stored) isNew[point] = 1;
    if (written.stored.length > 0)
      changes.push({ key, added: written.latest, appended: written.appended, count: written.count });
    for (const { step, time } of rows) {
      if (step > lastStep) lastStep = step;
      if (time < firstTime) firstTime = time;
    }
  }
  await store.touchRun(head.id, { lastStep, firstTime, gap: gapOf(head, now), now, seq: tx.seq });
  const newPoints = isNew.reduce((sum, mark) => sum + mark, 0);
  return { newPoints, lastStep, changes };
}

function checkNewMetrics(count: number): void {
  if (count <= MAX_NEW_METRICS) return;
  const reason = `${count} metrics that the run does not have yet in one request; at most ${MAX_NEW_METRICS} are taken: send them in several requests, or take numbers out of the names`;
  throw invalid("points", reason);
}

/** How the run's rhythm is after this call. */
const gapOf = ({ lastLogged, logGap }: RunHead, now: Date): number | null =>
  lastLogged === null ? null : nextGap(logGap, now.getTime() / 1000 - lastLogged);

interface Answer {
  handed: ControlRequest[];
  moved: boolean;
  /** A policy fired, or changed what it recommends. */
  fired: boolean;
  behind: Folded["behind"];
}

const NOTHING_FOLDED: Folded = { acted: false, behind: null };

/**
 * What the job did comes first, then what the policies make of what it logged, then what waits for it. Most requests of
 * most runs have nothing to do here; then no query is spent on it.
 */
async function answerJob(
  tx: WriteTx,
  store: MetricStore,
  head: RunHead,
  visit: { acks: readonly Ack[]; changes: SeriesChange[]; warnings: string[]; now: Date },
): Promise<Answer> {
  const { acks, changes, now } = visit;
  const open = acks.length > 0 || head.openControl > 0;
  const settled = open && (await settleControl(tx, head, visit));
  const folds = head.policies > 0 && (acks.length > 0 || changes.length > 0);
  const { acted: fired, behind } = folds ? await foldPolicies(tx, store, head, changes, now) : NOTHING_FOLDED;
  const handed = open || fired ? await handOver(tx, head, now) : [];
  return { handed, moved: settled || handed.length > 0, fired, behind };
}

function announce(tx: WriteTx, head: RunHead, stored: Stored, { moved, fired }: Answer): void {
  const what: RunChanged["what"] = [];
  if (stored.newPoints > 0) what.push("metrics");
  if (fired) what.push("plateau");
  if (fired || moved) what.push("control");
  tx.changes.push({
    run_id: head.id,
    project_id: head.projectId,
    status: RunStatus.parse(head.status),
    last_step: stored.lastStep ?? head.lastStep,
    what,
    seq: tx.seq,
  });
}
