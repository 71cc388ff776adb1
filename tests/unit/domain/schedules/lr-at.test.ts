import { describe, expect, test } from "vitest";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import { lrs, lrsAt } from "@/lib/domain/schedules/lr-at";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

const cosine: ScheduleSpec = { kind: "cosine", peak: 0.1, floor: 0.01, steps: 100 };

describe("lrs", () => {
  test("covers from, from + stride, … below to", () => {
    expect([...lrs({ kind: "linear", from: 0, to: 10, steps: 10 }, 1, 8, 3)]).toEqual([1, 4, 7]);
    expect([...lrs(cosine, 5, 5, 1)]).toEqual([]);
    expect([...lrs(cosine, 9, 5, 1)]).toEqual([]);
  });

  test("a stride longer than an epoch or a part skips it", () => {
    const epochs: ScheduleSpec = {
      kind: "per_epoch",
      spec: { kind: "linear", from: 0, to: 100, steps: 100 },
      steps_per_epoch: 3,
    };
    expect([...lrs(epochs, 0, 30, 10)]).toEqual([0, 3, 6]);
    const one: ScheduleSpec = { kind: "constant", value: 1 };
    const parts: ScheduleSpec = {
      kind: "sequence",
      parts: [
        { spec: one, steps: 5 },
        { spec: { kind: "constant", value: 2 }, steps: 2 },
        { spec: { kind: "constant", value: 3 }, steps: 1 },
      ],
    };
    expect([...lrs(parts, 0, 20, 8)]).toEqual([1, 3, 3]);
  });
});

test("lrsAt takes steps in any order and spacing", () => {
  const line: ScheduleSpec = { kind: "linear", from: 0, to: 100, steps: 100 };
  const steps = [7, 3, 3, 10, 20, 30, 31, 0, 0.5];
  expect([...lrsAt(line, steps)]).toEqual(steps);
});

describe("scheduleLength", () => {
  const forever: ScheduleSpec = { kind: "constant", value: 1 };
  test.each<[string, ScheduleSpec, number | null]>([
    ["cosine", cosine, 100],
    ["constant", forever, null],
    ["step", { kind: "step", peak: 1, step_size: 10, gamma: 0.1 }, null],
    ["one_cycle", { kind: "one_cycle", max_lr: 1, total_steps: 77 }, 77],
    ["wsd", { kind: "wsd", peak: 1, floor: 0, warmup: 1, stable: 2, decay: 3, shape: "linear" }, 6],
    ["warmup", { kind: "warmup", shape: "linear", steps: 10, start_factor: 0, then: cosine }, 110],
    [
      "warmup over the curve",
      { kind: "warmup", shape: "linear", steps: 10, start_factor: 0, then: cosine, overlap: true },
      100,
    ],
    [
      "warmup before what never ends",
      { kind: "warmup", shape: "linear", steps: 10, start_factor: 0, then: forever },
      null,
    ],
    [
      "sequence",
      {
        kind: "sequence",
        parts: [
          { spec: forever, steps: 10 },
          { spec: cosine, steps: 50 },
        ],
      },
      60,
    ],
    ["product", { kind: "product", factors: [forever, cosine] }, 100],
    ["per_epoch", { kind: "per_epoch", spec: cosine, steps_per_epoch: 7 }, 700],
    ["groups", { kind: "groups", groups: [{ spec: cosine }, { spec: { ...cosine, steps: 150 } }] }, 150],
  ])("%s", (_name, spec, length) => expect(scheduleLength(spec)).toBe(length));
});

test("groupsOf flattens nested groups in order", () => {
  const a: ScheduleSpec = { kind: "constant", value: 1 };
  const b: ScheduleSpec = { kind: "constant", value: 2 };
  expect(groupsOf(a)).toEqual([a]);
  expect(
    groupsOf({
      kind: "groups",
      groups: [{ spec: a }, { spec: { kind: "groups", groups: [{ spec: b }, { spec: cosine }] } }],
    }),
  ).toEqual([a, b, cosine]);
});
