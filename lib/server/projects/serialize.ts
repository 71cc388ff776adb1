import "server-only";
import { z } from "zod";
import { Mode } from "@/lib/contracts/common";
import { PlateauPolicy } from "@/lib/contracts/plateau";
import { Panels, type PrimaryMetric, type Project } from "@/lib/contracts/projects";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { parseStored } from "../stored-json";

export type ProjectRow = Prisma.ProjectGetPayload<object>;

export interface ProjectFigures {
  runs: number;
  running: number;
  silent: number;
  drift: number;
  lastActivityAt: Date | null;
}

export function primaryMetricOf(
  row: Pick<ProjectRow, "primaryMetricKey" | "primaryMetricMode">,
): PrimaryMetric | null {
  return row.primaryMetricKey === null
    ? null
    : { key: row.primaryMetricKey, mode: Mode.parse(row.primaryMetricMode ?? "min") };
}

/** The policies that a run of the project starts with when it names none. */
export const storedPolicies = (text: string): PlateauPolicy[] => parseStored(z.array(PlateauPolicy), text);

export const toWireProject = (row: ProjectRow, figures: ProjectFigures): Project => ({
  id: row.id,
  name: row.name,
  description: row.description,
  primary_metric: primaryMetricOf(row),
  plateau: storedPolicies(row.plateau),
  panels: parseStored(Panels, row.panels),
  created_at: row.createdAt.toISOString(),
  runs: figures.runs,
  running: figures.running,
  silent: figures.silent,
  drift: figures.drift,
  last_activity_at: figures.lastActivityAt?.toISOString() ?? null,
});
