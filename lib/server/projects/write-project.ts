import "server-only";
import type { CreateProjectBody, Project, UpdateProjectBody } from "@/lib/contracts/projects";
import { type Ctx, requireScope } from "../context";
import { conflict, notFound } from "../errors";
import { newId } from "../ids";
import { checkPolicies } from "../plateau/set-policies";
import { withTransaction, type WriteTx } from "../transaction";
import { NO_RUNS, projectFigures } from "./figures";
import { findProject } from "./get-project";
import { toWireProject } from "./serialize";

/** The project of that id or name, made when there is none. A deleted one of that name comes back. */
export async function projectForRun(tx: WriteTx, idOrName: string, now: Date) {
  const { prisma } = tx;
  const byId = await prisma.project.findFirst({ where: { id: idOrName, deletedAt: null } });
  if (byId) return byId;
  return prisma.project.upsert({
    where: { name: idOrName },
    create: { id: newId(), name: idOrName, createdAt: now },
    update: { deletedAt: null },
  });
}

export async function createProject(ctx: Ctx, body: CreateProjectBody): Promise<Project> {
  requireScope(ctx, "projects:write");
  checkPolicies(body.plateau ?? [], "plateau");
  return withTransaction(ctx, async ({ prisma }) => {
    const known = await prisma.project.findUnique({ where: { name: body.name } });
    if (known && known.deletedAt === null) throw conflict(`there is a project named ${body.name} already`);
    const data = {
      name: body.name,
      description: body.description ?? "",
      primaryMetricKey: body.primary_metric?.key ?? null,
      primaryMetricMode: body.primary_metric?.mode ?? null,
      plateau: JSON.stringify(body.plateau ?? []),
      deletedAt: null,
    };
    const row = known
      ? await prisma.project.update({ where: { id: known.id }, data })
      : await prisma.project.create({ data: { ...data, id: newId(), createdAt: new Date() } });
    return toWireProject(row, (await projectFigures({ prisma }, [row.id])).get(row.id) ?? NO_RUNS);
  });
}

export async function updateProject(ctx: Ctx, idOrName: string, body: UpdateProjectBody): Promise<Project> {
  requireScope(ctx, "projects:write");
  checkPolicies(body.plateau ?? [], "plateau");
  return withTransaction(ctx, async ({ prisma }) => {
    const { id } = await findProject({ prisma }, idOrName);
    if (body.name !== undefined) {
      const other = await prisma.project.findUnique({ where: { name: body.name } });
      if (other && other.id !== id) throw conflict(`there is a project named ${body.name} already`);
    }
    const metric = body.primary_metric;
    const row = await prisma.project.update({
      where: { id },
      data: {
        name: body.name,
        description: body.description,
        plateau: body.plateau && JSON.stringify(body.plateau),
        panels: body.panels && JSON.stringify(body.panels),
        ...(metric === undefined
          ? {}
          : { primaryMetricKey: metric?.key ?? null, primaryMetricMode: metric?.mode ?? null }),
      },
    });
    return toWireProject(row, (await projectFigures({ prisma }, [id])).get(id) ?? NO_RUNS);
  });
}

/** Soft: its runs stay, and logging to its name brings it back. */
export async function deleteProject(ctx: Ctx, idOrName: string): Promise<null> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async ({ prisma }) => {
    const { id } = await findProject({ prisma }, idOrName);
    await prisma.project.update({ where: { id }, data: { deletedAt: new Date() } });
    return null;
  });
}

/** With the runs that it had. One that is there stays as it is. @throws ServiceError not_found */
export async function restoreProject(ctx: Ctx, idOrName: string): Promise<Project> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async ({ prisma }) => {
    const found = await prisma.project.findMany({ where: { OR: [{ id: idOrName }, { name: idOrName }] } });
    const known = found.find(({ id }) => id === idOrName) ?? found[0];
    if (!known) throw notFound(`project ${idOrName}`);
    const row = await prisma.project.update({ where: { id: known.id }, data: { deletedAt: null } });
    return toWireProject(row, (await projectFigures({ prisma }, [row.id])).get(row.id) ?? NO_RUNS);
  });
}
