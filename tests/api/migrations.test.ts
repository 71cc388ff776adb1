import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import Database from "better-sqlite3";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { migrate } from "@/lib/server/db/migrate";
import { readMigrations } from "@/lib/server/db/migrations";
import { cataloguePool, sqlToSchema } from "../support/migration-parity";
import { createPostgresDatabase, testServerUrl } from "../support/postgres";

// Before the log is first used.
vi.stubEnv("LRSCOPE_LOG", "silent");

const repository = process.cwd();
const LATER = "29990101000000_later";

interface Subject {
  url: string;
  query(sql: string): Promise<unknown[]>;
  difference(): Promise<string>;
  folder: string;
  drop(): Promise<void>;
}

function sqliteSubject(): Promise<Subject> {
  const folder = mkdtempSync(path.join(tmpdir(), "lrscope-migrations-"));
  const file = path.join(folder, "lrscope.db");
  const url = `file:${file}`;
  return Promise.resolve({
    url,
    query(sql) {
      const db = new Database(file);
      const statement = db.prepare(sql);
      const rows = statement.reader ? statement.all() : [statement.run()];
      db.close();
      return Promise.resolve(rows);
    },
    difference: () =>
      sqlToSchema(new PrismaBetterSqlite3({ url }), path.join(repository, "prisma/schema.prisma")),
    folder: "prisma/migrations",
    drop: () => Promise.resolve(rmSync(folder, { recursive: true })),
  });
}

async function postgresSubject(serverUrl: string): Promise<Subject> {
  const { url, drop } = await createPostgresDatabase(serverUrl);
  return {
    url,
    async query(sql) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<object>(sql);
      await client.end();
      return rows;
    },
    async difference() {
      const pool = cataloguePool(url);
      const sql = await sqlToSchema(
        new PrismaPg(pool),
        path.join(repository, "prisma/postgresql/schema.prisma"),
      );
      await pool.end();
      return sql;
    },
    folder: "prisma/postgresql/migrations",
    drop,
  };
}

const engine = testServerUrl ? "postgresql" : "sqlite";
const HISTORY = `SELECT * FROM "_prisma_migrations" ORDER BY "migration_name"`;

let subject: Subject;
/** Where the migrations are read from: a copy of the repository's, which a test may change. */
let root: string;

function writeMigration(name: string, sql: string): void {
  const folder = path.join(root, subject.folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "migration.sql"), sql);
}

beforeEach(async () => {
  subject = testServerUrl ? await postgresSubject(testServerUrl) : await sqliteSubject();
  root = mkdtempSync(path.join(tmpdir(), "lrscope-root-"));
  cpSync(path.join(repository, subject.folder), path.join(root, subject.folder), { recursive: true });
  vi.spyOn(process, "cwd").mockReturnValue(root);
});

afterEach(async () => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
  await subject.drop();
});

describe(`migrations on ${engine}`, () => {
  test("make the schema", async () => {
    await migrate(subject.url);
    expect(await subject.difference()).toBe("");
  });

  test("the comparison sees a difference", async () => {
    writeMigration(LATER, `CREATE TABLE "Stray" ("id" INTEGER NOT NULL PRIMARY KEY);`);
    await migrate(subject.url);
    expect(await subject.difference()).toContain(`DROP TABLE "Stray"`);
  });

  test("are recorded as Prisma records them", async () => {
    await migrate(subject.url);
    const names = readMigrations(engine, repository).map(({ name, checksum }) => ({
      migration_name: name,
      checksum,
    }));
    expect(await subject.query(HISTORY)).toMatchObject(names);
  });

  test("change nothing the second time", async () => {
    await migrate(subject.url);
    const before = await subject.query(HISTORY);
    await migrate(subject.url);
    expect(await subject.query(HISTORY)).toEqual(before);
  });

  test("give runs that were there before their places by creation, project by project", async () => {
    const places = "20261129100000_run_places";
    const kept = path.join(root, subject.folder, places);
    const aside = `${root}-${places}`;
    renameSync(kept, aside);
    await migrate(subject.url);
    const at = (second: number) => `'2026-11-23 20:00:0${second}'`;
    const project = (id: string) => `('${id}', '${id}', ${at(0)})`;
    await subject.query(
      `INSERT INTO "Project" ("id", "name", "createdAt") VALUES ${project("p")}, ${project("q")}`,
    );
    const run = (id: string, owner: string, second: number) =>
      `('${id}', '${owner}', '${id}', 'finished', ${at(second)}, ${at(second)})`;
    await subject.query(
      `INSERT INTO "Run" ("id", "projectId", "name", "status", "createdAt", "startedAt")
        VALUES ${run("b", "p", 2)}, ${run("a", "p", 3)}, ${run("d", "p", 2)}, ${run("c", "q", 1)}`,
    );
    renameSync(aside, kept);
    await migrate(subject.url);
    expect(await subject.query(`SELECT "id", "place" FROM "Run" ORDER BY "id"`)).toEqual([
      { id: "a", place: 2 },
      { id: "b", place: 0 },
      { id: "c", place: 0 },
      { id: "d", place: 1 },
    ]);
  });

  test("apply once when two servers start together", async () => {
    await Promise.all([migrate(subject.url), migrate(subject.url)]);
    expect(await subject.query(HISTORY)).toHaveLength(readMigrations(engine, repository).length);
  });

  test("are refused when one of them was changed since", async () => {
    await migrate(subject.url);
    const [first] = readMigrations(engine, repository);
    writeMigration(first!.name, `${first!.sql}\n-- changed`);
    await expect(migrate(subject.url)).rejects.toThrow(/is not the one that this database was made with/);
  });

  test("are refused when the database is newer", async () => {
    writeMigration(LATER, `CREATE TABLE "Later" ("id" INTEGER NOT NULL PRIMARY KEY);`);
    await migrate(subject.url);
    rmSync(path.join(root, subject.folder, LATER), { recursive: true });
    await expect(migrate(subject.url)).rejects.toThrow(/made by a newer lrscope.*29990101000000_later/);
  });

  test("leave nothing of one that fails half-way", async () => {
    await migrate(subject.url);
    const before = await subject.query(HISTORY);
    writeMigration(LATER, `CREATE TABLE "Half" ("id" INTEGER NOT NULL PRIMARY KEY); SELECT nonsense;`);
    await expect(migrate(subject.url)).rejects.toThrow(/nonsense/);
    expect(await subject.query(HISTORY)).toEqual(before);
    expect(await subject.difference()).toBe("");
  });
});

if (engine === "sqlite") {
  const copyOf = () => `${subject.url.replace("file:", "")}.before-${LATER}`;

  describe("an SQLite file", () => {
    test("is copied aside before it is changed", async () => {
      await migrate(subject.url);
      await subject.query(
        `INSERT INTO "Project" ("id", "name", "createdAt") VALUES ('p', 'kept', '2026-01-01')`,
      );
      writeMigration(LATER, `DELETE FROM "Project";`);
      await migrate(subject.url);
      expect(await subject.query(`SELECT * FROM "Project"`)).toEqual([]);
      const copy = new Database(copyOf(), { readonly: true });
      expect(copy.prepare(`SELECT "name" FROM "Project"`).all()).toEqual([{ name: "kept" }]);
      copy.close();
    });

    test("is not copied when it is new", async () => {
      writeMigration(LATER, `CREATE TABLE "Later" ("id" INTEGER NOT NULL PRIMARY KEY);`);
      await migrate(subject.url);
      expect(existsSync(copyOf())).toBe(false);
    });

    // SQLite changes a table by making another and dropping the first, which must not take the rows that refer to it.
    test("keeps the rows that refer to a table that is made anew", async () => {
      await migrate(subject.url);
      await subject.query(`CREATE TABLE "Parent" ("id" INTEGER PRIMARY KEY)`);
      await subject.query(
        `CREATE TABLE "Child" ("id" INTEGER PRIMARY KEY, "parent" INTEGER REFERENCES "Parent" ("id") ON DELETE CASCADE)`,
      );
      await subject.query(`INSERT INTO "Parent" VALUES (1)`);
      await subject.query(`INSERT INTO "Child" VALUES (1, 1)`);
      writeMigration(
        LATER,
        `PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
        CREATE TABLE "new_Parent" ("id" INTEGER PRIMARY KEY, "name" TEXT);
        INSERT INTO "new_Parent" ("id") SELECT "id" FROM "Parent";
        DROP TABLE "Parent";
        ALTER TABLE "new_Parent" RENAME TO "Parent";
        PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;`,
      );
      await migrate(subject.url);
      expect(await subject.query(`SELECT * FROM "Child"`)).toEqual([{ id: 1, parent: 1 }]);
    });
  });
}
