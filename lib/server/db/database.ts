import "server-only";
import type Database from "better-sqlite3";
import { env } from "../env";
import type { Prisma, PrismaClient } from "@/prisma/generated/sqlite/client";
import { migrate } from "./migrate";
import { openPostgres } from "./postgres";
import { openSqlite } from "./sqlite";

/** What queries outside a transaction use. On SQLite it can only read. */
export interface Reader {
  prisma: PrismaClient;
  /** SQLite only: the connection itself, for the metric store's hot paths. */
  native: Database.Database | null;
}

/** What queries inside a transaction use. */
export interface Tx {
  prisma: Prisma.TransactionClient;
  native: Database.Database | null;
}

export interface DatabaseHandle {
  engine: "sqlite" | "postgresql";
  reader: Reader;
  writer: { prisma: PrismaClient; native: Database.Database | null };
  close(): Promise<void>;
}

async function openDatabase(): Promise<DatabaseHandle> {
  const { databaseUrl, engine, synchronous } = env();
  await migrate(databaseUrl);
  if (engine === "postgresql") {
    const prisma = await openPostgres(databaseUrl);
    const connection = { prisma, native: null };
    return { engine, reader: connection, writer: connection, close: () => prisma.$disconnect() };
  }
  const { writer, reader } = await openSqlite(databaseUrl, synchronous);
  return {
    engine,
    reader,
    writer,
    async close() {
      await reader.prisma.$disconnect();
      writer.native.pragma("optimize");
      await writer.prisma.$disconnect();
    },
  };
}

// Next bundles routes, pages and instrumentation apart: what the process shares hangs on globalThis.
const shared = globalThis as { __lrscopeDatabase?: Promise<DatabaseHandle> };

/** The process's database, opened and migrated on first use. A failed opening is tried again by the next caller. */
export function database(): Promise<DatabaseHandle> {
  shared.__lrscopeDatabase ??= openDatabase().catch((error: unknown) => {
    shared.__lrscopeDatabase = undefined;
    throw error;
  });
  return shared.__lrscopeDatabase;
}

export async function closeDatabase(): Promise<void> {
  const open = shared.__lrscopeDatabase;
  shared.__lrscopeDatabase = undefined;
  if (open) await (await open).close();
}
