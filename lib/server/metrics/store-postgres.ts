import "server-only";
import { decodeValue, nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import type { Observation } from "@/lib/domain/metrics/observation";
import { type Bucket, bucketIndex } from "@/lib/domain/metrics/rollup";
import type { Tx } from "../db/database";
import { BUCKET_COLUMNS, bucketValues, type BucketColumns, toBucket } from "./bucket-columns";
import type { MetricStore, PointStore, RunHead, SeriesRow } from "./store";

type Connection = Tx["prisma"];

/** Which columns are integers in the Rollup table; in Series all are doubles. */
const INTEGER = new Set<string>([
  "count",
  "nan",
  "posInf",
  "negInf",
  "minStep",
  "maxStep",
  "firstStep",
  "lastStep",
]);
const CODES = new Set<string>(["firstNonfinite", "lastNonfinite"]);
const rollupType = (column: string) =>
  INTEGER.has(column) ? "bigint" : CODES.has(column) ? "int" : "double precision";

const list = BUCKET_COLUMNS.map((column) => `"${column}"`).join(", ");
/** bigint arrives as BigInt; doubles hold every step. */
const readable = BUCKET_COLUMNS.map((column) => `"${column}"::double precision AS "${column}"`).join(", ");

const INSERT = `INSERT INTO "Observation" ("seriesId", "step", "time", "value", "nonfinite", "epoch")
    SELECT $1, (e->>0)::bigint, (e->>1)::double precision, (e->>2)::double precision, (e->>3)::int, (e->>4)::double precision
    FROM jsonb_array_elements($2::jsonb) e`;

const SQL = {
  // The row lock makes ingest into one run a queue, so that the order of its points decides, not the race.
  head: `SELECT "id", "projectId", "status", "resume", "deletedAt" IS NOT NULL AS "deleted", "schedule", "lrMetric", "lastStep",
      extract(epoch FROM "lastLoggedAt")::double precision AS "lastLogged", "logGap",
      (SELECT count(*)::int FROM "PlateauPolicy" WHERE "runId" = r."id") AS "policies",
      (SELECT count(*)::int FROM "PlateauPolicy" WHERE "runId" = r."id" AND "action" = 'apply') AS "applying",
      (SELECT count(*)::int FROM "ControlRequest" WHERE "runId" = r."id"
         AND "status" IN ('recommended', 'approved', 'delivered', 'applied')) AS "openControl"
    FROM "Run" r WHERE "id" = $1 FOR UPDATE`,
  touch: `UPDATE "Run" SET "lastStep" = greatest(coalesce("lastStep", 0), $1), "lastLoggedAt" = $2::timestamp, "seq" = $3,
      "startedAt" = least("startedAt", $4::timestamp), "logGap" = $5 WHERE "id" = $6`,
  batch: `INSERT INTO "Batch" ("runId", "batchId", "accepted", "createdAt") VALUES ($1, $2, $3, $4::timestamp)
    ON CONFLICT DO NOTHING`,
  findSeries: `SELECT "id", "key", "observations", ${readable} FROM "Series"
    WHERE "runId" = $1 AND "key" IN (SELECT jsonb_array_elements_text($2::jsonb))`,
  listSeries: `SELECT "id", "key", "lastStep" FROM "Series" WHERE "runId" = $1 ORDER BY "key"`,
  createSeries: `INSERT INTO "Series" ("runId", "key", "observations", ${list})
    VALUES ($1, $2, $3, ${BUCKET_COLUMNS.map((column, i) => `$${i + 4}::${CODES.has(column) ? "int" : "double precision"}`).join(", ")})
    RETURNING "id"`,
  saveSeries: `UPDATE "Series" SET "observations" = $1,
    ${BUCKET_COLUMNS.map((column, i) => `"${column}" = $${i + 2}::${CODES.has(column) ? "int" : "double precision"}`).join(", ")}
    WHERE "id" = $${BUCKET_COLUMNS.length + 2}`,
  append: INSERT,
  insert: `${INSERT}
    ON CONFLICT DO NOTHING
    RETURNING "step"::double precision AS "step", "time", "value", "nonfinite"`,
  observations: `SELECT "step"::double precision AS "step", "time", "value", "nonfinite", "epoch" FROM "Observation"
    WHERE "seriesId" = $1 AND "step" BETWEEN $2::bigint AND $3::bigint ORDER BY "step", "time", "value", "nonfinite"`,
  observationsIn: `SELECT "step"::double precision AS "step", "time", o."value", "nonfinite", "epoch"
    FROM jsonb_array_elements($2::jsonb) r JOIN "Observation" o
    ON o."seriesId" = $1 AND o."step" BETWEEN (r->>0)::bigint AND (r->>1)::bigint
    ORDER BY o."step", "time", o."value", "nonfinite"`,
  observationsAfter: `SELECT "step"::double precision AS "step", "time", "value", "nonfinite", "epoch" FROM "Observation"
    WHERE "seriesId" = $1 AND ("step", "time", "value", "nonfinite") > ($2::bigint, $3::double precision, $4::double precision, $5::int)
      AND "step" <= $6::bigint
    ORDER BY "step", "time", "value", "nonfinite" LIMIT $7`,
  buckets: `SELECT ${readable} FROM "Rollup"
    WHERE "seriesId" = $1 AND "level" = $2 AND "bucket" BETWEEN $3::bigint AND $4::bigint ORDER BY "bucket"`,
  putBuckets: `INSERT INTO "Rollup" ("seriesId", "level", "bucket", ${list})
    SELECT $1, $2, (e->>0)::bigint, ${BUCKET_COLUMNS.map((column, i) => `(e->>${i + 1})::${rollupType(column)}`).join(", ")}
    FROM jsonb_array_elements($3::jsonb) e
    ON CONFLICT ("seriesId", "level", "bucket") DO UPDATE SET
    ${BUCKET_COLUMNS.map((column) => `"${column}" = excluded."${column}"`).join(", ")}`,
};

interface ObservationColumns {
  step: number;
  time: number;
  value: number;
  nonfinite: number;
  epoch: number | null;
}

const toObservation = (row: ObservationColumns): Observation => ({
  step: row.step,
  time: row.time,
  value: decodeValue(row.value, row.nonfinite),
  epoch: row.epoch,
});

const encode = ({ step, time, value, epoch }: Observation): ObservationColumns => ({
  step,
  time,
  value: storedValue(value),
  nonfinite: nonfiniteCode(value),
  epoch,
});

const payloadOf = (rows: readonly ObservationColumns[]): string =>
  JSON.stringify(rows.map((row) => [row.step, row.time, row.value, row.nonfinite, row.epoch]));

const identity = (row: { step: number; time: number; value: number; nonfinite: number }) =>
  `${row.step} ${row.time} ${row.value} ${row.nonfinite}`;

export function postgresStore(db: Connection): MetricStore {
  return { ...runQueries(db), ...seriesQueries(db), ...pointQueries(db) };
}

function runQueries(db: Connection): Pick<MetricStore, "runHead" | "touchRun" | "claimBatch"> {
  return {
    async runHead(runId) {
      return (await db.$queryRawUnsafe<RunHead[]>(SQL.head, runId))[0] ?? null;
    },
    async touchRun(runId, { lastStep, firstTime, gap, now, seq }) {
      await db.$executeRawUnsafe(SQL.touch, lastStep, now, seq, new Date(firstTime * 1000), gap, runId);
    },
    async claimBatch(runId, batchId, accepted, now) {
      return (await db.$executeRawUnsafe(SQL.batch, runId, batchId, accepted, now)) === 1;
    },
  };
}

function seriesQueries(
  db: Connection,
): Pick<MetricStore, "findSeries" | "listSeries" | "createSeries" | "saveSeries"> {
  return {
    async findSeries(runId, keys): Promise<SeriesRow[]> {
      const rows = await db.$queryRawUnsafe<
        (BucketColumns & { id: number; key: string; observations: number })[]
      >(SQL.findSeries, runId, JSON.stringify(keys));
      return rows.map((row) => ({
        id: row.id,
        key: row.key,
        observations: row.observations,
        ...toBucket(row),
      }));
    },
    async listSeries(runId) {
      return db.$queryRawUnsafe<{ id: number; key: string; lastStep: number }[]>(SQL.listSeries, runId);
    },
    async createSeries(runId, row) {
      const rows = await db.$queryRawUnsafe<{ id: number }[]>(
        SQL.createSeries,
        runId,
        row.key,
        row.observations,
        ...bucketValues(row),
      );
      const id = rows[0]?.id;
      if (id === undefined) throw new Error("the series was not created");
      return id;
    },
    async saveSeries(row) {
      await db.$executeRawUnsafe(SQL.saveSeries, row.observations, ...bucketValues(row), row.id);
    },
  };
}

type PageOf<Row> = (...page: Parameters<MetricStore["rowsAfter"]>) => Promise<Row[]>;

function pointQueries(db: Connection): PointStore {
  const after: PageOf<ObservationColumns> = (seriesId, key, to, limit) =>
    db.$queryRawUnsafe<ObservationColumns[]>(SQL.observationsAfter, seriesId, ...key, to, limit);
  return {
    async append(seriesId, rows) {
      await db.$executeRawUnsafe(SQL.append, seriesId, payloadOf(rows.map(encode)));
    },
    async insert(seriesId, rows) {
      const encoded = rows.map(encode);
      const payload = payloadOf(encoded);
      const stored = await db.$queryRawUnsafe<ObservationColumns[]>(SQL.insert, seriesId, payload);
      const isNew = new Set(stored.map(identity));
      // Of two equal rows in one batch only the first is new.
      return encoded.map((row) => isNew.delete(identity(row)));
    },
    async observations(seriesId, from, to): Promise<Observation[]> {
      const rows = await db.$queryRawUnsafe<ObservationColumns[]>(SQL.observations, seriesId, from, to);
      return rows.map(toObservation);
    },
    async observationsIn(seriesId, ranges): Promise<Observation[]> {
      const rows = await db.$queryRawUnsafe<ObservationColumns[]>(
        SQL.observationsIn,
        seriesId,
        JSON.stringify(ranges),
      );
      return rows.map(toObservation);
    },
    async rowsAfter(...page) {
      return (await after(...page)).map(({ step, time, value, nonfinite, epoch }) => [
        step,
        time,
        value,
        nonfinite,
        epoch,
      ]);
    },
    async observationsAfter(...page): Promise<Observation[]> {
      return (await after(...page)).map(toObservation);
    },
    async buckets(seriesId, level, from, to): Promise<Bucket[]> {
      const rows = await db.$queryRawUnsafe<BucketColumns[]>(SQL.buckets, seriesId, level, from, to);
      return rows.map(toBucket);
    },
    async putBuckets(seriesId, level, all) {
      if (all.length === 0) return;
      const payload = all.map((bucket) => [bucketIndex(bucket.firstStep, level), ...bucketValues(bucket)]);
      await db.$executeRawUnsafe(SQL.putBuckets, seriesId, level, JSON.stringify(payload));
    },
  };
}
