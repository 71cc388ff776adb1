import "server-only";
import type { ListRunsQuery } from "@/lib/contracts/runs";
import type { Prisma } from "@/prisma/generated/sqlite/client";

/** Filters in the query itself: a page is never thinned afterwards. */
export function runFilter(query: Omit<ListRunsQuery, "limit" | "cursor" | "sort">): Prisma.RunWhereInput {
  const { project, status, group, tag, schedule_family, q } = query;
  const and: Prisma.RunWhereInput[] = [];
  if (project !== undefined) and.push({ OR: [{ projectId: project }, { project: { name: project } }] });
  if (tag !== undefined) and.push({ tags: { some: { tag } } });
  if (q !== undefined) {
    and.push({
      OR: [{ name: { contains: q } }, { id: { contains: q } }, { tags: { some: { tag: { contains: q } } } }],
    });
  }
  return {
    deletedAt: null,
    project: { deletedAt: null },
    status,
    group,
    scheduleFamily: schedule_family,
    AND: and,
  };
}
