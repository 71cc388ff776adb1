import { expect, test } from "vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { evaluateTorch } from "@/lib/domain/schedules/torch/evaluate";
import { inner, torchSchedule } from "@/tests/support/torch-schedule";

const steps = (schedule: LibrarySchedule, count: number) =>
  evaluateTorch({ ...schedule, stepping: { mode: "step", count } });

/** Recorded with torch 2.13.0: milestone 3 is past, and yet the ConstantLR's factor is applied at construction. */
test("a SequentialLR built in the middle of its schedule repeats the first scheduler's initial step", () => {
  const kwargs = {
    schedulers: [
      inner("ConstantLR", { factor: 0.5, total_iters: 10 }),
      inner("ExponentialLR", { gamma: 0.5 }),
    ],
    milestones: [3],
    last_epoch: 3,
  };
  const resume = { initial_lr: [0.05], group_lr: [0.05] };
  expect(steps(torchSchedule("SequentialLR", kwargs, { resume }), 3).lrs_by_group).toEqual([
    [0.025, 0.0125, 0.00625],
  ]);
});

test("a OneCycleLR resumed past its end says so before it misses its LRs", () => {
  const resume = { initial_lr: [0.05], group_lr: [0.05] };
  const schedule = torchSchedule("OneCycleLR", { max_lr: 1, total_steps: 8, last_epoch: 11 }, { resume });
  expect(steps(schedule, 2).raises).toMatchObject({ at: "construct", type: "ValueError" });
});
