import "server-only";
import type { SavedSchedule, SaveScheduleBody, UpdateSavedBody } from "@/lib/contracts/saved-schedules";
import { type Ctx, requireScope } from "../context";
import { newId } from "../ids";
import { withTransaction } from "../transaction";
import { findProject } from "../projects/get-project";
import { findSaved, requireFreeName, scheduleColumns, toWireSaved, WITH_PROJECT } from "./saved-row";

/** @throws ServiceError not_found for an unknown project, conflict for a name that is taken, invalid_parameters for a schedule that is none */
export async function saveSchedule(ctx: Ctx, body: SaveScheduleBody): Promise<SavedSchedule> {
  requireScope(ctx, "projects:write");
  const { name, description = "", tags = [], project = null, schedule } = body;
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
        projectId: project === null ? null : (await findProject(tx, project)).id,
        ...columns,
        createdAt: now,
        updatedAt: now,
      },
      include: WITH_PROJECT,
    });
    return toWireSaved(row);
  });
}

/** What is absent stays. */
export async function updateSaved(ctx: Ctx, id: string, body: UpdateSavedBody): Promise<SavedSchedule> {
  requireScope(ctx, "projects:write");
  const { name, description, tags, project, schedule } = body;
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
        projectId: project ? (await findProject(tx, project)).id : project,
        ...columns,
        updatedAt: new Date(),
      },
      include: WITH_PROJECT,
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
