import { describe, expect, test } from "vitest";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import { evaluateTorch } from "@/lib/domain/schedules/torch/evaluate";
import { torchLr } from "@/lib/domain/schedules/torch/torch-lr";
import { toNative } from "@/lib/domain/schedules/to-native";
import { inner, torchSchedule } from "@/tests/support/torch-schedule";

/** Recorded with torch 2.13.0, SGD, LR 0.1. */
const RECORDED: [string, Record<string, unknown>, number[]][] = [
  [
    "SWALR",
    { swa_lr: 0.02, anneal_epochs: 4 },
    [0.1, 0.08828427124746191, 0.06, 0.0317157287525381, 0.02, 0.02, 0.02],
  ],
  [
    "SWALR",
    { swa_lr: 0.02, anneal_epochs: 3, anneal_strategy: "linear" },
    [0.1, 0.07333333333333335, 0.046666666666666676, 0.02, 0.02],
  ],
  ["SWALR", { swa_lr: 0.02, anneal_epochs: 0 }, [0.02, 0.02, 0.02]],
  [
    "SequentialLR",
    {
      schedulers: [
        inner("ExponentialLR", { gamma: 0.5 }),
        inner("SWALR", { swa_lr: 0.02, anneal_epochs: 2, anneal_strategy: "linear" }),
      ],
      milestones: [3],
    },
    [0.1, 0.05, 0.025, 0.025, 0.0225, 0.02, 0.02],
  ],
];

describe("SWALR, alone and at the end of a sequence, where it starts from the LR it finds", () => {
  test.each(RECORDED)("%s %j", (name, kwargs, want) => {
    const stepping = { mode: "step" as const, count: want.length };
    const got = evaluateTorch(torchSchedule(name, kwargs, { stepping })).lrs_by_group[0]!;
    const curve = torchLr(torchSchedule(name, kwargs));
    want.forEach((lr, t) => {
      expect(got[t]).toBeRelativelyClose(lr, 1e-12, 0.1);
      expect(curve(t)[0]).toBeRelativelyClose(lr, 1e-12, 0.1);
    });
  });

  test("is known by its bare name, and told in our words", () => {
    const bare = { constructor: "SWALR", kwargs: { swa_lr: 0.02, anneal_epochs: 4 }, base_lrs: [0.1] };
    expect(scheduleFamily(bare)).toBe("cosine");
    expect(toNative(bare)).toEqual({ kind: "cosine", peak: 0.1, floor: 0.02, steps: 4 });
  });

  test.each([{ anneal_strategy: "exp" }, { anneal_epochs: -1 }, { anneal_epochs: 2.5 }, { swa_lr: [1, 2] }])(
    "raises for %j",
    (wrong) => {
      const schedule = torchSchedule("SWALR", { swa_lr: 0.02, ...wrong });
      expect(() => torchLr(schedule)).toThrow(expect.objectContaining({ type: "ValueError" }));
    },
  );
});
