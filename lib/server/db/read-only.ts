import "server-only";
import type Database from "better-sqlite3";
import type { PrismaClient } from "@/prisma/generated/sqlite/client";
import type { Reader } from "./database";
import { BUSY_TIMEOUT_MS, setUpReader, sqliteFile } from "./sqlite-file";

/** What the metric store needs of a connection. */
export type StoreReader = { native: Database.Database } | { native: null; prisma: PrismaClient };

const isSqlite = (databaseUrl: string): boolean => databaseUrl.startsWith("file:");

/** A worker's own connection for the metrics alone: on SQLite it opens in a moment, without Prisma. */
export async function openStoreReader(databaseUrl: string): Promise<StoreReader> {
  if (!isSqlite(databaseUrl)) return postgresReader(databaseUrl);
  const { default: Sqlite } = await import("better-sqlite3");
  const native = new Sqlite(sqliteFile(databaseUrl), { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  native.defaultSafeIntegers(true);
  setUpReader(native);
  return { native };
}

/** A worker's own connection for every table. */
export async function openReader(databaseUrl: string): Promise<Reader> {
  if (!isSqlite(databaseUrl)) return postgresReader(databaseUrl);
  const { openSqliteReader } = await import("./sqlite");
  return openSqliteReader(databaseUrl);
}

/** A worker does one thing at a time. */
async function postgresReader(databaseUrl: string): Promise<{ prisma: PrismaClient; native: null }> {
  const { openPostgres } = await import("./postgres");
  return { prisma: await openPostgres(databaseUrl, 1), native: null };
}
