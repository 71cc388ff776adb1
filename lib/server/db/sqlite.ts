import "server-only";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type Database from "better-sqlite3";
import { PrismaClient } from "@/prisma/generated/sqlite/client";
import { BUSY_TIMEOUT_MS, setUpReader, sqliteFile } from "./sqlite-file";

/** A statement that waits holds up the whole process, so a write gives up soon; lib/server/db/transaction tries again. */
const WRITE_BUSY_TIMEOUT_MS = 20;

export interface SqliteConnection {
  prisma: PrismaClient;
  /** The very connection that `prisma` uses: statements on it run inside Prisma's open transaction. */
  native: Database.Database;
}

/** The adapter keeps its connection in a field that its type calls protected; the guard makes the assumption loud. */
function connectionOf(adapter: object): Database.Database {
  const { client } = adapter as { client?: Database.Database };
  if (!client || typeof client.prepare !== "function") {
    throw new Error("the better-sqlite3 adapter no longer exposes its connection");
  }
  return client;
}

/** Hands out the connection that Prisma opened, after setting it up. */
class CapturingAdapter extends PrismaBetterSqlite3 {
  native: Database.Database | undefined;

  constructor(
    url: string,
    private readonly setUp: (db: Database.Database) => void,
  ) {
    super({ url, timeout: BUSY_TIMEOUT_MS }, { timestampFormat: "iso8601" });
  }

  override async connect() {
    const adapter = await super.connect();
    this.native = connectionOf(adapter);
    this.native.defaultSafeIntegers(true);
    this.setUp(this.native);
    return adapter;
  }
}

async function open(url: string, setUp: (db: Database.Database) => void): Promise<SqliteConnection> {
  const adapter = new CapturingAdapter(url, setUp);
  const prisma = new PrismaClient({ adapter });
  await prisma.$connect();
  if (!adapter.native) throw new Error("the database did not open");
  return { prisma, native: adapter.native };
}

/**
 * Two connections: one writes, one only reads. Readers see the last committed state and never wait for a writer (WAL),
 * and a write outside a transaction of ours fails instead of slipping through.
 */
export async function openSqlite(url: string, synchronous: "FULL" | "NORMAL") {
  mkdirSync(path.dirname(sqliteFile(url)), { recursive: true });
  const file = `file:${sqliteFile(url)}`;
  const writer = await open(file, (db) => {
    db.pragma("journal_mode = WAL");
    db.pragma(`busy_timeout = ${WRITE_BUSY_TIMEOUT_MS}`);
    db.pragma(`synchronous = ${synchronous}`);
    db.pragma("foreign_keys = ON");
    db.pragma("cache_size = -65536");
    db.pragma("temp_store = MEMORY");
    // A checkpoint waits for the disk twice; four times rarer than the default still keeps the log near 16 MB.
    db.pragma("wal_autocheckpoint = 4000");
    db.pragma("journal_size_limit = 67108864");
  });
  return { writer, reader: await openSqliteReader(url) };
}

/** One that can only read. */
export const openSqliteReader = (url: string): Promise<SqliteConnection> =>
  open(`file:${sqliteFile(url)}`, setUpReader);
