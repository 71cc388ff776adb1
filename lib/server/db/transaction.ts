import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { RunChanged } from "@/lib/contracts/events";
import { ServiceError } from "../errors";
import { PrepareFirst } from "./prepare-first";
import type Database from "better-sqlite3";
import { holdNumber, nextNumber, type Unannounced } from "./change-numbers";
import { database, type DatabaseHandle, type Tx } from "./database";

/** A run that a transaction changed; announced once the transaction is committed. */
export type RunChange = RunChanged & { seq: number };

export interface WriteTx extends Tx {
  engine: DatabaseHandle["engine"];
  /** The number that a run changed by this request carries; the next request has the next one. */
  seq: number;
  changes: RunChange[];
}

interface Job {
  run(tx: WriteTx): Promise<void>;
  fail(error: unknown): void;
  /** Called after the commit. */
  done(): void;
}

const ATTEMPTS = 5;
/** SQLite: another process that holds the lock is waited for so long, with such pauses, in which reads go on. */
const LOCKED_MS = 5000;
const PAUSE_MS = 50;
const TRANSACTION_TIMEOUT_MS = 30_000;
/** A commit is shared by so many requests at most, and takes no further one in after so long: bounds the wait. */
const GROUP = 64;
const GROUP_MS = 250;

/**
 * Another writer was in the way; the same transaction may succeed when tried again. A refusal of ours is final, whatever
 * words of the client it quotes.
 */
function isContention(error: unknown): boolean {
  if (error instanceof ServiceError) return false;
  const text = error instanceof Error ? `${"code" in error ? String(error.code) : ""} ${error.message}` : "";
  return /SQLITE_BUSY|database is locked|P1008|P2034|deadlock detected|could not serialize/.test(text);
}

/** Another writer made the row that this transaction looked for, did not find, and then made as well. */
const lostRace = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "P2002";

type Announce = (changes: RunChange[]) => void;
const shared = globalThis as {
  __lrscopeAnnounce?: Announce;
  __lrscopeQueue?: { jobs: Job[]; draining: boolean };
};

/** lib/server/events puts itself here; the database layer does not know what becomes of an announcement. */
export function onCommitted(announce: Announce): void {
  shared.__lrscopeAnnounce = announce;
}

/**
 * Runs `work` in one write transaction, again when another writer was in the way, and announces its changes after the
 * commit. Whatever `work` throws undoes all that it wrote.
 *
 * SQLite has one writer, so requests that wait for it anyway share a transaction and its one wait for the disk, each
 * behind a savepoint of its own. PostgreSQL does the like by itself, so there each has its own transaction.
 */
export async function transact<T>(work: (tx: WriteTx) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await transactOnce(work);
    } catch (error) {
      if (!(error instanceof PrepareFirst)) throw error;
      await error.prepare();
    }
  }
}

async function transactOnce<T>(work: (tx: WriteTx) => Promise<T>): Promise<T> {
  const handle = await database();
  return new Promise<T>((resolve, reject) => {
    let result: { value: T } | undefined;
    const job: Job = {
      async run(tx) {
        result = { value: await work(tx) };
      },
      fail: reject,
      done: () => (result ? resolve(result.value) : reject(new Error("the transaction did not run"))),
    };
    if (handle.engine === "sqlite") enqueue(handle, job);
    else void commit(handle, [job]);
  });
}

function enqueue(handle: DatabaseHandle, job: Job): void {
  const queue = (shared.__lrscopeQueue ??= { jobs: [], draining: false });
  queue.jobs.push(job);
  if (!queue.draining) void drain(handle, queue);
}

async function drain(handle: DatabaseHandle, queue: { jobs: Job[]; draining: boolean }): Promise<void> {
  queue.draining = true;
  while (queue.jobs.length > 0) {
    await gather(queue.jobs);
    const left = await commit(handle, queue.jobs.splice(0, GROUP));
    queue.jobs.unshift(...left);
  }
  queue.draining = false;
}

/** Requests that arrived during the last commit are still being read: as long as more of them get here, wait a turn. */
async function gather(jobs: readonly Job[]): Promise<void> {
  for (let before = 0; before < jobs.length && jobs.length < GROUP;) {
    before = jobs.length;
    await new Promise(setImmediate);
  }
}

/** Never throws: every job hears of its own end, but for those returned, which there was no time for. */
async function commit(handle: DatabaseHandle, jobs: Job[]): Promise<Job[]> {
  const began = performance.now();
  const own: Unannounced = { number: 0 };
  const release = holdNumber(own);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { succeeded, failed, left, changes } = await attemptCommit(handle, jobs, own);
      shared.__lrscopeAnnounce?.(changes);
      release();
      for (const job of succeeded) job.done();
      for (const { job, error } of failed) job.fail(error);
      return left;
    } catch (error) {
      if (await mayTryAgain(handle.engine, error, attempt, began)) continue;
      release();
      for (const job of jobs) job.fail(error);
      return [];
    }
  }
}

/** A race that was lost is run again at once, a few times; SQLite's lock is waited for by the clock. */
async function mayTryAgain(
  engine: DatabaseHandle["engine"],
  error: unknown,
  attempt: number,
  began: number,
): Promise<boolean> {
  if (engine === "postgresql" || !isContention(error)) {
    return attempt < ATTEMPTS && (isContention(error) || lostRace(error));
  }
  if (performance.now() - began > LOCKED_MS) return false;
  await pause(PAUSE_MS);
  return true;
}

async function attemptCommit({ engine, writer }: DatabaseHandle, jobs: Job[], own: Unannounced) {
  return writer.prisma.$transaction(
    async (prisma) => {
      const { native } = writer;
      const first = await lastSeq({ prisma, native });
      own.number = first + 1;
      const tx: WriteTx = { prisma, native, engine, seq: first, changes: [] };
      const succeeded: Job[] = [];
      const failed: { job: Job; error: unknown }[] = [];
      const left: Job[] = [];
      const began = performance.now();
      for (const job of jobs) {
        if (performance.now() - began > GROUP_MS) {
          left.push(job);
          continue;
        }
        const before = { changes: tx.changes.length, seq: tx.seq };
        tx.seq += 1;
        try {
          await savepoint(tx, () => job.run(tx));
          succeeded.push(job);
          if (tx.changes.length === before.changes) tx.seq = before.seq;
        } catch (error) {
          // On PostgreSQL the transaction is this job's own: let it end, and be tried again where that helps.
          if (engine === "postgresql" || isContention(error)) throw error;
          // A full disk has rolled back the whole transaction, with what the jobs before this one did.
          if (native && !native.inTransaction) throw error;
          tx.changes.length = before.changes;
          tx.seq = before.seq;
          failed.push({ job, error });
        }
      }
      if (native && tx.seq > first) counter(native).save.run(tx.seq);
      return { succeeded, failed, left, changes: tx.changes };
    },
    { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS },
  );
}

async function savepoint(tx: WriteTx, work: () => Promise<void>): Promise<void> {
  const db = tx.native;
  if (!db) return work();
  db.exec("SAVEPOINT job");
  try {
    await work();
    db.exec("RELEASE job");
  } catch (error) {
    // A full disk may have rolled back the whole transaction already; then there is no savepoint left to go back to.
    if (!db.inTransaction) throw error;
    db.exec("ROLLBACK TO job; RELEASE job");
    throw error;
  }
}

/** The number after which this transaction counts on. */
async function lastSeq({ prisma, native }: Tx): Promise<number> {
  return native ? (counter(native).read.get()?.value ?? 0) : (await nextNumber(prisma)) - 1;
}

interface Counter {
  read: Database.Statement<[], { value: number }>;
  save: Database.Statement<[number]>;
}

const counters = new WeakMap<Database.Database, Counter>();

/** SQLite: there is one writer, so a row counts. */
function counter(db: Database.Database): Counter {
  const known = counters.get(db);
  if (known) return known;
  const read: Counter["read"] = db.prepare(`SELECT "value" FROM "ChangeCounter" WHERE "id" = 1`);
  const save: Counter["save"] = db.prepare(`UPDATE "ChangeCounter" SET "value" = ? WHERE "id" = 1`);
  const made = { read: read.safeIntegers(false), save };
  counters.set(db, made);
  return made;
}
