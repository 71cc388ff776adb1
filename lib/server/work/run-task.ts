import "server-only";
import { database } from "../db/database";
import { env } from "../env";
import { storeOn } from "../metrics/store-on";
import { valueOf } from "./crossing";
import type { Beat } from "./long";
import { buffersIn } from "./message";
import { receive } from "./receive";
import type { TaskDb } from "./task";
import {
  type AnswerOf,
  type InputOf,
  type PartOf,
  type StreamInputOf,
  type StreamName,
  taskCalled,
  type TaskName,
} from "./tasks";
import { LIMIT_MS, together, workers } from "./workers";

export interface TaskOptions {
  /** Of the request: when its client leaves, the work ends. */
  signal: AbortSignal;
  /** Says all that the answer depends on. Work with the same name and key is done once, for all who ask meanwhile. */
  key?: () => string;
}

/**
 * Work below this is done where it is asked for: about ten milliseconds, while a worker that has to be started takes a
 * hundred.
 */
export const SMALL = 10_000;

/** A reader that takes nothing for so long gives its worker to others. */
const IDLE_MS = 60_000;

/** In the process itself tasks read on the connection that every request reads on. */
const here: TaskDb = {
  store: async () => storeOn((await database()).reader),
  reader: async () => (await database()).reader,
};

/**
 * Runs a task of the registry, here when it is small, else in a worker, where it holds nobody up.
 * @throws what the task threw; ServiceError unavailable when the queue is full or the time is over
 */
export async function runTask<N extends TaskName>(
  name: N,
  input: InputOf<N>,
  { signal, key }: TaskOptions,
): Promise<AnswerOf<N>> {
  signal.throwIfAborted();
  const task = taskCalled(name);
  if (task.cost(input) <= SMALL) return task.run(input, here);
  const job = { ...jobOf(name, input), port: null };
  const transfer = buffersIn(input);
  const inWorker = (stop: AbortSignal) => workers().tasks.run(job, { signal: stop, transfer });
  const outcome = key === undefined ? inWorker(signal) : together().run(`${name} ${key()}`, signal, inWorker);
  return answerOf<N>(valueOf(await outcome));
}

/**
 * Runs a stream of the registry in a worker: its parts, made no faster than they are taken. The work ends when the reader
 * does, when `signal` is aborted, and when nothing is taken for a minute.
 */
export function streamTask<N extends StreamName>(
  name: N,
  input: StreamInputOf<N>,
  { signal }: Pick<TaskOptions, "signal">,
): AsyncGenerator<PartOf<N>> {
  const { streams } = workers();
  const parts = receive(streams, jobOf(name, input), { signal, partMs: LIMIT_MS, idleMs: IDLE_MS });
  return partsOf<N>(parts);
}

/** The streams that `long` made. */
type LongName = { [N in StreamName]: PartOf<N> extends Beat<unknown> ? N : never }[StreamName];
type LongAnswer<N extends LongName> = PartOf<N> extends Beat<infer O> ? O : never;

/** What a task that may take minutes answers. */
export async function runLong<N extends LongName>(
  name: N,
  input: StreamInputOf<N>,
  options: Pick<TaskOptions, "signal">,
): Promise<LongAnswer<N>> {
  const beats: AsyncGenerator<Beat<LongAnswer<N>>> = beatsOf<N>(streamTask(name, input, options));
  for await (const beat of beats) if (beat) return beat.value;
  throw new Error(`${name} ended without an answer`);
}

/** The same type, which the compiler does not work out for a name it does not know. */
const beatsOf = <N extends LongName>(parts: AsyncGenerator<PartOf<N>>) =>
  parts as unknown as AsyncGenerator<Beat<LongAnswer<N>>>;

const jobOf = (name: string, input: unknown) => ({
  name,
  input: input as never,
  databaseUrl: env().databaseUrl,
});

const partsOf = <N extends StreamName>(parts: AsyncGenerator<unknown>): AsyncGenerator<PartOf<N>> =>
  parts as AsyncGenerator<PartOf<N>>;

/** The worker ran the very entry of the registry that `name` stands for. */
const answerOf = <N extends TaskName>(value: unknown): AnswerOf<N> => value as AnswerOf<N>;
