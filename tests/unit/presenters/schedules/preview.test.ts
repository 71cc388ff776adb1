import { describe, expect, test } from "vitest";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import { presentDesignChart } from "@/lib/presenters/schedules/design-chart";
import { previewOf } from "@/lib/presenters/schedules/preview";
import { FIRST_DESIGN } from "@/lib/presenters/schedules/first-design";
import { readScheduleJson } from "@/lib/presenters/schedules/read-json";

const candidate = (schedule: DeclaredSchedule, id = 0, hidden = false) => ({
  id,
  name: `c${id}`,
  schedule,
  hidden,
});
const preview = (schedule: DeclaredSchedule, totalSteps = 1000) =>
  previewOf(candidate(schedule), { ...FIRST_DESIGN, totalSteps });

const LINEAR = { kind: "linear", from: 1, to: 0, steps: 1000 } as const;
const WARM = { kind: "warmup", shape: "linear", steps: 250, start_factor: 0, then: LINEAR } as const;

describe("a preview", () => {
  test("is evaluated at every step of a short training", () => {
    const { steps, lrs } = preview(LINEAR);
    expect(steps).toHaveLength(1000);
    expect([steps[0], steps.at(-1)]).toEqual([0, 999]);
    expect(lrs[250]).toBe(0.75);
  });

  test("peak, end and area are those of all steps", () => {
    const { figures } = preview(WARM);
    expect(figures).toMatchObject({
      peak: { step: 250, lr: 1 },
      length: 1250,
      groups: 1,
      needsMetrics: false,
    });
    // 0 + 1/250 + … + 249/250, then 1 − t/1000 for t from 0 to 749
    expect(figures?.area).toBeCloseTo((249 * 250) / 2 / 250 + 750 - (749 * 750) / 2 / 1000, 9);
    expect(figures?.end).toBeCloseTo(1 - 0.749, 12);
  });

  test("finds the very peak of a training of millions of steps", () => {
    const schedule = { ...WARM, steps: 1_234_567, then: { ...LINEAR, steps: 5_000_000 } };
    const { steps, figures } = preview(schedule, 6_000_000);
    expect(steps.length).toBeLessThanOrEqual(1200);
    expect(figures?.peak).toEqual({ step: 1_234_567, lr: 1 });
    expect(figures?.area).toBeCloseTo(617_283 + 4_765_433 - 4_765_433 ** 2 / 1e7, -3);
  });

  test("a stretch that is zoomed to is evaluated step by step", () => {
    const design = { ...FIRST_DESIGN, totalSteps: 1_000_000 };
    const { steps } = previewOf(candidate(LINEAR), design, { from: 500, to: 600 });
    expect(steps).toEqual(Array.from({ length: 101 }, (_, i) => 500 + i));
  });

  test.each<[string, DeclaredSchedule, RegExp]>([
    [
      "a wrong argument",
      { constructor: "StepLR", library: "torch", kwargs: { step_sise: 3 }, base_lrs: [1] },
      /step_sise/,
    ],
    ["an unknown constructor", { constructor: "NoSuchLR", kwargs: {} }, /NoSuchLR/],
    [
      "a missing length",
      {
        constructor: "StepLR",
        library: "torch",
        kwargs: { step_size: 3 },
        base_lrs: [1],
        stepping: { unit: "epoch" },
      },
      /steps_per_epoch/,
    ],
  ])("%s is told, not thrown", (_, schedule, words) => {
    const { error, lrs, figures } = preview(schedule);
    expect(error).toMatch(words);
    expect([lrs, figures]).toEqual([[], null]);
  });
});

describe("the chart", () => {
  const input = { selected: 1, scale: "linear" as const, window: { from: 0, to: 999 }, width: 700 };
  const previews = [
    preview(LINEAR),
    previewOf(candidate(WARM, 1), FIRST_DESIGN),
    previewOf(candidate(LINEAR, 2, true), FIRST_DESIGN),
  ];
  const ready = (chart: ReturnType<typeof presentDesignChart>): ReadyChart => {
    if (chart.state !== "ready") throw new Error(chart.reason);
    return chart;
  };

  test("draws what is not hidden, the selected one on top with its area and peak", () => {
    const chart = ready(presentDesignChart({ ...input, previews }));
    expect(chart.lines.map(({ id }) => id)).toEqual(["line-0", "line-1"]);
    expect(chart.legend.map(({ label, dash }) => [label, dash])).toEqual([
      ["c0", [6, 4]],
      ["c1", [6, 4]],
    ]);
    expect(chart.bands).toMatchObject([{ series: "1" }]);
    expect(chart.rules).toMatchObject([{ x: 250, label: "peak 1 at 250" }]);
    expect(chart.left?.max).toBeGreaterThan(1.05);
  });

  test("the crosshair tells every curve at a real step", () => {
    const card = ready(presentDesignChart({ ...input, previews })).hoverAt(500.4);
    expect(card).toMatchObject({ x: 500, title: "step 500" });
    expect(card?.rows.map(({ label, value }) => [label, value])).toEqual([
      ["c0", "0.5"],
      ["c1", "0.75"],
    ]);
  });

  test("on a log axis zero lies on the floor", () => {
    const chart = ready(presentDesignChart({ ...input, previews, scale: "log" }));
    expect(chart.lines[1]?.points[0]?.y).toBe(chart.left?.floor);
  });

  test("with nothing to draw it says why", () => {
    const hidden = presentDesignChart({ ...input, previews: previews.slice(2) });
    expect(hidden).toMatchObject({ state: "empty", reason: expect.stringContaining("hidden") });
    const broken = presentDesignChart({
      ...input,
      previews: [preview({ constructor: "NoSuchLR", kwargs: {} })],
    });
    expect(broken).toMatchObject({ state: "empty", reason: expect.stringContaining("wrong") });
  });
});

describe("pasted JSON", () => {
  test.each([
    ["ours", LINEAR],
    ["a library's", { constructor: "StepLR", kwargs: { step_size: 1 }, base_lrs: [0.1] }],
  ])("%s is read", (_, schedule) => {
    expect(readScheduleJson(JSON.stringify(schedule))).toEqual({ schedule });
    expect(readScheduleJson(JSON.stringify({ id: "v1", spec: schedule, lrs: [] }))).toEqual({ schedule });
  });

  test.each([
    ["{", /not JSON/],
    ["[]", /kind|object/],
    ['{"kind": "cosine", "peak": "x", "floor": 0, "steps": 5}', /^peak: /],
    ['{"kind": "cosin"}', /^kind: /],
  ])("%s is refused", (text, words) =>
    expect(readScheduleJson(text)).toEqual({ error: expect.stringMatching(words) }),
  );
});
