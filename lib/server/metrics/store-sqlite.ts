import "server-only";
import type Database from "better-sqlite3";
import { decodeValue, nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import type { Observation } from "@/lib/domain/metrics/observation";
import { type Bucket, bucketIndex } from "@/lib/domain/metrics/rollup";
import {
  BUCKET_COLUMNS,
  bucketValues,
  type BucketColumns,
  type BucketRow,
  rowToBucket,
  toBucket,
} from "./bucket-columns";
import type { MetricStore, PointStore, RunHead, SeriesRow, StoredRow } from "./store";

type HeadColumns = Omit<RunHead, "deleted" | "lastLogged"> & { deleted: number; lastLogged: string | null };

const list = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(", ");
const marks = (n: number) => Array(n).fill("?").join(", ");

/** Half of what a row costs in a statement of its own is the call; beyond this many little more is saved. */
const ROWS_AT_ONCE = 50;
const insertOf = (row: string, rows: number) =>
  `INSERT OR IGNORE INTO "Observation" ("seriesId", "step", "time", "value", "nonfinite", "epoch")
    VALUES ${Array(rows).fill(row).join(", ")}`;

const SQL = {
  head: `SELECT "id", "projectId", "status", "resume", "deletedAt" IS NOT NULL AS "deleted", "schedule", "lrMetric", "lastStep",
      "lastLoggedAt" AS "lastLogged", "logGap",
      (SELECT count(*) FROM "PlateauPolicy" WHERE "runId" = r."id") AS "policies",
      (SELECT count(*) FROM "PlateauPolicy" WHERE "runId" = r."id" AND "action" = 'apply') AS "applying",
      (SELECT count(*) FROM "ControlRequest" WHERE "runId" = r."id"
         AND "status" IN ('recommended', 'approved', 'delivered', 'applied')) AS "openControl"
    FROM "Run" r WHERE "id" = ?`,
  touch: `UPDATE "Run" SET "lastStep" = max(coalesce("lastStep", 0), ?), "lastLoggedAt" = ?, "logGap" = ?, "seq" = ?,
      "startedAt" = min("startedAt", ?) WHERE "id" = ?`,
  batch: `INSERT OR IGNORE INTO "Batch" ("runId", "batchId", "accepted", "createdAt") VALUES (?, ?, ?, ?)`,
  findSeries: `SELECT "id", "key", "observations", ${list(BUCKET_COLUMNS)} FROM "Series"
    WHERE "runId" = ? AND "key" IN (SELECT value FROM json_each(?))`,
  listSeries: `SELECT "id", "key", "lastStep" FROM "Series" WHERE "runId" = ? ORDER BY "key"`,
  createSeries: `INSERT INTO "Series" ("runId", "key", "observations", ${list(BUCKET_COLUMNS)}) VALUES (${marks(BUCKET_COLUMNS.length + 3)})`,
  saveSeries: `UPDATE "Series" SET "observations" = ?, ${BUCKET_COLUMNS.map((column) => `"${column}" = ?`).join(", ")}
    WHERE "id" = ?`,
  insert: insertOf(`(${marks(6)})`, 1),
  // Each value bound is a tenth of what a row costs, and nearly all rows are finite and have no epoch.
  insertPlain: insertOf("(@series, ?, ?, ?, 0, NULL)", ROWS_AT_ONCE),
  observations: `SELECT "step", "time", "value", "nonfinite", "epoch" FROM "Observation"
    WHERE "seriesId" = ? AND "step" BETWEEN ? AND ? ORDER BY "step", "time", "value", "nonfinite"`,
  observationsIn: `SELECT "step", "time", o."value", "nonfinite", "epoch" FROM json_each(?) r CROSS JOIN "Observation" o
    ON o."seriesId" = ? AND o."step" BETWEEN r.value->>0 AND r.value->>1
    ORDER BY "step", "time", o."value", "nonfinite"`,
  observationsAfter: `SELECT "step", "time", "value", "nonfinite", "epoch" FROM "Observation"
    WHERE "seriesId" = ? AND ("step", "time", "value", "nonfinite") > (?, ?, ?, ?) AND "step" <= ?
    ORDER BY "step", "time", "value", "nonfinite" LIMIT ?`,
  buckets: `SELECT ${list(BUCKET_COLUMNS)} FROM "Rollup"
    WHERE "seriesId" = ? AND "level" = ? AND "bucket" BETWEEN ? AND ? ORDER BY "bucket"`,
  putBucket: `INSERT OR REPLACE INTO "Rollup" ("seriesId", "level", "bucket", ${list(BUCKET_COLUMNS)})
    VALUES (${marks(BUCKET_COLUMNS.length + 3)})`,
};

/** The same text that Prisma's adapter writes, so that both sort together. */
const timeText = (date: Date): string => date.toISOString().replace("Z", "+00:00");

function toObservation([step, time, value, nonfinite, epoch]: StoredRow): Observation {
  return { step, time, value: decodeValue(value, nonfinite), epoch };
}

const stores = new WeakMap<Database.Database, MetricStore>();

export function sqliteStore(db: Database.Database): MetricStore {
  const known = stores.get(db);
  if (known) return known;
  const store = { ...runStatements(db), ...seriesStatements(db), ...pointStatements(db) };
  stores.set(db, store);
  return store;
}

/** Prepared on first use: the reader never prepares what only writes. Numbers are doubles, exact up to 2^53. */
function lazy<Row = unknown>(db: Database.Database, sql: string): () => Database.Statement<unknown[], Row> {
  let statement: Database.Statement<unknown[], Row> | undefined;
  return () => (statement ??= db.prepare<unknown[], Row>(sql).safeIntegers(false));
}

function runStatements(db: Database.Database): Pick<MetricStore, "runHead" | "touchRun" | "claimBatch"> {
  const head = lazy<HeadColumns>(db, SQL.head);
  const touch = lazy(db, SQL.touch);
  const batch = lazy(db, SQL.batch);
  return {
    async runHead(runId) {
      const row = head().get(runId);
      if (!row) return null;
      const lastLogged = row.lastLogged === null ? null : Date.parse(row.lastLogged) / 1000;
      return { ...row, lastLogged, deleted: row.deleted === 1 };
    },
    async touchRun(runId, { lastStep, firstTime, gap, now, seq }) {
      touch().run(lastStep, timeText(now), gap, seq, timeText(new Date(firstTime * 1000)), runId);
    },
    async claimBatch(runId, batchId, accepted, now) {
      return batch().run(runId, batchId, accepted, timeText(now)).changes === 1;
    },
  };
}

function seriesStatements(
  db: Database.Database,
): Pick<MetricStore, "findSeries" | "listSeries" | "createSeries" | "saveSeries"> {
  const find = lazy<BucketColumns & { id: number; key: string; observations: number }>(db, SQL.findSeries);
  const listed = lazy<{ id: number; key: string; lastStep: number }>(db, SQL.listSeries);
  const create = lazy(db, SQL.createSeries);
  const save = lazy(db, SQL.saveSeries);
  return {
    async findSeries(runId, keys): Promise<SeriesRow[]> {
      const rows = find().all(runId, JSON.stringify(keys));
      return rows.map((row) => ({
        id: row.id,
        key: row.key,
        observations: row.observations,
        ...toBucket(row),
      }));
    },
    async listSeries(runId) {
      return listed().all(runId);
    },
    async createSeries(runId, row) {
      return Number(create().run(runId, row.key, row.observations, ...bucketValues(row)).lastInsertRowid);
    },
    async saveSeries(row) {
      save().run(row.observations, ...bucketValues(row), row.id);
    },
  };
}

const isPlain = ({ value, epoch }: Observation) => epoch === null && Number.isFinite(value);

const rowValues = (seriesId: number, { step, time, value, epoch }: Observation) =>
  [seriesId, step, time, storedValue(value), nonfiniteCode(value), epoch] as const;

function pointStatements(db: Database.Database): PointStore {
  const insert = lazy(db, SQL.insert);
  const insertPlain = lazy(db, SQL.insertPlain);
  // Read as lists: to make an object of each row would cost as much again.
  const observations = lazy<StoredRow>(db, SQL.observations);
  const observationsIn = lazy<StoredRow>(db, SQL.observationsIn);
  const after = lazy<StoredRow>(db, SQL.observationsAfter);
  const buckets = lazy<BucketRow>(db, SQL.buckets);
  const put = lazy(db, SQL.putBucket);
  return {
    async append(seriesId, rows) {
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        const some = rows.slice(at, at + ROWS_AT_ONCE);
        if (some.length === ROWS_AT_ONCE && some.every(isPlain)) {
          const values: number[] = [];
          for (const { step, time, value } of some) values.push(step, time, storedValue(value));
          insertPlain().run(values, { series: seriesId });
        } else {
          for (const row of some) insert().run(...rowValues(seriesId, row));
        }
      }
    },
    async insert(seriesId, rows) {
      return rows.map((row) => insert().run(...rowValues(seriesId, row)).changes === 1);
    },
    async observations(seriesId, from, to) {
      return observations().raw().all(seriesId, from, to).map(toObservation);
    },
    async observationsIn(seriesId, ranges) {
      return observationsIn().raw().all(JSON.stringify(ranges), seriesId).map(toObservation);
    },
    async rowsAfter(seriesId, key, to, limit) {
      return after()
        .raw()
        .all(seriesId, ...key, to, limit);
    },
    async observationsAfter(seriesId, key, to, limit) {
      return after()
        .raw()
        .all(seriesId, ...key, to, limit)
        .map(toObservation);
    },
    async buckets(seriesId, level, from, to): Promise<Bucket[]> {
      return buckets().raw().all(seriesId, level, from, to).map(rowToBucket);
    },
    async putBuckets(seriesId, level, all) {
      const statement = put();
      for (const bucket of all) {
        statement.run(seriesId, level, bucketIndex(bucket.firstStep, level), ...bucketValues(bucket));
      }
    },
  };
}
