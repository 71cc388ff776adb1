import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { afterAll, describe, expect, test, vi } from "vitest";
import { migrate } from "@/lib/server/db/migrate";
import { createPostgresDatabase, testServerUrl } from "../support/postgres";

// Before the log is first used.
vi.stubEnv("LRSCOPE_LOG", "silent");

const folder = mkdtempSync(path.join(tmpdir(), "lrscope-open-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
/** A data folder of its own, with a database file in the state that `prepare` leaves it in. */
function fileIn(prepare: (file: string) => void): string {
  const data = path.join(folder, `data-${(made += 1)}`);
  mkdirSync(data);
  const file = path.join(data, "lrscope.db");
  prepare(file);
  return file;
}

async function reasonOf(url: string): Promise<string> {
  const error: unknown = await migrate(url).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error instanceof Error ? error.message : "";
}

const otherProgram = (file: string, table: string) => {
  const db = new Database(file);
  db.exec(
    `CREATE TABLE "${table}" ("migration_name" TEXT, "checksum" TEXT, "finished_at" TEXT, "rolled_back_at" TEXT)`,
  );
  db.exec(`INSERT INTO "${table}" VALUES ('20200101_theirs', 'x', '2020-01-01', NULL)`);
  db.close();
};

describe("a database file that cannot be opened is named, with a way out", () => {
  test.each<[string, (file: string) => void, RegExp]>([
    [
      "a text file",
      (file) => writeFileSync(file, "not a database, but a text of some length".repeat(50)),
      /is not an SQLite database.*LRSCOPE_DATA/,
    ],
    ["a folder", (file) => mkdirSync(file), /is a folder.*LRSCOPE_DATA/],
    [
      "another program's",
      (file) => otherProgram(file, "songs"),
      /belongs to another program.*songs.*LRSCOPE_DATA/,
    ],
    [
      "another program's that uses Prisma",
      (file) => otherProgram(file, "_prisma_migrations"),
      /another program that uses Prisma.*LRSCOPE_DATA/,
    ],
  ])("%s", async (_, prepare, reason) => {
    const file = fileIn(prepare);
    const said = await reasonOf(`file:${file}`);
    expect(said).toContain(file);
    expect(said).toMatch(reason);
  });

  test("a damaged one, which is left as it is", async () => {
    const file = fileIn(() => undefined);
    await migrate(`file:${file}`);
    const bytes = readFileSync(file);
    bytes.fill(0xaa, 100, 4096);
    writeFileSync(file, bytes);
    const said = await reasonOf(`file:${file}`);
    expect(said).toContain(file);
    expect(said).toMatch(/is damaged.*Restore a copy/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test("one below a file", async () => {
    const plain = path.join(folder, "plain");
    writeFileSync(plain, "");
    const said = await reasonOf(`file:${path.join(plain, "data/lrscope.db")}`);
    expect(said).toMatch(/The data folder .*plain\/data cannot be made: .*plain is a file.*LRSCOPE_DATA/);
  });

  test("one where nobody may write", async () => {
    const said = await reasonOf("file:/sys/lrscope/lrscope.db");
    expect(said).toMatch(/\/sys\/lrscope\/lrscope\.db cannot be opened for writing.*LRSCOPE_DATA/);
  });
});

describe("a PostgreSQL that cannot be used is named without its password", () => {
  async function closedPort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    return typeof address === "object" && address ? address.port : 0;
  }

  test("nobody listens", async () => {
    const port = await closedPort();
    const said = await reasonOf(`postgresql://me:secret@127.0.0.1:${port}/runs`);
    expect(said).toContain(`PostgreSQL at 127.0.0.1:${port}, database runs, user me, does not answer`);
    expect(said).toMatch(/DATABASE_URL/);
    expect(said).not.toContain("secret");
  });

  test("no such host, and an address that cannot be read", async () => {
    expect(await reasonOf("postgresql://me:secret@nowhere.invalid/runs")).toMatch(
      /nowhere\.invalid.*(cannot be found|does not answer)/,
    );
    expect(await reasonOf("postgresql://me:secret@[::1/runs")).toMatch(
      /address in DATABASE_URL, which cannot be read/,
    );
  });

  test.runIf(testServerUrl)("no such database, and one of another program", async () => {
    const url = new URL(testServerUrl!);
    url.pathname = "/not_there";
    expect(await reasonOf(url.href)).toMatch(
      /database not_there.*does not have the database.*CREATE DATABASE/,
    );
    const other = await createPostgresDatabase(testServerUrl!);
    const client = new pg.Client({ connectionString: other.url });
    await client.connect();
    await client.query(
      `CREATE TABLE "_prisma_migrations" ("id" TEXT, "migration_name" TEXT, "checksum" TEXT, "finished_at" TEXT, "rolled_back_at" TEXT)`,
    );
    await client.query(`INSERT INTO "_prisma_migrations" VALUES ('x', 'theirs', 'x', '2020-01-01', NULL)`);
    await client.end();
    expect(await reasonOf(other.url)).toMatch(/another program that uses Prisma/);
    await other.drop();
  });
});
