import { rmSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";

/**
 * What SQLite itself can do on this machine with nothing around it: one prepared insert into a table like ours, a
 * transaction per batch. Every ingest figure is read against this one, measured in the same run.
 */
export function bareSqliteLimit(
  folder: string,
  synchronous: "FULL" | "NORMAL",
  points: number,
  batch: number,
): number {
  const file = path.join(folder, `bare-${synchronous}.db`);
  rmSync(file, { force: true });
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma(`synchronous = ${synchronous}`);
  db.exec(`CREATE TABLE o (series INTEGER NOT NULL, step INTEGER NOT NULL, time REAL NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (series, step, time)) WITHOUT ROWID`);
  const insert = db.prepare("INSERT INTO o VALUES (?, ?, ?, ?)");
  const store = db.transaction((from: number) => {
    for (let step = from; step < from + batch; step += 1)
      insert.run(1, step, 1_795_461_560 + step / 100, Math.sin(step));
  });
  const start = performance.now();
  for (let from = 0; from < points; from += batch) store(from);
  const seconds = (performance.now() - start) / 1000;
  db.close();
  return points / seconds;
}
