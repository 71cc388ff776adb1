import { describe, expect, test } from "vitest";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { lrAt } from "@/lib/domain/schedules/lr-at";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import { toNative } from "@/lib/domain/schedules/to-native";
import { goldenLrs, goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";
import { inner, torchSchedule } from "@/tests/support/torch-schedule";

const GOLDEN = [...goldenSchedules("torch"), ...goldenSchedules("transformers")];
const converted = GOLDEN.filter(
  (golden) => golden.spec.stepping && "count" in golden.spec.stepping && toNative(scheduleOf(golden)),
);

describe("the golden schedules that have a native equivalent", () => {
  test("are most of them", () => expect(converted.length).toBeGreaterThan(190));

  test.each(converted)("$id", (golden) => {
    const native = toNative(scheduleOf(golden))!;
    const want = goldenLrs(golden);
    const scale = Math.max(...want.flat().map(Math.abs));
    const until = compileDeclared(scheduleOf(golden)).length ?? Infinity;
    groupsOf(native).forEach((spec, group) => {
      // A native one-cycle rests on its last point, where torch overshoots; others agree at the end as well.
      const end = spec.kind === "one_cycle" ? until - 1 : until;
      want[group]!.forEach((lr, t) => {
        if (t <= end) expect(lrAt(spec, t)).toBeRelativelyClose(lr, 1e-11, scale);
      });
    });
  });
});

describe("shape", () => {
  const linear = (total_iters: number) => inner("LinearLR", { start_factor: 0.1, total_iters });
  const annealing = inner("CosineAnnealingLR", { T_max: 40 });
  const sequential = (w: number, milestone: number) =>
    torchSchedule("SequentialLR", { schedulers: [linear(w), annealing], milestones: [milestone] });

  test("a warmup that ends at the milestone is a warmup", () => {
    expect(toNative(sequential(10, 10))).toMatchObject({
      kind: "warmup",
      steps: 10,
      then: { kind: "cosine", steps: 40 },
    });
  });

  test("a warmup that is cut stays a sequence", () => {
    expect(toNative(sequential(10, 7))).toMatchObject({
      kind: "sequence",
      parts: [{ steps: 7 }, { steps: 40 }],
    });
  });

  test("several groups, and epochs", () => {
    const two = torchSchedule("StepLR", { step_size: 3 }, { base_lrs: [1, 2], stepping: { unit: "epoch" } });
    expect(toNative(two, { stepsPerEpoch: 5 })).toMatchObject({
      kind: "per_epoch",
      steps_per_epoch: 5,
      spec: { kind: "groups", groups: [{ spec: { peak: 1 } }, { spec: { peak: 2 } }] },
    });
    expect(toNative(two)).toMatchObject({ kind: "groups" });
  });

  test("a scheduler that is stepped less often is counted in longer steps, an uneven one has no equivalent", () => {
    const steppedBy = (stepping: LibrarySchedule["stepping"]) =>
      torchSchedule("StepLR", { step_size: 3 }, { base_lrs: [1], stepping });
    expect(toNative(steppedBy({ unit: "step", every: 4 }))).toMatchObject({ steps_per_epoch: 4 });
    const epochs = steppedBy({ unit: "epoch", every: 2 });
    expect(toNative(epochs, { stepsPerEpoch: 5 })).toMatchObject({ steps_per_epoch: 10 });
    expect(toNative(epochs)).toBeNull();
    expect(toNative(steppedBy({ unit: "step", calls: 2 }))).toBeNull();
    expect(toNative(steppedBy({ unit: "step", until: 9 }))).toBeNull();
    expect(toNative(steppedBy({ unit: "step", every: 2, each_epoch: true }))).toBeNull();
  });

  test("a plateau keeps its rule and its metric", () => {
    const plateau = torchSchedule("ReduceLROnPlateau", { mode: "max", min_lr: [0.01] }, { monitor: "acc" });
    expect(toNative(plateau)).toMatchObject({
      kind: "reduce_on_plateau",
      peak: 0.1,
      monitor: "acc",
      mode: "max",
      min_lr: 0.01,
      patience: 10,
    });
  });
});

describe("null where there is no equivalent", () => {
  test.each<[string, LibrarySchedule]>([
    ["only stepping tells", torchSchedule("ConstantLR", { total_iters: 0 })],
    ["a constructor that raises", torchSchedule("ConstantLR", { factor: 3 })],
    ["a plateau without a metric", torchSchedule("ReduceLROnPlateau", {})],
    ["resumed", torchSchedule("StepLR", { step_size: 3 }, { resume: { initial_lr: [1], group_lr: [1] } })],
    [
      "waves",
      {
        constructor: "transformers.get_scheduler",
        kwargs: {
          name: "cosine",
          num_warmup_steps: 0,
          num_training_steps: 9,
          scheduler_specific_kwargs: { num_cycles: 2 },
        },
        base_lrs: [1],
      },
    ],
    ["another library", { constructor: "optax.constant_schedule", kwargs: { value: 1 } }],
  ])("%s", (_name, schedule) => expect(toNative(schedule)).toBeNull());
});
