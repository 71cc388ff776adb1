import "server-only";
import { type Ctx, requireScope } from "./context";
import { VERSION } from "./version";

export interface DatabaseFacts {
  engine: "SQLite" | "PostgreSQL";
  /** In bytes, indexes included. */
  size: number;
  /** Of lrscope. */
  version: string;
}

const SQLITE = `SELECT page_count * page_size AS "size" FROM pragma_page_count(), pragma_page_size()`;
const POSTGRES = `SELECT pg_database_size(current_database())::double precision AS "size"`;

/** What a person asks of the server that keeps their runs. */
export async function databaseFacts(ctx: Ctx): Promise<DatabaseFacts> {
  requireScope(ctx, "projects:read");
  const { prisma, native } = ctx.db;
  const rows = await prisma.$queryRawUnsafe<{ size: number | bigint }[]>(native ? SQLITE : POSTGRES);
  return { engine: native ? "SQLite" : "PostgreSQL", size: Number(rows[0]?.size ?? 0), version: VERSION };
}
