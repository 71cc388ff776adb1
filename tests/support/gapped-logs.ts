import { type CompiledSchedule, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { Random } from "./mistaken-runs";

/** The same schedule, which counts how many LRs it is asked for. */
export function counted(compiled: CompiledSchedule): { compiled: CompiledSchedule; asked: () => number } {
  let asked = 0;
  return {
    compiled: {
      ...compiled,
      lrs: (from, to, stride = 1) => {
        asked += Math.ceil((to - from) / stride);
        if (asked > 1e8) throw new Error(`asked for the LRs of ${from} to ${to}`);
        return compiled.lrs(from, to, stride);
      },
      at: (steps) => {
        asked += steps.length;
        return compiled.at(steps);
      },
    },
    asked: () => asked,
  };
}

export const SCHEDULES: Record<string, (length: number) => DeclaredSchedule> = {
  linear: (steps) => ({ kind: "linear", from: 0.1, to: 0, steps }),
  cosine: (steps) => ({ kind: "cosine", peak: 0.1, floor: 0, steps }),
  multi_step: (steps) => ({
    kind: "multi_step",
    peak: 0.1,
    milestones: [Math.ceil(steps / 3), Math.ceil(steps / 2)],
    gamma: 0.1,
  }),
  "early steps": () => ({ kind: "multi_step", peak: 0.1, milestones: [10, 20], gamma: 0.1 }),
  cyclic: (steps) => ({ kind: "cyclic", base_lr: 0.01, max_lr: 0.1, step_size_up: Math.max(1, steps / 9) }),
  warmup: (steps) => ({
    kind: "warmup",
    shape: "linear",
    steps: Math.ceil(steps / 10),
    start_factor: 0.01,
    then: { kind: "cosine", peak: 0.1, floor: 0, steps },
  }),
  "per epoch": (steps) => ({
    kind: "per_epoch",
    spec: { kind: "exponential", peak: 0.1, gamma: 0.97 },
    steps_per_epoch: Math.max(1, Math.ceil(steps / 90)),
  }),
  transformers: (steps) => ({
    library: "transformers",
    constructor: "get_scheduler",
    kwargs: { name: "cosine", num_warmup_steps: Math.ceil(steps / 10), num_training_steps: steps },
    base_lrs: [0.1],
  }),
};

/** What becomes of the LR from a point on. */
export const TURNS: Record<
  string,
  (at: (step: number) => number, since: number) => (step: number) => number
> = {
  nothing: (at) => at,
  "cut by hand": (at, since) => (step) => (step < since ? 1 : 0.5) * at(step),
  held: (at, since) => (step) => at(Math.min(step, since)),
  "set to another": (at, since) => (step) => (step < since ? at(step) : 0.0123),
  "begun again": (at, since) => (step) => (step < since ? at(step) : at(step - since)),
  late: (at, since) => (step) => (step < since ? at(step) : at(step - Math.floor(since / 2))),
  "twice as fast": (at) => (step) => at(2 * step),
  slowly: (at) => (step) => at(Math.floor(step / 777)),
};

/** Up to 2^53, evenly, with one wide gap, or with gaps of any width. */
export function stepsOf(r: Random, n: number, gap: number, spacing: string): number[] {
  const steps = [0];
  while (steps.length < n) {
    const wide = spacing === "a gap" && steps.length === n >> 1;
    const far = spacing === "wild" ? r.log(1, gap * 10) : wide ? 1e15 : gap;
    steps.push(Math.min(2 ** 53 - 400 + steps.length, (steps.at(-1) ?? 0) + Math.ceil(far)));
  }
  return steps;
}
