import "server-only";
import type { View } from "@/lib/contracts/views";
import type { Prisma } from "@/prisma/generated/sqlite/client";

export const WITH_PROJECT = {
  project: { select: { id: true, name: true } },
} satisfies Prisma.SavedViewInclude;

type Row = Prisma.SavedViewGetPayload<{ include: typeof WITH_PROJECT }>;

export const toWireView = (row: Row): View => ({
  id: row.id,
  name: row.name,
  project: row.project,
  query: row.query,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
