import "server-only";
import type { SaveViewBody, UpdateViewBody, View } from "@/lib/contracts/views";
import { type Ctx, requireScope } from "../context";
import { conflict, notFound } from "../errors";
import { newId } from "../ids";
import { findProject } from "../projects/get-project";
import { withTransaction, type WriteTx } from "../transaction";
import { toWireView, WITH_PROJECT } from "./serialize";

/** @throws ServiceError not_found for an unknown project, conflict for a name that is taken there */
export async function saveView(ctx: Ctx, body: SaveViewBody): Promise<View> {
  requireScope(ctx, "projects:write");
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const { project = null, name, query } = body;
    const projectId = project === null ? null : (await findProject(tx, project)).id;
    await requireFreeName(tx, projectId, name);
    const row = await tx.prisma.savedView.create({
      data: { id: newId(), name, projectId, query, createdAt: now, updatedAt: now },
      include: WITH_PROJECT,
    });
    return toWireView(row);
  });
}

/** What is absent stays. */
export async function updateView(ctx: Ctx, id: string, { name, query }: UpdateViewBody): Promise<View> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async (tx) => {
    const known = await findView(tx, id);
    if (name !== undefined && name !== known.name) await requireFreeName(tx, known.projectId, name);
    const row = await tx.prisma.savedView.update({
      where: { id },
      data: { name, query, updatedAt: new Date() },
      include: WITH_PROJECT,
    });
    return toWireView(row);
  });
}

export async function deleteView(ctx: Ctx, id: string): Promise<null> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async (tx) => {
    await findView(tx, id);
    await tx.prisma.savedView.delete({ where: { id } });
    return null;
  });
}

async function findView({ prisma }: WriteTx, id: string) {
  const row = await prisma.savedView.findUnique({ where: { id } });
  if (!row) throw notFound(`saved view ${id}`);
  return row;
}

async function requireFreeName({ prisma }: WriteTx, projectId: string | null, name: string): Promise<void> {
  if (await prisma.savedView.findFirst({ where: { projectId, name }, select: { id: true } })) {
    throw conflict(`there is a view named ${name} already`);
  }
}
