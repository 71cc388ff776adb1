import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { EvaluateBody } from "@/lib/contracts/schedules";
import { ServiceError } from "@/lib/server/errors";
import { validate } from "@/lib/server/http/validate";
import { checkSchedule } from "@/lib/server/schedules/declared-lr";
import { evaluateSchedule } from "@/lib/server/schedules/evaluate";
import { exportCode } from "@/lib/server/schedules/export";
import { ends } from "@/tests/support/ends";
import { allGoldenSchedules } from "@/tests/support/golden-schedules";

const ODD = fc.oneof(
  fc.constantFrom(null, true, "", "NaN", "constructor", -1, 0, 0.5, 1e308, 2 ** 53),
  fc.constantFrom([], {}, [null], [[]], [{}], [1, 2], { const: 2 }, { constructor: "StepLR" }),
);

/** A golden case's spec with a field, at any depth, taken away or replaced by something odd. */
const oddSpec = fc
  .tuple(fc.constantFrom(...allGoldenSchedules()), fc.nat(), fc.option(ODD, { nil: undefined }))
  .map(([{ library, spec }, seed, odd]) => {
    const whole: unknown = JSON.parse(JSON.stringify({ library, ...spec }));
    const places: { holder: Record<string, unknown>; key: string }[] = [];
    const collect = (holder: unknown): void => {
      if (typeof holder !== "object" || holder === null) return;
      for (const [key, item] of Object.entries(holder)) {
        places.push({ holder: holder as Record<string, unknown>, key });
        collect(item);
      }
    };
    collect(whole);
    const place = places[seed % places.length];
    if (place && odd === undefined) Reflect.deleteProperty(place.holder, place.key);
    else if (place) place.holder[place.key] = odd;
    return whole;
  });

/** What the request is told; a fault of our own is thrown on. */
function told(work: () => unknown): ServiceError | null {
  try {
    ends(work);
    return null;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

describe("a library's schedule with a field missing or odd", () => {
  test.prop([oddSpec, fc.constantFrom(undefined, 20, [0, 5, 1000])], { numRuns: 500 })(
    "is evaluated, checked and exported, or refused with the field's name",
    (schedule, steps) => {
      const answers = [
        told(() => evaluateSchedule(validate(EvaluateBody, { schedule, steps, steps_per_epoch: 10 }))),
        told(() => {
          const body = validate(EvaluateBody, { schedule });
          checkSchedule(body.schedule, { stepsPerEpoch: 10, totalSteps: 100 });
        }),
        told(() => {
          const body = validate(EvaluateBody, { schedule });
          exportCode({ schedule: body.schedule, target: "torch", total_steps: 100, steps_per_epoch: 10 });
        }),
      ];
      for (const error of answers) {
        if (error) expect(error.invalidParams?.[0]?.name).toMatch(/^(schedule|steps|total_steps|target)/);
      }
    },
  );

  test("without arguments it has the constructor's defaults, or is told which are missing", () => {
    const evaluate = (schedule: unknown) => evaluateSchedule(validate(EvaluateBody, { schedule, steps: 2 }));
    const torch = "torch.optim.lr_scheduler";
    expect(evaluate({ constructor: `${torch}.ConstantLR`, base_lrs: [0.3] }).lrs?.[0]).toBeCloseTo(0.1, 12);
    const error = told(() => evaluate({ constructor: `${torch}.StepLR`, base_lrs: [1] }));
    expect(error?.invalidParams?.[0]?.name).toBe("schedule.kwargs.step_size");
    const wrong = told(() => evaluate({ constructor: `${torch}.StepLR`, base_lrs: [1], kwargs: [] }));
    expect(wrong?.message).toBe(
      "schedule.kwargs: must be an object: the constructor's arguments, {} when there are none",
    );
  });
});
