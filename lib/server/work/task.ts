import "server-only";
import type { Reader } from "../db/database";
import type { MetricStore } from "../metrics/store";

/** What a task may read. In a worker these are connections of its own, which cannot write; each is opened when asked for. */
export interface TaskDb {
  /** The metrics. Cheap to open. */
  store(): Promise<MetricStore>;
  /** All tables, through Prisma, which a worker takes a moment to load. */
  reader(): Promise<Reader>;
}

/**
 * A function of its input and the database. Input and answer are plain data (what `structuredClone` takes): they travel
 * to a worker and back. Typed arrays at the top of either travel without a copy.
 */
export interface Task<I, O> {
  /** About how many values it goes through, a value of `evaluate` being one. Decides where it runs. */
  cost(input: I): number;
  run(input: I, db: TaskDb): O | Promise<O>;
}

/** Keeps the types of input and answer. */
export const task = <I, O>(cost: (input: I) => number, run: Task<I, O>["run"]): Task<I, O> => ({ cost, run });

/** A task whose answer comes in parts, made no faster than they are taken. Always runs in a worker. */
export interface StreamTask<I, C> {
  chunks(input: I, db: TaskDb): AsyncGenerator<C>;
}

/** As the worker sees one: names and inputs come to it as they were sent, from code that had to know their types. */
export interface AnyTask {
  run(input: never, db: TaskDb): unknown;
}
export interface AnyStream {
  chunks(input: never, db: TaskDb): AsyncIterable<unknown>;
}
