import { describe, expect, test } from "vitest";
import { compound } from "@/lib/domain/audit/compound";
import { explain } from "@/lib/domain/audit/explain";
import { lag, offset, shiftOf } from "@/lib/domain/audit/explain-shift";
import {
  clipped,
  type Hypothesis,
  middle,
  neverStepped,
  nice,
  scaled,
  unscheduled,
} from "@/lib/domain/audit/explain-simple";
import { warmupMissing, warmupSteps } from "@/lib/domain/audit/explain-warmup";
import { withoutOverlap } from "@/lib/domain/audit/overlap";
import type { Problem } from "@/lib/domain/audit/problem";
import { segmentsOf } from "@/lib/domain/audit/segments";
import { scheduleChanged } from "@/lib/domain/audit/stretches";
import { timeScale } from "@/lib/domain/audit/time-scale";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { LINE, logOf, problemFrom, rateOf } from "@/tests/support/audit-problem";

const line = rateOf(LINE);
const COSINE: DeclaredSchedule = { kind: "cosine", peak: 1, floor: 0, steps: 1000 };
const cosine = rateOf(COSINE);
const stairs: DeclaredSchedule = { kind: "step", peak: 1, step_size: 100, gamma: 0.1 };
const level = rateOf(stairs);
const warmed: DeclaredSchedule = {
  kind: "warmup",
  shape: "linear",
  steps: 20,
  start_factor: 0.1,
  then: LINE,
};

const on = (lr: (step: number) => number, points = 90, declared: DeclaredSchedule = LINE, every = 1) =>
  problemFrom(declared, logOf(lr, points, every));
const tight = (problem: Problem, hypothesis: Hypothesis) => hypothesis(problem, problem.tolerances.tight);

test.each<[number, number, number | undefined]>([
  [3, 1, 1],
  [4, 1, undefined],
  [10, 1, undefined],
  [10, 10, 1],
])("%i steps behind at once, in a log of every %i", (k, every, changes) => {
  // Updates may have been skipped only where there were so many since the point before.
  const late = (step: number) => cosine(step < 500 ? step : step - k);
  const problem = on(late, 1000 / every, COSINE, every);
  expect(tight(problem, lag)).toMatchObject({ code: "lag", from: 500, params: { k } });
  expect(tight(problem, lag)?.params.changes).toBe(changes);
});

describe("one mistake for the whole run", () => {
  test.each<[string, Hypothesis, (step: number) => number, object]>([
    ["never stepped", neverStepped, () => 1, { code: "never_stepped", params: { lr: 1 } }],
    ["without a scheduler", unscheduled, () => 0, { code: "never_stepped", params: { lr: 0 } }],
    ["a factor", scaled, (step) => line(step) / 4, { code: "scaled", params: { factor: 0.25 } }],
    [
      "a floor",
      clipped,
      (step) => Math.max(0.3, line(step)),
      { code: "clipped", from: 71, params: { floor: 0.3 } },
    ],
    [
      "a ceiling",
      clipped,
      (step) => Math.min(0.7, line(step)),
      { code: "clipped", to: 29, params: { ceiling: 0.7 } },
    ],
    ["late", offset, (step) => line(step - 7), { code: "offset", params: { k: -7 } }],
    ["later and later", lag, (step) => line(step - Math.floor(step / 20)), { code: "lag", params: { k: 4 } }],
    ["too fast", timeScale, (step) => line(2 * step), { code: "time_scale", params: { N: 2 } }],
  ])("%s", (_name, hypothesis, lr, found) => {
    expect(tight(on(lr), hypothesis)).toMatchObject(found);
    expect(
      tight(
        on((step) => line(step) * (1 + (step % 3) / 9)),
        hypothesis,
      ),
    ).toBeNull();
  });

  test("a standstill of nineteen calls, or of an epoch, is none yet", () => {
    expect(
      tight(
        on(() => 1, 20),
        neverStepped,
      ),
    ).toBeNull();
    expect(
      tight(
        on(() => 1, 21),
        neverStepped,
      ),
    ).not.toBeNull();
    const perEpoch: DeclaredSchedule = { kind: "per_epoch", spec: LINE, steps_per_epoch: 30 };
    const epochs = (points: number) =>
      problemFrom(
        perEpoch,
        logOf(() => 1, points),
        { unit: 30 },
      );
    expect(tight(epochs(60), neverStepped)).toBeNull();
    expect(tight(epochs(61), neverStepped)).not.toBeNull();
  });

  test("the warmup left out", () => {
    expect(warmupSteps(on(line, 90, warmed))).toBe(20);
    expect(warmupSteps(on(line))).toBeNull();
    expect(tight(on(line, 90, warmed), warmupMissing)).toMatchObject({
      code: "warmup_missing",
      params: { warmup_steps: 20, how: "skipped" },
    });
  });

  test("figures: the middle of some, and the fewest digits that are near enough", () => {
    expect(middle([5, 1, 3])).toBe(3);
    expect([nice(0.49999998), nice(0.12345), nice(0.5004, 1e-3)]).toEqual([0.5, 0.12345, 0.5]);
  });

  test("a shift is looked for in the whole schedule", () => {
    const problem = on((step) => cosine(step + 400), 200, COSINE);
    expect(shiftOf(problem, 0, 200, problem.tolerances.tight)).toBe(400);
  });
});

describe("stretches", () => {
  const cut = (problem: Problem) => segmentsOf(problem, problem.tolerances.tight);

  test("begun again, changed by hand, held", () => {
    expect(cut(on((step) => cosine(step < 300 ? step : step - 300), 600, COSINE))).toMatchObject([
      { code: "restarted", from: 300, params: { restart_step: 300 } },
    ]);
    expect(cut(on((step) => line(step) * (step < 40 ? 1 : 0.4)))).toMatchObject([
      { code: "external_change", from: 40, params: { kind: "scaled", factor: 0.4 } },
    ]);
    expect(cut(on((step) => line(Math.min(step, 40))))).toMatchObject([
      { code: "never_stepped", from: 41, params: { kind: "held" } },
    ]);
  });

  test("a staircase on which more than four calls are missing was made anew, on fewer it is late", () => {
    const anew = (at: number) =>
      on((step) => (step < at ? level(step) : level(at) * level(step - at)), 500, stairs);
    expect(cut(anew(105))).toMatchObject([
      { code: "restarted", params: { restart_step: 105, from_lr: 0.1 } },
    ]);
    expect(cut(anew(250))).toMatchObject([{ code: "restarted", params: { restart_step: 250 } }]);
    expect(cut(anew(104))).toMatchObject([{ code: "lag", params: { k: 4 } }]);
  });

  test("begun again from the LR that was reached, where it did not show for some points", () => {
    const since = 12;
    const lr = (step: number) => (step < since ? cosine(step) : cosine(since) * cosine(step - since));
    const problem = on(lr, 1000, COSINE);
    const shown = { offset: 0, expected: problem.expect(cosine) };
    const found = scheduleChanged(problem, shown, 40, problem.tolerances.tight);
    expect(found.map((segment) => segment?.found?.code)).toContain("restarted");
    // A tenth of the points may be such.
    expect(
      scheduleChanged(problem, shown, 160, problem.tolerances.tight).flatMap((segment) => segment?.at ?? []),
    ).not.toContain(since);
  });

  test("resumed with another length from the LR that was reached, as torch's recursions are", () => {
    const annealing = (T_max: number, eta_min: number): DeclaredSchedule => ({
      library: "torch",
      constructor: "CosineAnnealingLR",
      kwargs: { T_max, eta_min },
      base_lrs: [1],
    });
    for (const [floor, every] of [
      [0, 1],
      [0.01, 7],
    ] as const) {
      const [first, then] = [rateOf(annealing(300, floor)), rateOf(annealing(500, floor))];
      const share = (first(200) - floor) / (then(200) - floor);
      const lr = (step: number) => (step < 200 ? first(step) : floor + share * (then(step) - floor));
      const problem = on(lr, Math.floor(500 / every), annealing(300, floor), every);
      expect(explain(problem, [200])).toMatchObject([
        {
          code: "parameter",
          params: { name: "T_max", declared: 300, fitted: 500, from_lr: expect.any(Number) },
        },
      ]);
    }
  });

  test("two mistakes at once", () => {
    const problem = on((step) => line(step) * (step < 50 ? 0.5 : 0.1));
    const found = compound(problem, problem.tolerances.tight, (rest) => cut(rest) ?? []);
    expect(found).toMatchObject([
      { code: "scaled", params: { factor: 0.5 } },
      { code: "external_change", from: 50 },
    ]);
  });
});

describe("a run that crashed, and went on from an earlier step on other steps", () => {
  /** Every fifth step up to the crash at 600, then every fifth from the resume on. */
  const steps = (resumed: number) =>
    [
      ...Array.from({ length: 121 }, (_, i) => 5 * i),
      ...Array.from({ length: 80 }, (_, i) => resumed + 5 * i),
    ].sort((a, b) => a - b);
  const problemOf = (resumed: number, then: (step: number) => number) =>
    problemFrom(
      COSINE,
      steps(resumed).map((step) => ({
        step,
        lr: (step - resumed) % 5 === 0 && step >= resumed ? then(step) : cosine(step),
        epoch: null,
      })),
    );

  test.each([502, 598])("began again at step %i", (resumed) => {
    const problem = problemOf(resumed, (step) => cosine(step - resumed));
    const off = problem.points.flatMap(({ step, lr }, i) => (lr === cosine(step) ? [] : [i]));
    expect(withoutOverlap(problem, off)?.points.length).toBeLessThan(problem.points.length);
    expect(explain(problem, off)).toMatchObject([{ code: "restarted", params: { restart_step: resumed } }]);
  });

  test("points on the schedule after the last one off it are kept", () => {
    const problem = on((step) => (step > 20 && step < 40 ? 2 : line(step)));
    expect(
      withoutOverlap(
        problem,
        Array.from({ length: 19 }, (_, i) => 21 + i),
      ),
    ).toBeNull();
  });
});
