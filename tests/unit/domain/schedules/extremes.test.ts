import { expect, test } from "vitest";
import { NativeScheduleSchema } from "@/lib/contracts/native-schedules";
import { lrAt } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

const cosine: ScheduleSpec = { kind: "cosine", peak: 0.1, floor: 0, steps: 10 };
const FAMILIES: ScheduleSpec[] = [
  { kind: "constant", value: 0.1 },
  { kind: "step", peak: 0.1, step_size: 10, gamma: 0.5 },
  { kind: "multi_step", peak: 0.1, milestones: [3, 7], gamma: 0.5 },
  { kind: "exponential", peak: 0.1, gamma: 0.9, decay_steps: 5, staircase: true, floor: 0.01 },
  { kind: "exponential", peak: 0.1, gamma: 0.9, decay_steps: 5 },
  { kind: "inverse_time", peak: 0.1, decay_rate: 0.5, decay_steps: 5, staircase: true },
  { kind: "polynomial", peak: 0.1, floor: 0.01, power: 2, steps: 10 },
  { kind: "linear", from: 0.1, to: 0.2, steps: 10 },
  cosine,
  { kind: "cosine_restarts", peak: 0.1, floor: 0.01, T_0: 5, T_mult: 2, gamma: 0.5 },
  { kind: "one_cycle", max_lr: 0.1, total_steps: 100, pct_start: 0.3, div_factor: 25, final_div_factor: 1e4 },
  { kind: "cyclic", base_lr: 0, max_lr: 1e100, step_size_up: 5, step_size_down: 6, mode: "triangular2" },
  { kind: "cyclic", base_lr: 0, max_lr: 1e100, step_size_up: 5, mode: "exp_range", gamma: 0.9 },
  { kind: "inverse_sqrt", peak: 0.1, warmup: 5, timescale: 10 },
  { kind: "wsd", peak: 0.1, floor: 0.01, warmup: 3, stable: 5, decay: 5, shape: "exponential" },
  { kind: "warmup", shape: "exponential", steps: 5, start_factor: 0.1, then: cosine },
];
const EXTREMES = [0, 5e-324, 1e-300, 1e-6, 1, 2 ** 53 - 1, 1e100, 1.7e308];
const STEPS = [0, 1, 11, 2 ** 53 - 1];

/** The spec with each of its numbers, and each two of them, at an extreme, as far as the contract takes that. */
function* extremesOf(spec: ScheduleSpec): Generator<ScheduleSpec> {
  const fields = Object.entries(spec).flatMap(([key, value]) => (typeof value === "number" ? [key] : []));
  for (const [i, one] of fields.entries())
    for (const other of fields.slice(i))
      for (const a of EXTREMES)
        for (const b of one === other ? [a] : EXTREMES) {
          const parsed = NativeScheduleSchema.safeParse({ ...spec, [one]: a, [other]: b });
          if (parsed.success) yield parsed.data;
        }
}

const perEpoch = (spec: ScheduleSpec): ScheduleSpec => ({ kind: "per_epoch", spec, steps_per_epoch: 10 });
const growing: ScheduleSpec = { kind: "exponential", peak: 1e100, gamma: 1e100 };
const product: ScheduleSpec = { kind: "product", factors: [{ kind: "constant", value: 0 }, growing] };

test.each(
  [...FAMILIES, ...FAMILIES.map(perEpoch), product].map((spec) => [JSON.stringify(spec), spec] as const),
)("whatever the contract takes has an LR: %s", (_, given) => {
  const wrong = [given, ...extremesOf(given)].flatMap((spec) =>
    STEPS.filter((step) => !(lrAt(spec, step) >= 0)).map((step) => JSON.stringify([spec, step])),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ["step_size", { kind: "step", peak: 0.1, step_size: 9e-7, gamma: 1 }],
  ["steps_per_epoch", { kind: "per_epoch", spec: cosine, steps_per_epoch: 9e-7 }],
  ["peak", { ...cosine, peak: 1.1e100 }],
  ["div_factor", { kind: "one_cycle", max_lr: 1, total_steps: 9, div_factor: 1e-101 }],
])("%s beyond its bound is refused by name", (field, spec) => {
  const { error } = NativeScheduleSchema.safeParse(spec);
  expect(error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
});
