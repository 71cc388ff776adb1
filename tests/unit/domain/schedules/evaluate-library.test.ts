import { describe, expect, test } from "vitest";
import { evaluateLibrary } from "@/lib/domain/schedules/evaluate-library";
import { LIBRARIES, libraryOf } from "@/lib/domain/schedules/library-of";
import { expectGolden, goldenSchedules } from "@/tests/support/golden-schedules";

/** Golden README section 3. */
const tolerance = (constructor: string) => (constructor.endsWith("RAdamWarmup") ? 1e-11 : 1e-12);
const bare = (constructor: string) => constructor.slice(constructor.lastIndexOf(".") + 1);

test("the libraries are those of the golden file, 497 cases together", () => {
  expect(LIBRARIES.flatMap(goldenSchedules)).toHaveLength(497);
});

describe.each(LIBRARIES)("%s, library taken from the constructor", (library) => {
  test.each(goldenSchedules(library))("$id", ({ spec, ...golden }) => {
    expect(libraryOf(spec)).toBe(library);
    expect(libraryOf({ constructor: bare(spec.constructor) })).toBe(library);
    expectGolden(evaluateLibrary(spec), { spec, ...golden }, tolerance(spec.constructor));
  });
});

describe("libraryOf", () => {
  test.each([
    ["tf.keras.optimizers.schedules.CosineDecay", "keras"],
    ["tensorflow.keras.callbacks.ReduceLROnPlateau", "keras"],
    ["torch.optim.lr_scheduler.ReduceLROnPlateau", "torch"],
    ["PlateauLRScheduler", "timm"],
    ["GreedyLR", "transformers"],
    ["my_project.schedules.OneCycleLR", "torch"],
  ])("%s is %s", (constructor, library) => expect(libraryOf({ constructor })).toBe(library));

  test("a declared library comes first", () => {
    expect(libraryOf({ library: "keras", constructor: "ReduceLROnPlateau" })).toBe("keras");
  });

  test.each([
    ["ReduceLROnPlateau", /in several libraries \(torch, keras\)/],
    ["Frobnicate", /in no known library; name one of torch, transformers/],
    ["", /in no known library/],
  ])("%s", (constructor, message) => {
    expect(() => libraryOf({ constructor })).toThrowError(
      expect.objectContaining({
        name: "ScheduleError",
        path: "schedule.library",
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe("metric-driven classes without metrics", () => {
  test.each([
    "torch.optim.lr_scheduler.ReduceLROnPlateau",
    "keras.callbacks.ReduceLROnPlateau",
    "timm.scheduler.PlateauLRScheduler",
    "optax.contrib.reduce_on_plateau",
    "transformers.optimization.GreedyLR",
  ])("%s stays", (constructor) => {
    const got = evaluateLibrary({
      constructor,
      kwargs: {},
      base_lrs: [0.3, 0.1],
      stepping: { mode: "step", count: 3 },
    });
    expect(got).toEqual({
      lrs_by_group: [
        [0.3, 0.3, 0.3],
        [0.1, 0.1, 0.1],
      ],
    });
  });

  test("needs a count", () => {
    const schedule = { constructor: "keras.callbacks.ReduceLROnPlateau", kwargs: {}, base_lrs: [0.3] };
    expect(() => evaluateLibrary(schedule)).toThrow(/with a count/);
  });
});
