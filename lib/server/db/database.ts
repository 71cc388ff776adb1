import "server-only";
import type Database from "better-sqlite3";
import { env } from "../env";
import { ServiceError } from "../errors";
import type { Prisma, PrismaClient } from "@/prisma/generated/sqlite/client";
import { watchedFile } from "./file-identity";
import { migrate } from "./migrate";
import { openPostgres } from "./postgres";
import { openSqlite } from "./sqlite";
import { sqliteFile } from "./sqlite-file";

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
  /** What is wrong when the database is no longer the one that was opened. */
  lost(): string | null;
  close(): Promise<void>;
}

async function openDatabase(): Promise<DatabaseHandle> {
  const { databaseUrl, engine, synchronous } = env();
  await migrate(databaseUrl);
  if (engine === "postgresql") {
    const prisma = await openPostgres(databaseUrl);
    const connection = { prisma, native: null };
    const lost = () => null;
    return { engine, reader: connection, writer: connection, lost, close: () => prisma.$disconnect() };
  }
  const lost = watchedFile(sqliteFile(databaseUrl));
  const { writer, reader } = await openSqlite(databaseUrl, synchronous);
  return {
    engine,
    reader,
    writer,
    lost,
    async close() {
      await reader.prisma.$disconnect();
      writer.native.pragma("optimize");
      await writer.prisma.$disconnect();
    },
  };
}

// Next bundles routes, pages and instrumentation apart: what the process shares hangs on globalThis.
const shared = globalThis as { __lrscopeDatabase?: Promise<DatabaseHandle> };

/**
 * The process's database, opened and migrated on first use. A failed opening is tried again by the next caller.
 * @throws ServiceError unavailable when its file is gone
 */
export async function database(): Promise<DatabaseHandle> {
  shared.__lrscopeDatabase ??= openDatabase().catch((error: unknown) => {
    shared.__lrscopeDatabase = undefined;
    throw error;
  });
  const handle = await shared.__lrscopeDatabase;
  const lost = handle.lost();
  // Thrown here: another bundle may have opened the database, and its ServiceError is another class.
  if (lost !== null) throw new ServiceError("unavailable", lost);
  return handle;
}

export async function closeDatabase(): Promise<void> {
  const open = shared.__lrscopeDatabase;
  shared.__lrscopeDatabase = undefined;
  if (open) await (await open).close();
}
