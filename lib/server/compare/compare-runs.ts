import "server-only";
import { toWire } from "@/lib/contracts/wire-number";
import type { CompareBody, ComparedRun, CompareResponse } from "@/lib/contracts/compare";
import { compareGroups } from "@/lib/domain/compare/compare";
import { configDifferences } from "@/lib/domain/compare/config-diff";
import { groupRuns, type RunFacts, type RunGroup } from "@/lib/domain/compare/grouping";
import type { Outcome } from "@/lib/domain/compare/outcome";
import type { Ctx } from "../context";
import { storeOn } from "../metrics/store-on";
import type { SeriesRow } from "../metrics/store";
import { type LoadedRun, loadRuns, loadSeries, lrKeysOf } from "./load-runs";
import { outcomeOf } from "./outcomes";
import { factsOf } from "./run-facts";

interface Measured extends RunFacts {
  run: LoadedRun;
  outcome: Outcome;
  series: SeriesRow | undefined;
  lr: SeriesRow | undefined;
  extra: ComparedRun["extra"];
}

/** Beyond so many entries a table of differences is not read. */
const MOST_PATHS = 100;

/** Groups the runs, compares the groups, and says what the comparison bears. */
export async function compareRuns(ctx: Ctx, body: CompareBody): Promise<CompareResponse> {
  const { runs, metrics, notes } = await loadRuns(ctx, body);
  const measured = await measure(ctx, runs, body);
  const groups = groupRuns(measured, body.by);
  const comparison = compareGroups(
    groups.map(({ runs: members, ...name }) => ({
      ...name,
      outcomes: members.map(({ outcome }) => outcome),
    })),
    {
      metric: body.metric,
      mode: body.mode,
      at: body.at,
      target: body.target ?? null,
      baseline: body.baseline ?? null,
    },
  );
  const config = configDifferences(runs.map((run) => run.config));
  if (config.length > MOST_PATHS)
    notes.push(`The first ${MOST_PATHS} of ${config.length} differing config entries are listed.`);
  const idsOf = new Map(groups.map((group) => [group.key, group.runs.map(({ id }) => id)]));
  return {
    metric: body.metric,
    mode: body.mode,
    at: body.at,
    target: body.target ?? null,
    by: body.by,
    baseline: comparison.baseline,
    verdict: comparison.verdict,
    notes: [...comparison.notes, ...notes],
    groups: comparison.groups.map((group) => ({ ...group, run_ids: idsOf.get(group.key) ?? [] })),
    pairs: comparison.pairs,
    ranking: comparison.ranking,
    runs: measured.map((one) => toWireRun(one, groups)),
    config: config.slice(0, MOST_PATHS),
    metrics,
  };
}

async function measure(ctx: Ctx, runs: readonly LoadedRun[], body: CompareBody): Promise<Measured[]> {
  const store = storeOn(ctx.db);
  const seriesOf = await loadSeries(ctx, runs, [body.metric, ...body.extra, ...lrKeysOf(runs)]);
  return Promise.all(
    runs.map(async (run) => {
      const [series, lr] = [seriesOf(run.id, body.metric), seriesOf(run.id, run.lrKey)];
      const extra = body.extra.map((key) => {
        const found = seriesOf(run.id, key);
        return [key, found ? toWire(found.last) : null] as const;
      });
      return {
        ...(await factsOf(store, run, lr, body.by)),
        run,
        series,
        lr,
        outcome: await outcomeOf(store, run, series, body),
        extra: Object.fromEntries(extra),
      };
    }),
  );
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

function toWireRun(
  { run, outcome, series, lr, extra, schedule }: Measured,
  groups: readonly RunGroup<Measured>[],
): ComparedRun {
  return {
    id: run.id,
    name: run.name,
    project: run.project,
    status: run.status,
    seed: run.seed,
    group: run.group,
    groups: groups.filter(({ runs }) => runs.some(({ id }) => id === run.id)).map(({ key }) => key),
    state: outcome.state,
    value: outcome.value,
    last: series ? toWire(series.last) : null,
    best: outcome.best,
    area: outcome.area,
    last_step: outcome.last_step,
    steps_to_target: outcome.steps_to_target,
    seconds_to_target: outcome.seconds_to_target,
    lr_peak: lr?.max ?? null,
    lr_peak_step: lr?.maxStep ?? null,
    lr_last: finite(lr?.last),
    schedule: schedule?.description ?? null,
    schedule_source: schedule?.source ?? null,
    extra,
  };
}
