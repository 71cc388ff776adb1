import "server-only";
import type { ScheduleFacts } from "@/lib/domain/compare/grouping";
import { canonical } from "@/lib/domain/compare/grouping";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import { readSeries } from "../metrics/read-series";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { storedSchedule } from "../schedules/declared-lr";
import type { LoadedRun } from "./load-runs";

/** What a run declares; else what its logged LR shows; null when it shows nothing. */
export async function scheduleFacts(
  store: MetricStore,
  run: LoadedRun,
  lr: SeriesRow | undefined,
): Promise<ScheduleFacts | null> {
  if (run.schedule !== null) return factsOf(storedSchedule(run.schedule), "declared");
  if (run.inferred !== null) return factsOf(storedSchedule(run.inferred), "inferred");
  return lr ? inferred(store, run, lr) : null;
}

/** A declared schedule is told by its own text; an inferred one by its words, since its digits differ from seed to seed. */
function factsOf(schedule: DeclaredSchedule, source: ScheduleFacts["source"]): ScheduleFacts {
  const description = describeSchedule(schedule);
  return {
    identity: source === "declared" ? canonical(schedule) : `inferred ${description}`,
    family: scheduleFamily(schedule),
    description,
    source,
  };
}

/** Enough to tell a family and three digits of its parameters; a schedule is smooth, or flat between its steps. */
const BUCKETS = 500;
const LEAST_POINTS = 3;
const KEPT = 2000;

const known = new Map<string, ScheduleFacts | null>();

/** Inference takes some milliseconds a run, so the answer is kept until the run logs another LR. */
async function inferred(store: MetricStore, run: LoadedRun, lr: SeriesRow): Promise<ScheduleFacts | null> {
  const stamp = `${run.id} ${lr.id} ${lr.observations} ${run.stepsPerEpoch}`;
  const kept = known.get(stamp);
  if (kept !== undefined) return kept;
  const facts = await infer(store, run, lr);
  const oldest = known.keys().next().value;
  if (known.size >= KEPT && oldest !== undefined) known.delete(oldest);
  known.set(stamp, facts);
  return facts;
}

async function infer(store: MetricStore, run: LoadedRun, lr: SeriesRow): Promise<ScheduleFacts | null> {
  const { buckets } = await readSeries(store, lr, { from: 0, to: lr.lastStep, buckets: BUCKETS });
  const log = buckets.filter(({ last }) => Number.isFinite(last) && last >= 0);
  if (log.length < LEAST_POINTS) return null;
  const { schedule } = inferSchedule(
    log.map(({ lastStep }) => lastStep),
    log.map(({ last }) => last),
    { stepsPerEpoch: run.stepsPerEpoch },
  );
  return schedule && factsOf(schedule, "inferred");
}
