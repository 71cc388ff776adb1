import { toNumber } from "@/lib/contracts/wire-number";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { RunTableRow } from "@/lib/contracts/run-rows";
import type { Read, Value } from "@/lib/domain/query/evaluate";
import { type Field, type FieldName, printField } from "@/lib/domain/query/fields";
import { secondsBetween } from "@/lib/presenters/format/duration";
import { runLiveness } from "./run-status";

/** One run in the runs table. */
export interface RunRow {
  id: string;
  href: string;
  name: string;
  /** Place in its project by creation, from 0: the colour. */
  index: number;
  run: RunTableRow;
  /** What the run holds in a field; only what the table was asked for is known of configurations and metrics. */
  read: Read;
}

export const runHref = (projectId: string, runId: string): string =>
  `/projects/${encodeURIComponent(projectId)}/runs/${encodeURIComponent(runId)}`;

/** `now` in milliseconds: durations of running jobs are as of then. */
export function presentRunRows(runs: readonly RunTableRow[], now: number): RunRow[] {
  return runs.map((run) => ({
    id: run.id,
    href: runHref(run.project.id, run.id),
    name: run.name,
    index: run.place,
    run,
    read: readerOf(run, now),
  }));
}

/** The same field objects are read of every row: each is printed once. */
const texts = new WeakMap<Field, string>();

function textOf(field: Field): string {
  const known = texts.get(field);
  if (known !== undefined) return known;
  const text = printField(field);
  texts.set(field, text);
  return text;
}

function readerOf(run: RunTableRow, now: number): Read {
  return (field) => {
    if (field.kind === "named") return NAMED[field.name](run, now);
    const value = run.values[textOf(field)] ?? null;
    return field.kind === "metric" ? metricValue(value) : value;
  };
}

/** On the wire a metric that is not finite is a word. */
const metricValue = (value: string | number | boolean | null): Value =>
  typeof value === "string" ? Number(value) : value;

const time = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

const NAMED: Readonly<Record<FieldName, (run: RunTableRow, now: number) => Value>> = {
  name: (run) => run.name,
  id: (run) => run.id,
  project: (run) => run.project.name,
  status: (run) => run.status,
  group: (run) => run.group,
  tag: (run) => run.tags,
  audit: (run) => run.audit,
  health: (run) => run.health,
  plateau: (run) => run.plateau,
  seed: (run) => run.seed,
  schedule: (run) => run.schedule_family,
  source: (run) => run.schedule_source,
  lr: (run) => (run.lr === null ? null : toNumber(run.lr)),
  step: (run) => run.last_step,
  total_steps: (run) => run.total_steps,
  created: (run) => time(run.created_at),
  started: (run) => time(run.started_at),
  ended: (run) => time(run.ended_at),
  duration: (run, now) => secondsBetween(run.started_at, run.ended_at, now),
  silent: (run, now) =>
    run.status === "running" ? secondsBetween(run.last_logged_at ?? run.started_at, null, now) : null,
  liveness: runLiveness,
  archived: (run) => run.archived_at !== null,
};

/** The field of a metric's best value, by its own direction. */
export const bestField = ({ key, mode }: PrimaryMetric): Field => ({ kind: "metric", key, stat: mode });

export const lastField = ({ key }: PrimaryMetric): Field => ({ kind: "metric", key, stat: "last" });
