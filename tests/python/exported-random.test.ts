import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { NativeScheduleSchema } from "@/lib/contracts/native-schedules";
import type { CodeTarget } from "@/lib/domain/export/print-call";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { without } from "@/lib/domain/export/python";
import { replay } from "@/lib/domain/plateau/replay";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import type { ReduceOnPlateauSpec } from "@/lib/domain/schedules/reduce-on-plateau";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { CODE_TARGETS, faultsOf, installed, type Prepared, prepared } from "@/tests/support/exported-code";
import { anySpec } from "@/tests/support/schedule-specs";

const available = installed();

/** LRSCOPE_DRAWS and LRSCOPE_SEED look further than a run of the tests has time for. */
const DRAWS = Number(process.env.LRSCOPE_DRAWS ?? 60);
const SEED = Number(process.env.LRSCOPE_SEED ?? 20_260);
const MOST_STEPS = 600;
const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { numRuns: DRAWS, seed: SEED });

/** Numbers as people give them: three digits, and none so small that float32 has lost it. */
const rounded = <T>(spec: T): T =>
  JSON.parse(JSON.stringify(spec), (_, value: unknown) =>
    typeof value === "number" ? (value < 1e-12 ? 0 : Number(value.toPrecision(3))) : value,
  ) as T;

/** Says on its own what its LRs are. */
const isPlanned = (spec: ScheduleSpec): boolean => {
  const [first = spec] = groupsOf(spec);
  return first.kind === "per_epoch" ? isPlanned(first.spec) : first.kind !== "reduce_on_plateau";
};

/** What the contract takes: one group, or several of them. */
const groups = fc
  .array(anySpec, { minLength: 2, maxLength: 3 })
  .map((specs): ScheduleSpec => ({ kind: "groups", groups: specs.map((spec) => ({ spec })) }));
const planned = fc
  .oneof({ arbitrary: anySpec, weight: 6 }, { arbitrary: groups, weight: 1 })
  .map(rounded)
  .filter((spec) => NativeScheduleSchema.safeParse(spec).success && isPlanned(spec));

/** JAX computes in float32 unless it is told otherwise, which would hide what is wrong with a formula; Keras always. */
const DOUBLE = { JAX_ENABLE_X64: "1" };
const SINGLE = 5e-6;
/** Far from where float32 loses digits. */
const LEAST_PEAK = 1e-25;

describe.each(CODE_TARGETS)("random schedules for %s", (target) => {
  const inSingle = target === "keras" || target === "optax";
  const cases = sample(planned)
    .map((spec) => prepared(JSON.stringify(spec), spec, target, MOST_STEPS))
    .filter(({ scales }) => !inSingle || Math.max(...scales) > LEAST_PEAK);

  test.skipIf(!available[target])("run, and where they are exact give our learning rates", () => {
    if (target !== "keras") expect(faultsOf(cases, 1e-9, DOUBLE)).toEqual([]);
    if (inSingle) expect(faultsOf(cases, SINGLE)).toEqual([]);
    expect(cases.filter(({ exported }) => exported.exact).length).toBeGreaterThan(DRAWS / 2);
  });
});

const plateau = fc.record({
  kind: fc.constant("reduce_on_plateau" as const),
  peak: fc.double({ min: 1e-6, max: 1, noNaN: true }),
  monitor: fc.constant("val/loss"),
  mode: fc.constantFrom("min" as const, "max" as const),
  factor: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  patience: fc.integer({ min: 0, max: 6 }),
  threshold: fc.double({ min: 0, max: 0.2, noNaN: true }),
  threshold_mode: fc.constantFrom("rel" as const, "abs" as const),
  cooldown: fc.integer({ min: 0, max: 4 }),
  min_lr: fc.constantFrom(0, 1e-6, 1e-3),
  eps: fc.constantFrom(1e-8, 1e-8, 1e-4),
});
const values = fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { minLength: 40, maxLength: 40 });

function followed(spec: ReduceOnPlateauSpec, metrics: number[], target: CodeTarget): Prepared {
  const name = JSON.stringify({ spec, metrics });
  const { peak, monitor: metric, ...args } = spec;
  const options = without(args, "kind");
  const { lrs_after = [] } = replay(normalisePolicy({ detector: "torch", metric, ...options }).spec, [peak], metrics);
  const case_ = prepared(name, spec, target);
  return { ...case_, steps: metrics.length, values: metrics, want: [[peak, ...lrs_after.slice(0, -1)]], scales: [peak] };
}

describe.each(["torch", "transformers", "timm"] as const)("random plateaus for %s", (target) => {
  const cases = sample(fc.tuple(plateau, values)).map(([spec, metrics]) =>
    followed(rounded(spec), metrics, target),
  );

  test.skipIf(!available[target])("cut where ours does, or say that they do not", () => {
    expect(faultsOf(cases, 1e-9)).toEqual([]);
    expect(cases.filter(({ exported }) => exported.exact).length).toBeGreaterThan(DRAWS / 4);
  });
});
