import "server-only";
import type { Project } from "@/lib/contracts/projects";
import { type Ctx, requireScope } from "../context";
import type { Tx } from "../db/database";
import { notFound } from "../errors";
import { NO_RUNS, projectFigures } from "./figures";
import { toWireProject } from "./serialize";

/** By id or by name; an id wins. @throws ServiceError not_found */
export async function findProject({ prisma }: Pick<Tx, "prisma">, idOrName: string) {
  const found = await prisma.project.findMany({
    where: { deletedAt: null, OR: [{ id: idOrName }, { name: idOrName }] },
  });
  const project = found.find(({ id }) => id === idOrName) ?? found[0];
  if (!project) throw notFound(`project ${idOrName}`);
  return project;
}

export async function getProject(ctx: Ctx, idOrName: string): Promise<Project> {
  requireScope(ctx, "projects:read");
  const project = await findProject(ctx.db, idOrName);
  const figures = await projectFigures(ctx.db, [project.id]);
  return toWireProject(project, figures.get(project.id) ?? NO_RUNS);
}
