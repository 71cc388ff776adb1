import "server-only";
import { evaluateSchedule as evaluateEndpoint } from "@/lib/contracts/endpoints/system";
import { evaluateSchedule } from "../schedules/evaluate";
import { computed } from "./computed";
import { evaluateCost } from "./costs";
import type { StreamTask, Task } from "./task";

/**
 * All that may run in a worker, by name. What an entry reaches is bundled into the workers' script, so it must neither
 * open a transaction nor import what does: `runTask` is called by the services that do.
 */
export const TASKS = {
  evaluate: computed(evaluateEndpoint, evaluateCost, evaluateSchedule),
};

/** Those whose answer comes in parts. */
export const STREAMS = {};

type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
export type InputOf<N extends TaskName> = Parameters<Tasks[N]["run"]>[0];
export type AnswerOf<N extends TaskName> = Awaited<ReturnType<Tasks[N]["run"]>>;

type Streams = typeof STREAMS;
export type StreamName = keyof Streams;
export type StreamInputOf<N extends StreamName> = Streams[N] extends StreamTask<infer I, unknown> ? I : never;
export type PartOf<N extends StreamName> = Streams[N] extends StreamTask<never, infer C> ? C : never;

/** Keeps each name together with its own types. */
type Registry = { [N in TaskName]: Task<InputOf<N>, AnswerOf<N>> };
const registry: Registry = TASKS;

export const taskCalled = <N extends TaskName>(name: N): Registry[N] => registry[name];
