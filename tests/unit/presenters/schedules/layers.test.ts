import { describe, expect, test } from "vitest";
import { PRESETS } from "@/lib/domain/advise/presets";
import { CATALOGUE } from "@/lib/domain/advise/catalogue";
import { lrAt, lrs } from "@/lib/domain/schedules/lr-at";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { FamilySpec, ScheduleSpec } from "@/lib/domain/schedules/spec";
import { NativeScheduleSchema } from "@/lib/contracts/native-schedules";
import { editLayer } from "@/lib/presenters/schedules/edit-layer";
import { FAMILY_FIELDS, fieldText, WARMUP_FIELDS } from "@/lib/presenters/schedules/fields";
import { compose, decompose, type Layers } from "@/lib/presenters/schedules/layers";
import { countedIn, fitTo } from "@/lib/presenters/schedules/lengths";
import { FAMILY_OPTIONS, newFamily, newLayer, peakOf } from "@/lib/presenters/schedules/new-family";

const PLAIN: Layers = {
  main: { kind: "cosine", peak: 0.1, floor: 0.01, steps: 800 },
  warmup: null,
  restarts: null,
  cooldown: null,
  scale: 1,
  stepsPerEpoch: null,
};
const KINDS = FAMILY_OPTIONS.map(({ value }) => value);
const shapes = ["linear", "cosine", "1-sqrt", "sqrt", "square"] as const;

describe("composing and taking apart", () => {
  test.each<[string, Partial<Layers>]>([
    ["the family alone", {}],
    ["a warmup", { warmup: { shape: "linear", steps: 50, start_factor: 0.1 } }],
    ["an overlapping warmup", { warmup: { shape: "cosine", steps: 50, start_factor: 0, overlap: true } }],
    ["restarts", { restarts: { cycles: 3, steps: 800, gamma: 0.5 } }],
    ["equal restarts", { restarts: { cycles: 2, steps: 800, gamma: 1 } }],
    ["a scale", { scale: 2 }],
    ["epochs", { stepsPerEpoch: 12.5 }],
    ...shapes.map((shape): [string, Partial<Layers>] => [
      `a ${shape} cooldown`,
      { cooldown: { after: 500, steps: 100, to: 0, shape } },
    ]),
    [
      "everything",
      {
        warmup: { shape: "exponential", steps: 9, start_factor: 0.01 },
        restarts: { cycles: 4, steps: 100, gamma: 0.9 },
        cooldown: { after: 100, steps: 50, to: 1e-4, shape: "linear" },
        scale: 0.5,
        stepsPerEpoch: 7,
      },
    ],
  ])("%s comes back as it was", (_, patch) => {
    const layers = { ...PLAIN, ...patch };
    expect(decompose(compose(layers))).toEqual(layers);
  });

  test("every preset and family of the gallery has a form, and the form is the same schedule", () => {
    for (const spec of [
      ...PRESETS.map(({ schedule }) => schedule),
      ...CATALOGUE.map(({ example }) => example),
    ]) {
      const layers = decompose(spec);
      // The large-batch preset counts epochs inside a warmup that counts steps: only its JSON shows that.
      if (layers === null) expect(spec).toMatchObject({ kind: "warmup", then: { kind: "per_epoch" } });
      else expect(compose(layers)).toEqual(spec);
    }
  });

  test.each<[string, ScheduleSpec]>([
    ["groups", { kind: "groups", groups: [{ spec: { kind: "constant", value: 1 } }] }],
    ["a product of two curves", { kind: "product", factors: [PLAIN.main, PLAIN.main] }],
    [
      "a sequence that jumps",
      {
        kind: "sequence",
        parts: [
          { spec: PLAIN.main, steps: 400 },
          { spec: { kind: "linear", from: 1, to: 0, steps: 10 }, steps: 10 },
        ],
      },
    ],
  ])("%s have no form", (_, spec) => expect(decompose(spec)).toBeNull());

  test("a cooldown begins where the schedule is", () => {
    const cooled = compose({ ...PLAIN, cooldown: { after: 300, steps: 100, to: 0, shape: "linear" } });
    expect(lrAt(cooled, 299)).toBe(lrAt(PLAIN.main, 299));
    expect(lrAt(cooled, 300)).toBe(lrAt(PLAIN.main, 300));
    expect(lrAt(cooled, 400)).toBe(0);
  });
});

describe("what is chosen anew", () => {
  test.each(KINDS)("%s starts valid, at the peak that was, with every needed parameter", (kind) => {
    const family = newFamily(kind, 0.02, 500);
    expect(NativeScheduleSchema.safeParse(family).error).toBeUndefined();
    expect(peakOf(family)).toBe(0.02);
    const names: string[] = FAMILY_FIELDS[kind].map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(family).filter((name) => name !== "kind")));
  });

  test.each(["warmup", "restarts", "cooldown"] as const)("a new %s is valid", (layer) => {
    const layers = { ...PLAIN, [layer]: newLayer(layer, PLAIN, 1000) };
    expect(NativeScheduleSchema.safeParse(compose(layers)).success).toBe(true);
  });
});

describe("editing a field", () => {
  const fields = FAMILY_FIELDS.cosine;

  test("puts the number in", () => {
    expect(editLayer(PLAIN, "main", fields, { peak: " 3e-4 " })).toEqual({
      layers: { ...PLAIN, main: { ...PLAIN.main, peak: 3e-4 } },
    });
  });

  test.each([
    ["peak", "abc", "must be a number"],
    ["peak", "-1", "must be at least 0"],
    ["steps", "0", "must be more than 0"],
    ["steps", "", "is needed"],
  ])("%s = %j is refused with its reason", (name, text, reason) => {
    expect(editLayer(PLAIN, "main", fields, { [name]: text })).toEqual({ errors: { [name]: reason } });
  });

  test("a fraction where whole steps are needed is refused", () => {
    const layers = { ...PLAIN, warmup: { shape: "linear" as const, steps: 5, start_factor: 0 } };
    expect(editLayer(layers, "warmup", WARMUP_FIELDS, { steps: "2.5" })).toEqual({
      errors: { steps: "must be a whole number" },
    });
  });

  test("two fields that are only right together are taken together", () => {
    const main: FamilySpec = { kind: "piecewise", values: [1, 2], boundaries: [5] };
    const layers = { ...PLAIN, main };
    const alone = editLayer(layers, "main", FAMILY_FIELDS.piecewise, { values: "1 2 3" });
    expect(alone).toEqual({ errors: { values: "needs one value more than there are boundaries" } });
    const both = editLayer(layers, "main", FAMILY_FIELDS.piecewise, { values: "1 2 3", boundaries: "5, 9" });
    expect(both).toEqual({ layers: { ...layers, main: { ...main, values: [1, 2, 3], boundaries: [5, 9] } } });
  });

  test("an optional field that is emptied leaves", () => {
    const main: FamilySpec = {
      kind: "one_cycle",
      max_lr: 1,
      total_steps: 9,
      pct_start: 0.4,
      three_phase: true,
    };
    const edited = editLayer({ ...PLAIN, main }, "main", FAMILY_FIELDS.one_cycle, {
      pct_start: "",
      three_phase: "",
    });
    expect(edited).toEqual({ layers: { ...PLAIN, main: { kind: "one_cycle", max_lr: 1, total_steps: 9 } } });
  });

  test.each([
    [undefined, ""],
    [0.003, "0.003"],
    [3e-5, "3e-5"],
    [[30, 60], "30, 60"],
  ])("%j is shown as %j", (value, text) => expect(fieldText(value)).toBe(text));
});

describe("lengths", () => {
  test.each(KINDS.filter((kind) => scheduleLength(newFamily(kind, 0.1, 997)) !== null))(
    "%s is fitted to end with the training, its rates unchanged",
    (kind) => {
      const layers: Layers = {
        ...PLAIN,
        main: newFamily(kind, 0.1, 997),
        warmup: { shape: "linear", steps: 33, start_factor: 0 },
      };
      const fitted = fitTo(layers, 5003);
      expect(fitted && scheduleLength(compose(fitted))).toBe(5003);
      expect(fitted && peakOf(fitted.main)).toBe(0.1);
    },
  );

  test("what has no end, or ends there already, is left alone", () => {
    expect(fitTo(PLAIN, 800)).toBeNull();
    expect(fitTo({ ...PLAIN, main: { kind: "constant", value: 1 } }, 800)).toBeNull();
  });

  test("counting in epochs and back keeps the curve where it was", () => {
    const epochs = countedIn(PLAIN, 100);
    expect(epochs).toMatchObject({ stepsPerEpoch: 100, main: { steps: 8 } });
    const steps = lrs(compose(PLAIN), 0, 800, 100);
    lrs(compose(epochs), 0, 800, 100).forEach((lr, i) => expect(lr).toBeCloseTo(steps[i]!, 12));
    expect(countedIn(epochs, null)).toEqual(PLAIN);
  });

  test("an exponential decays as fast in epochs as in steps, and a short one-cycle stays one", () => {
    const main: FamilySpec = { kind: "exponential", peak: 1, gamma: 0.99 };
    const epochs = compose(countedIn({ ...PLAIN, main }, 10));
    expect(lrAt(epochs, 100)).toBeCloseTo(0.99 ** 100, 12);
    const cycle = countedIn({ ...PLAIN, main: { kind: "one_cycle", max_lr: 1, total_steps: 50 } }, 100);
    expect(NativeScheduleSchema.safeParse(compose(cycle)).success).toBe(true);
  });
});
