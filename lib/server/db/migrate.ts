import "server-only";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { log } from "../log";
import {
  type AppliedMigration,
  HISTORY_TABLE,
  historyRow,
  type Migration,
  pendingMigrations,
  readMigrations,
} from "./migrations";
import { postgresFailure, sqliteFailure } from "./open-failure";
import { outliveItsConnection } from "./postgres";
import { sqliteFile } from "./sqlite-file";

const HISTORY = `SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`;
const RECORD = `INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")`;
/** Any number, as long as every lrscope uses the same: one server migrates, the others wait. */
const POSTGRES_LOCK = 7_163_240;
/** A host that does not answer at all would otherwise be waited for for minutes. */
const CONNECT_MS = 10_000;

/**
 * Applies what is pending, each migration in a transaction of its own. Safe to call from several servers at once.
 * @throws OpenFailure that names the database and says what would help
 */
export async function migrate(url: string): Promise<void> {
  if (url.startsWith("file:")) {
    const file = sqliteFile(url);
    await migrateSqlite(file).catch((error: unknown) => {
      throw sqliteFailure(file, error);
    });
  } else {
    await migratePostgres(url).catch((error: unknown) => {
      throw postgresFailure(url, error);
    });
  }
}

async function migrateSqlite(file: string): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  const existed = existsSync(file);
  const db = new Database(file, { timeout: 30_000 });
  try {
    if (existed) refuseForeign(db);
    db.pragma("journal_mode = WAL");
    // A migration that makes a table anew drops the old one, which would take the rows that refer to it along. The switch
    // has no effect inside a transaction, so it is turned here, and each migration is checked before it is committed.
    db.pragma("foreign_keys = OFF");
    db.exec(HISTORY_TABLE.sqlite);
    const applied = () => db.prepare<[], AppliedMigration>(HISTORY).all();
    const pending = pendingMigrations(readMigrations("sqlite"), applied());
    if (pending.length === 0) return;
    if (existed && applied().length > 0) await copyAside(db, file, pending);
    const record = db.prepare(`${RECORD} VALUES (?, ?, ?, ?, ?, ?)`);
    const apply = db.transaction((migration: Migration) => {
      if (applied().some((row) => row.migration_name === migration.name)) return;
      db.exec(migration.sql);
      const broken = db.pragma("foreign_key_check");
      if (Array.isArray(broken) && broken.length > 0) {
        throw new Error(
          `The migration ${migration.name} leaves ${broken.length} rows that refer to nothing.`,
        );
      }
      record.run(...historyRow(migration, new Date()));
      log().info({ migration: migration.name }, "migrated");
    });
    for (const migration of pending) apply.immediate(migration);
  } finally {
    db.close();
  }
}

/** Another program's file must not get our tables. @throws Error */
function refuseForeign(db: Database.Database): void {
  const names = db
    .prepare<[], string>(
      `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all();
  if (names.length === 0 || names.includes("_prisma_migrations")) return;
  throw new Error(
    `it belongs to another program: it has tables such as ${names[0]}, and none of lrscope's. Choose another folder with LRSCOPE_DATA, or another file with DATABASE_URL.`,
  );
}

/** The copy carries the name of the first migration that it lacks, so that it is clear which version reads it. */
async function copyAside(db: Database.Database, file: string, pending: Migration[]): Promise<void> {
  const copy = `${file}.before-${pending[0]?.name ?? "migration"}`;
  if (existsSync(copy)) return;
  await db.backup(copy);
  log().info({ copy }, "copied the database aside before migrating");
}

async function migratePostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  outliveItsConnection(client);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [POSTGRES_LOCK]);
    await client.query(HISTORY_TABLE.postgresql);
    const { rows } = await client.query<AppliedMigration>(HISTORY);
    for (const migration of pendingMigrations(readMigrations("postgresql"), rows)) {
      await client.query("BEGIN");
      await client.query(migration.sql);
      await client.query(`${RECORD} VALUES ($1, $2, $3, $4, $5, $6)`, historyRow(migration, new Date()));
      await client.query("COMMIT");
      log().info({ migration: migration.name }, "migrated");
    }
  } finally {
    // Ends the session, which also drops the lock and an open transaction.
    await client.end();
  }
}
