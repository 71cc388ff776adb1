import type { SeriesBody } from "@/lib/contracts/metrics";

/**
 * Keys of everything that is fetched, by what makes it stale: a change of a run makes stale all that stands under
 * `["run", id]`, its project's header and curves, and `["projects"]`; `["inbox"]` when control changed. The table of
 * runs is long, so it is not refetched: its rows are replaced (`refreshRows`).
 */
export const queryKeys = {
  projects: () => ["projects"] as const,
  running: () => ["projects", "running"] as const,
  noteworthy: () => ["projects", "noteworthy"] as const,
  recent: () => ["projects", "recent"] as const,
  deleted: () => ["deleted"] as const,
  inbox: () => ["inbox"] as const,
  project: (projectId: string) => ["project", projectId, "header"] as const,
  projectBest: (projectId: string) => ["project", projectId, "best"] as const,
  projectRuns: (projectId: string) => ["project", projectId, "runs"] as const,
  /** A project's runs tables, or with null those over all projects. */
  runTables: (projectId: string | null) => ["runs", "table", projectId] as const,
  runTable: (projectId: string | null, columns: string) => ["runs", "table", projectId, columns] as const,
  runFields: (projectId: string | null) => ["runs", "fields", projectId] as const,
  views: (projectId: string | null) => ["views", projectId] as const,
  projectCurves: (projectId: string) => ["project", projectId, "series"] as const,
  projectSeries: (projectId: string, body: SeriesBody) => ["project", projectId, "series", body] as const,
  run: (runId: string) => ["run", runId] as const,
};
