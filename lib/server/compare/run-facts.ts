import "server-only";
import type { GroupBy, RunFacts } from "@/lib/domain/compare/grouping";
import type { MetricStore, SeriesRow } from "../metrics/store";
import type { LoadedRun } from "./load-runs";
import { scheduleFacts } from "./schedule-facts";

/** What groups are made by. A schedule is inferred only where the groups depend on it. */
export async function factsOf(
  store: MetricStore,
  run: LoadedRun,
  lr: SeriesRow | undefined,
  by: GroupBy,
): Promise<RunFacts> {
  const needed = run.schedule !== null || by === "schedule" || by === "family";
  return {
    id: run.id,
    name: run.name,
    project: run.project.name,
    group: run.group,
    seed: run.seed,
    tags: run.tags,
    config: run.config,
    schedule: needed ? await scheduleFacts(store, run, lr) : null,
  };
}
