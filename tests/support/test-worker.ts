import { setTimeout as pause } from "node:timers/promises";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { ServiceError } from "@/lib/server/errors";
import { serveJobs } from "@/lib/server/work/serve-jobs";

/** How far a stream got, told through shared memory since a worker that was ended tells nothing. */
interface Counted {
  made: Int32Array;
}

const tasks = {
  double: { run: (n: number) => 2 * n },
  forever: {
    run: () => {
      for (;;);
    },
  },
  /** Says that it runs, then waits as a task that reads does. */
  sleep: {
    async run({ made }: Counted) {
      Atomics.add(made, 0, 1);
      await pause(3_600_000);
    },
  },
  leave: { run: () => process.exit(3) },
  fill: {
    run: () => {
      const kept: number[][] = [];
      for (;;) kept.push(Array.from({ length: 100_000 }, Math.random));
    },
  },
  throwService: {
    run: () => {
      throw new ServiceError("invalid_parameters", "a: wrong", [{ name: "a", reason: "wrong" }]);
    },
  },
  throwSchedule: {
    run: () => {
      throw new ScheduleError("schedule.kwargs.gama", "there is no gama");
    },
  },
  throwPolicy: {
    run: () => {
      const raises = { at: "construct" as const, type: "ValueError", message: "factor" };
      throw new PolicyError("config.factor", "too large", raises);
    },
  },
  throwPlain: {
    run: () => {
      throw new TypeError("no such thing");
    },
  },
  /** Where its bytes came from, and others back. */
  bytes: { run: ({ bytes }: { bytes: Uint8Array }) => ({ sum: bytes.reduce((a, b) => a + b, 0), bytes }) },
};

const streams = {
  async *count({ made }: Counted) {
    for (let i = 0; ; i += 1) {
      Atomics.store(made, 0, i + 1);
      yield i;
    }
  },
  async *three() {
    yield* [new Float64Array([1]), new Float64Array([2]), new Float64Array([3])];
  },
  async *fails() {
    yield 1;
    throw new ServiceError("not_found", "run r does not exist");
  },
  async *stuck() {
    yield 1;
    for (;;);
  },
};

export default serveJobs(
  tasks,
  Object.fromEntries(Object.entries(streams).map(([name, chunks]) => [name, { chunks }])),
);
