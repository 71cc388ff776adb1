import "server-only";
import type { SavedSchedule, SaveScheduleBody, UpdateSavedBody } from "@/lib/contracts/saved-schedules";
import { type Ctx, requireScope } from "../context";
import { newId } from "../ids";
import { withTransaction } from "../transaction";
import { findSaved, requireFreeName, scheduleColumns, toWireSaved } from "./saved-row";

/** @throws ServiceError conflict for a name that is taken, invalid_parameters for a schedule that is none */
export async function saveSchedule(ctx: Ctx, body: SaveScheduleBody): Promise<SavedSchedule> {
  requireScope(ctx, "projects:write");
  const { name, description = "", tags = [], schedule } = body;
  const columns = scheduleColumns(schedule);
  return withTransaction(ctx, async (tx) => {
    await requireFreeName(tx, name);
    const now = new Date();
    const row = await tx.prisma.savedSchedule.create({
      data: {
        id: newId(),
        name,
        description,
        tags: JSON.stringify([...new Set(tags)]),
        ...columns,
        createdAt: now,
        updatedAt: now,
      },
    });
    return toWireSaved(row);
  });
}

/** What is absent stays. */
export async function updateSaved(ctx: Ctx, id: string, body: UpdateSavedBody): Promise<SavedSchedule> {
  requireScope(ctx, "projects:write");
  const { name, description, tags, schedule } = body;
  const columns = schedule ? scheduleColumns(schedule) : {};
  return withTransaction(ctx, async (tx) => {
    await findSaved(tx, id);
    if (name !== undefined) await requireFreeName(tx, name, id);
    const row = await tx.prisma.savedSchedule.update({
      where: { id },
      data: {
        name,
        description,
        tags: tags && JSON.stringify([...new Set(tags)]),
        ...columns,
        updatedAt: new Date(),
      },
    });
    return toWireSaved(row);
  });
}

export async function deleteSaved(ctx: Ctx, id: string): Promise<null> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async (tx) => {
    await findSaved(tx, id);
    await tx.prisma.savedSchedule.delete({ where: { id } });
    return null;
  });
}
