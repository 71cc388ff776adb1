import "server-only";
import type { Prisma } from "@/prisma/generated/sqlite/client";

const writings = (part: string): string[] => [
  part,
  part.toUpperCase(),
  part.charAt(0).toUpperCase() + part.slice(1),
];

/**
 * Metrics whose key has one of the parts in it, in the cases that people write. PostgreSQL minds the case of what it looks
 * for and SQLite does not, so each case is asked for. @param parts in lower case
 */
export const keyWithAny = (parts: readonly string[]): Prisma.SeriesWhereInput => ({
  OR: parts.flatMap(writings).map((part) => ({ key: { contains: part } })),
});
