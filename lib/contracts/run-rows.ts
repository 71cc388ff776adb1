import type { Cell, RunTable } from "./runs";

type Columns = RunTable["columns"];
type One<K extends keyof Columns> = Columns[K][number];

/** One run of a `RunTable`, taken out of its columns. */
export type RunTableRow = { [K in Exclude<keyof Columns, "project" | "schedule">]: One<K> } & {
  project: RunTable["projects"][number];
  schedule: RunTable["schedules"][number] | null;
  /** The fields that were asked for, by their text. */
  values: Readonly<Record<string, Cell>>;
};

/** The table's rows, newest first. */
export function rowsOfTable({ columns, values, projects, schedules }: RunTable): RunTableRow[] {
  const asked = Object.entries(values);
  const at = <K extends keyof Columns>(key: K, i: number, otherwise: One<K>): One<K> =>
    columns[key][i] ?? otherwise;
  return columns.id.flatMap((id, i): RunTableRow[] => {
    const project = projects[columns.project[i] ?? -1];
    if (!project) return [];
    return [
      {
        id,
        project,
        place: at("place", i, 0),
        name: at("name", i, ""),
        status: at("status", i, "running"),
        group: at("group", i, null),
        seed: at("seed", i, null),
        tags: at("tags", i, []),
        schedule: schedules[columns.schedule[i] ?? -1] ?? null,
        schedule_family: at("schedule_family", i, null),
        schedule_source: at("schedule_source", i, null),
        audit: at("audit", i, null),
        figure: at("figure", i, null),
        health: at("health", i, null),
        plateau: at("plateau", i, null),
        lr_metric: at("lr_metric", i, null),
        lr: at("lr", i, null),
        total_steps: at("total_steps", i, null),
        last_step: at("last_step", i, null),
        created_at: at("created_at", i, ""),
        started_at: at("started_at", i, ""),
        ended_at: at("ended_at", i, null),
        last_logged_at: at("last_logged_at", i, null),
        log_gap: at("log_gap", i, null),
        archived_at: at("archived_at", i, null),
        values: Object.fromEntries(asked.map(([name, cells]) => [name, cells[i] ?? null])),
      },
    ];
  });
}
