import "server-only";
import { z } from "zod";
import type { SavedSchedule } from "@/lib/contracts/saved-schedules";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { isNative } from "@/lib/domain/schedules/declared";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { Tx } from "../db/database";
import { conflict, notFound } from "../errors";
import { parseStored } from "../stored-json";
import { checkSchedule, storedSchedule } from "./declared-lr";

/** What is read along with every row; a deleted project is no attachment. */
export const WITH_PROJECT = {
  project: { select: { id: true, name: true, deletedAt: true } },
} satisfies Prisma.SavedScheduleInclude;

export type SavedRow = Prisma.SavedScheduleGetPayload<{ include: typeof WITH_PROJECT }>;

const Tags = z.array(z.string());
export const tagsOf = ({ tags }: Pick<SavedRow, "tags">): string[] => parseStored(Tags, tags);

export const toWireSaved = (row: SavedRow): SavedSchedule => ({
  id: row.id,
  name: row.name,
  description: row.description,
  tags: tagsOf(row),
  project: row.project && !row.project.deletedAt ? { id: row.project.id, name: row.project.name } : null,
  schedule: storedSchedule(row.schedule),
  family: row.family,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

/** @throws ServiceError not_found */
export async function findSaved({ prisma }: Pick<Tx, "prisma">, id: string): Promise<SavedRow> {
  const row = await prisma.savedSchedule.findUnique({ where: { id }, include: WITH_PROJECT });
  if (!row) throw notFound(`saved schedule ${id}`);
  return row;
}

/** @throws ServiceError conflict when another one has the name */
export async function requireFreeName(
  { prisma }: Pick<Tx, "prisma">,
  name: string,
  own?: string,
): Promise<void> {
  const known = await prisma.savedSchedule.findUnique({ where: { name }, select: { id: true } });
  if (known && known.id !== own) throw conflict(`there is a schedule named ${name} already`);
}

/** Stands in for what only a run has: a schedule that is kept by itself is checked as if it had them. */
const ANY_LENGTH = { stepsPerEpoch: 100, totalSteps: 10_000 };

/** The columns of a schedule. @throws ServiceError invalid_parameters naming the argument that is wrong */
export function scheduleColumns(schedule: DeclaredSchedule): { schedule: string; family: string } {
  checkSchedule(schedule, isNative(schedule) ? {} : ANY_LENGTH);
  return { schedule: JSON.stringify(schedule), family: scheduleFamily(schedule) };
}
