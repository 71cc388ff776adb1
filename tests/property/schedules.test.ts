import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import { lrAt, lrs, lrsAt } from "@/lib/domain/schedules/lr-at";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { anyFamily, anySpec } from "@/tests/support/schedule-specs";

const step = fc.integer({ min: 0, max: 3000 });
/** A few ulps of the larger bound. */
const slack = (high: number) => 1e-14 * high;

describe("families", () => {
  test.prop([anyFamily, step])(
    "stay within their bounds at every step, also beyond their end",
    ({ spec, low, high }, t) => {
      const lr = lrAt(spec, t);
      expect(lr).toBeGreaterThanOrEqual(low - slack(high));
      expect(lr).toBeLessThanOrEqual(high + slack(high));
    },
  );

  test.prop([anyFamily, fc.integer({ min: 0, max: 100 })])(
    "rest once a length is over",
    ({ spec }, beyond) => {
      const length = scheduleLength(spec);
      if (length === null) return;
      expect(lrAt(spec, length + beyond)).toBe(lrAt(spec, length));
    },
  );
});

describe("any schedule", () => {
  test.prop([anySpec, fc.array(step, { minLength: 1, maxLength: 20 })])(
    "is a pure function of the step",
    (spec, steps) => {
      const frozen = JSON.stringify(spec);
      const first = steps.map((t) => lrAt(spec, t));
      expect([...steps].reverse().map((t) => lrAt(spec, t))).toEqual([...first].reverse());
      expect(JSON.stringify(spec)).toBe(frozen);
    },
  );

  test.prop([anySpec, step, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 50 })])(
    "vectorised gives the pointwise numbers",
    (spec, from, span, stride) => {
      const values = lrs(spec, from, from + span, stride);
      expect(values.length).toBe(Math.ceil(span / stride));
      values.forEach((lr, i) => expect(lr).toBe(lrAt(spec, from + i * stride)));
    },
  );

  test.prop([anySpec, fc.array(step, { maxLength: 40 })])(
    "read at listed steps gives the pointwise numbers",
    (spec, steps) => {
      expect([...lrsAt(spec, steps)]).toEqual(steps.map((t) => lrAt(spec, t)));
    },
  );

  test.prop([anySpec, step])("survives being stored as JSON", (spec, t) => {
    const stored = JSON.parse(JSON.stringify(spec)) as ScheduleSpec;
    expect(stored).toEqual(spec);
    expect(lrAt(stored, t)).toBe(lrAt(spec, t));
  });

  test.prop([anySpec, step])("is finite and not negative", (spec, t) => {
    expect(lrAt(spec, t)).toBeGreaterThanOrEqual(0);
    expect(lrAt(spec, t)).toBeLessThan(Infinity);
  });

  test.prop([anySpec])("has a family and a description without holes", (spec) => {
    expect(scheduleFamily(spec)).toMatch(/^[A-Za-z]/);
    expect(describeSchedule(spec)).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe("composition", () => {
  const parts = fc.array(fc.record({ spec: anySpec, steps: fc.integer({ min: 1, max: 200 }) }), {
    minLength: 1,
    maxLength: 4,
  });

  test.prop([parts, step])("a sequence is its parts, each from its own step 0", (list, t) => {
    let start = 0;
    let active = list[0]!;
    for (const [i, part] of list.entries()) {
      active = part;
      if (t < start + part.steps || i === list.length - 1) break;
      start += part.steps;
    }
    expect(lrAt({ kind: "sequence", parts: list }, t)).toBe(lrAt(active.spec, t - start));
  });

  test.prop([anySpec, fc.integer({ min: 1, max: 200 }), step])(
    "a warmup delays the schedule behind it",
    (then, steps, t) => {
      const spec: ScheduleSpec = { kind: "warmup", shape: "linear", steps, start_factor: 0.1, then };
      expect(lrAt(spec, steps + t)).toBe(lrAt(then, t));
      expect(lrAt(spec, 0)).toBeCloseTo(0.1 * lrAt(then, 0), 12);
    },
  );

  test.prop([anySpec, fc.integer({ min: 1, max: 200 }), step])(
    "an overlapping warmup leaves it where it is",
    (then, steps, t) => {
      const spec: ScheduleSpec = {
        kind: "warmup",
        shape: "cosine",
        steps,
        start_factor: 0.1,
        then,
        overlap: true,
      };
      expect(lrAt(spec, steps + t)).toBe(lrAt(then, steps + t));
      expect(lrAt(spec, t)).toBeLessThanOrEqual(lrAt(then, t) * (1 + 1e-14));
    },
  );

  test.prop([anySpec, fc.integer({ min: 1, max: 60 }), step])(
    "per epoch holds within an epoch",
    (spec, every, t) => {
      const held: ScheduleSpec = { kind: "per_epoch", spec, steps_per_epoch: every };
      expect(lrAt(held, t)).toBe(lrAt(spec, Math.floor(t / every)));
    },
  );

  test.prop([fc.array(anySpec, { minLength: 1, maxLength: 3 }), fc.array(step, { maxLength: 10 })])(
    "groups are compiled one by one",
    (specs, steps) => {
      const spec: ScheduleSpec = { kind: "groups", groups: specs.map((inner) => ({ spec: inner })) };
      expect(groupsOf(spec)).toEqual(specs);
      const compiled = compileDeclared(spec);
      expect(compiled.groups).toBe(specs.length);
      expect(compiled.at(steps).map((group) => [...group])).toEqual(
        specs.map((one) => steps.map((t) => lrAt(one, t))),
      );
    },
  );
});
