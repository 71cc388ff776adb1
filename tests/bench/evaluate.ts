import { lrs } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { median, report, timed } from "./figures";

const STEPS = 1_000_000;

const SPECS: ScheduleSpec[] = [
  { kind: "constant", value: 0.1 },
  { kind: "step", peak: 0.1, step_size: 30_000, gamma: 0.9 },
  { kind: "exponential", peak: 0.1, gamma: 0.999_99 },
  { kind: "cosine", peak: 0.1, floor: 0, steps: STEPS },
  { kind: "cosine_restarts", peak: 0.1, floor: 0, T_0: 1000, T_mult: 2 },
  { kind: "one_cycle", max_lr: 0.1, total_steps: STEPS },
  { kind: "polynomial", peak: 0.1, floor: 0, power: 2, steps: STEPS },
  {
    kind: "warmup",
    shape: "linear",
    steps: 1000,
    start_factor: 0.01,
    then: { kind: "cosine", peak: 0.1, floor: 0, steps: STEPS },
  },
];

/** A million steps of a closed form. The sum keeps the work from being optimised away. */
export async function benchEvaluate(): Promise<void> {
  for (const spec of SPECS) {
    let sum = 0;
    const taken = await timed(9, () => {
      sum += lrs(spec, 0, STEPS, 1)[STEPS - 1] ?? 0;
    });
    const kind = spec.kind === "warmup" ? "warmup + cosine" : spec.kind;
    report({
      name: "evaluate 1,000,000 steps",
      value: median(taken),
      unit: "ms",
      schedule: kind,
      check: sum,
    });
  }
}
