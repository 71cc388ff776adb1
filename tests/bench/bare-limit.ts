import { rmSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";

export interface Limit {
  /** Points a second. */
  rate: number;
  /** Milliseconds of CPU a batch: on a machine that others use too, the figure to compare. */
  cpu: number;
}

/** The least that can hold a point, and what a point is in lrscope: a code for what is not finite, an epoch, a longer key. */
const ROWS = {
  least: {
    columns: `time REAL NOT NULL, value REAL NOT NULL, PRIMARY KEY (series, step, time)`,
    insert: "INSERT INTO o VALUES (?, ?, ?, ?)",
    more: [],
  },
  ours: {
    columns: `time REAL NOT NULL, value REAL NOT NULL, nonfinite INTEGER NOT NULL, epoch REAL,
      PRIMARY KEY (series, step, time, value, nonfinite)`,
    insert: "INSERT INTO o VALUES (?, ?, ?, ?, ?, ?)",
    more: [0, null],
  },
} as const;

/**
 * What SQLite itself can do on this machine with nothing around it: one prepared insert, a transaction and so a commit
 * per batch, the journal and the synchronisation that lrscope uses. Every ingest figure is read against the least row,
 * measured in the same run.
 */
export function bareSqliteLimit(
  folder: string,
  row: keyof typeof ROWS,
  synchronous: "FULL" | "NORMAL",
  points: number,
  batch: number,
): Limit {
  const file = path.join(folder, `bare-${row}-${synchronous}.db`);
  rmSync(file, { force: true });
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma(`synchronous = ${synchronous}`);
  const { columns, insert: sql, more } = ROWS[row];
  db.exec(`CREATE TABLE o (series INTEGER NOT NULL, step INTEGER NOT NULL, ${columns}) WITHOUT ROWID`);
  const insert = db.prepare(sql);
  const store = db.transaction((from: number) => {
    for (let step = from; step < from + batch; step += 1)
      insert.run(1, step, 1_795_461_560 + step / 100, Math.sin(step), ...more);
  });
  const [start, before] = [performance.now(), process.cpuUsage()];
  for (let from = 0; from < points; from += batch) store(from);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  db.close();
  return { rate: points / seconds, cpu: ((user + system) / 1000 / points) * batch };
}
