import "server-only";
import { Mode } from "@/lib/contracts/common";
import type { PrimaryMetric, Project } from "@/lib/contracts/projects";
import type { Prisma } from "@/prisma/generated/sqlite/client";

type Row = Prisma.ProjectGetPayload<object>;

export interface ProjectFigures {
  runs: number;
  running: number;
  lastActivityAt: Date | null;
}

export function primaryMetricOf(
  row: Pick<Row, "primaryMetricKey" | "primaryMetricMode">,
): PrimaryMetric | null {
  return row.primaryMetricKey === null
    ? null
    : { key: row.primaryMetricKey, mode: Mode.parse(row.primaryMetricMode ?? "min") };
}

export const toWireProject = (row: Row, figures: ProjectFigures): Project => ({
  id: row.id,
  name: row.name,
  description: row.description,
  primary_metric: primaryMetricOf(row),
  created_at: row.createdAt.toISOString(),
  runs: figures.runs,
  running: figures.running,
  last_activity_at: figures.lastActivityAt?.toISOString() ?? null,
});
