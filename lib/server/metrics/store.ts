import "server-only";
import type { Observation } from "@/lib/domain/metrics/observation";
import type { Bucket } from "@/lib/domain/metrics/rollup";

/** What ingest must know of a run before it stores anything. */
export interface RunHead {
  id: string;
  projectId: string;
  status: string;
  resume: string;
  deleted: boolean;
  schedule: string | null;
  lrMetric: string | null;
  lastStep: number | null;
  /** When it last logged, in seconds since 1970, and the longest of its recent pauses, in seconds. */
  lastLogged: number | null;
  logGap: number | null;
  /** How many plateau policies it has, and control requests that wait for the job. */
  policies: number;
  /** Of the policies, how many apply what they find. */
  applying: number;
  openControl: number;
}

/** A metric of a run: a bucket of all its steps. */
export interface SeriesRow extends Bucket {
  id: number;
  key: string;
  observations: number;
}

/** An observation as its columns hold it, without an object around it: for who reads all of them. */
export type StoredRow = readonly [
  step: number,
  time: number,
  value: number,
  nonfinite: number,
  epoch: number | null,
];

/** The hot paths: raw SQL, one implementation per engine. Everything else goes through Prisma's queries. */
export interface MetricStore {
  runHead(runId: string): Promise<RunHead | null>;
  /** Moves the run's clocks forward; a first point from before the run's creation moves its start back. */
  touchRun(
    runId: string,
    change: { lastStep: number; firstTime: number; gap: number | null; now: Date; seq: number },
  ): Promise<void>;
  /** false: the batch was stored before. */
  claimBatch(runId: string, batchId: string, accepted: number, now: Date): Promise<boolean>;
  findSeries(runId: string, keys: readonly string[]): Promise<SeriesRow[]>;
  /** A run's metrics in order of their keys. */
  listSeries(runId: string): Promise<Pick<SeriesRow, "id" | "key" | "lastStep">[]>;
  createSeries(runId: string, row: Omit<SeriesRow, "id">): Promise<number>;
  saveSeries(row: SeriesRow): Promise<void>;
  /** Rows in storage order of which none is there yet. */
  append(seriesId: number, rows: readonly Observation[]): Promise<void>;
  /** For each row whether it was new. */
  insert(seriesId: number, rows: readonly Observation[]): Promise<boolean[]>;
  /** As logged, in storage order: step, time, value. Both ends included. */
  observations(seriesId: number, from: number, to: number): Promise<Observation[]>;
  /** Those of several ranges that do not overlap, in order. */
  observationsIn(seriesId: number, ranges: readonly (readonly [number, number])[]): Promise<Observation[]>;
  /** A page of them behind a key of step, time, stored value and code. */
  rowsAfter(
    seriesId: number,
    after: readonly [number, number, number, number],
    to: number,
    limit: number,
  ): Promise<StoredRow[]>;
  observationsAfter(
    seriesId: number,
    after: readonly [number, number, number, number],
    to: number,
    limit: number,
  ): Promise<Observation[]>;
  /** Buckets `from..to` of a level, in order. */
  buckets(seriesId: number, level: number, from: number, to: number): Promise<Bucket[]>;
  putBuckets(seriesId: number, level: number, buckets: readonly Bucket[]): Promise<void>;
}

/** The part of a store that holds points and buckets. */
export type PointStore = Pick<
  MetricStore,
  | "append"
  | "insert"
  | "observations"
  | "observationsIn"
  | "rowsAfter"
  | "observationsAfter"
  | "buckets"
  | "putBuckets"
>;
