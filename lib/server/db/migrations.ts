import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** A row of Prisma's own table, as far as we read it. */
export interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: unknown;
}

/** Prisma's own table, so that its command line reads our history and we read its. */
export const HISTORY_TABLE = {
  sqlite: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "checksum" TEXT NOT NULL,
    "finished_at" DATETIME,
    "migration_name" TEXT NOT NULL,
    "logs" TEXT,
    "rolled_back_at" DATETIME,
    "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
  )`,
  postgresql: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`,
};

export function readMigrations(engine: "sqlite" | "postgresql", root = process.cwd()): Migration[] {
  const folder = path.join(root, engine === "sqlite" ? "prisma/migrations" : "prisma/postgresql/migrations");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * What is still to be applied, in order.
 * @throws Error when the database is newer than this program, or a migration that it has was changed since.
 */
export function pendingMigrations(known: Migration[], applied: AppliedMigration[]): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  if (applied.length > 0 && !applied.some((row) => byName.has(row.migration_name))) {
    throw new Error(
      "it belongs to another program that uses Prisma: none of its migrations is lrscope's. Choose another database with LRSCOPE_DATA or DATABASE_URL.",
    );
  }
  for (const row of applied) {
    const migration = byName.get(row.migration_name);
    if (!migration) {
      throw new Error(
        `The database was made by a newer lrscope: it has the migration ${row.migration_name}, which this one does not know. Start the newer version, or restore a copy from before.`,
      );
    }
    if (row.finished_at === null)
      throw new Error(
        `The migration ${row.migration_name} was begun and not finished. Restore the copy from before it, which stands beside the database file.`,
      );
    if (migration.checksum !== row.checksum) {
      throw new Error(
        `The migration ${row.migration_name} is not the one that this database was made with. Start the version of lrscope that made the database.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return known.filter((migration) => !done.has(migration.name));
}

/** The values of a history row, in the order id, checksum, finished_at, migration_name, started_at, applied_steps_count. */
export function historyRow(
  migration: Migration,
  now: Date,
): [string, string, string, string, string, number] {
  return [randomUUID(), migration.checksum, now.toISOString(), migration.name, now.toISOString(), 1];
}
