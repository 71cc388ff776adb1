import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { StreamTask, TaskDb } from "./task";

/** A sign of life, or the answer. */
export type Beat<O> = { value: O } | null;

const BEAT_MS = 1000;

/**
 * A task that may take minutes, since what it reads is large, as a stream: of signs of life, which stop when it is caught
 * in a loop, and then of its answer. Streams do not keep other tasks from a worker.
 */
export function long<I, O>(run: (input: I, db: TaskDb) => Promise<O>): StreamTask<I, Beat<O>> {
  return {
    async *chunks(input, db) {
      const work = run(input, db).then((value): Beat<O> => ({ value }));
      for (let beat: Beat<O> = null; beat === null;) {
        beat = await Promise.race([work, pause(BEAT_MS, null, { ref: false })]);
        yield beat;
      }
    },
  };
}
