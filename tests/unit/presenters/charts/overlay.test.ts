import { describe, expect, test } from "vitest";
import type { Overlay } from "@/lib/contracts/overlay";
import { fractionOn } from "@/lib/presenters/charts/axis";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import { presentOverlay, type OverlayFrame } from "@/lib/presenters/charts/overlay";
import { DEFAULT_VIEW } from "@/lib/presenters/charts/view";
import { curve, frame, overlay, point, ramp, series } from "./fixtures";

function ready(data: Partial<Overlay>, more: Partial<OverlayFrame> = {}): ReadyChart {
  const chart = presentOverlay(overlay(data), frame(more));
  if (chart.state !== "ready") throw new Error(`empty: ${chart.reason}`);
  return chart;
}

const view = (more: Partial<typeof DEFAULT_VIEW>) => ({ ...DEFAULT_VIEW, smoothing: 0, ...more });
const line = (chart: ReadyChart, id: string) => chart.lines.find((one) => one.id === id);
const loss = series(
  "train/loss",
  ramp(10, (i) => 2 / (i + 1)),
);
const accuracy = series("val/acc", [point(4, 0.5), point(9, 0.75)]);
const declared = curve(Array.from({ length: 10 }, (_, i) => 0.1 - i * 0.01));
const actualLr = series(
  "lr",
  ramp(10, (i) => (i < 5 ? 0.1 - i * 0.01 : 0.1)),
);
const drifting: Partial<Overlay> = {
  metrics: [loss],
  lr: { key: "lr", declared, effective: null, actual: actualLr },
  drift: [{ from_step: 5, to_step: 9, max_relative_error: 9 }],
};

describe("lines", () => {
  test("metrics on the left, the first on top; learning rates on the right, actual over declared", () => {
    const chart = ready({ ...drifting, metrics: [loss, accuracy] });
    expect(chart.lines.map(({ id, axis }) => [id, axis])).toEqual([
      ["val/acc", "left"],
      ["train/loss", "left"],
      ["declared", "right"],
      ["actual", "right"],
    ]);
    expect(line(chart, "actual")).toMatchObject({ width: 1.75, dash: [] });
    expect(line(chart, "declared")).toMatchObject({ width: 1.5, dash: [6, 4] });
  });

  test("two metrics of a run differ by shade: dashes are for what is declared", () => {
    const chart = ready({ metrics: [loss, accuracy] });
    const [first, second] = [line(chart, "train/loss"), line(chart, "val/acc")];
    expect([first?.dash, second?.dash]).toEqual([[], []]);
    expect(first?.ink.css).not.toEqual(second?.ink.css);
  });

  test("an effective LR appears only when it differs, in its own dash", () => {
    expect(line(ready(drifting), "effective")).toBeUndefined();
    const lr = {
      key: "lr",
      declared,
      effective: curve(declared.lrs[0]?.map((v) => v / 2) ?? []),
      actual: actualLr,
    };
    const chart = ready({ ...drifting, lr });
    expect(line(chart, "effective")?.dash.length).toBe(4);
    expect(chart.legend.map((entry) => entry.label)).toContain("LR effective");
  });

  test("smoothing draws the raw line faintly under the smooth one", () => {
    const chart = ready({ metrics: [loss] }, { view: view({ smoothing: 0.9 }) });
    expect(chart.lines.map(({ id }) => id)).toEqual(["train/loss:raw", "train/loss"]);
    expect(line(chart, "train/loss:raw")?.ink.alpha).toBe(0.25);
    expect(line(chart, "train/loss:raw")?.points.map(({ y }) => y)).toEqual(loss.points.map((p) => p.last));
  });

  test("a second param group is drawn when it goes its own way, and only then", () => {
    const own = [...(declared.lrs[0] ?? [])];
    const lr = (second: number[]) => ({
      key: null,
      declared: { ...declared, lrs: [own, second] },
      effective: null,
      actual: null,
    });
    expect(ready({ metrics: [loss], lr: lr(own.map((v) => v * 2)) }).lines.map(({ id }) => id)).toContain(
      "declared-1",
    );
    expect(ready({ metrics: [loss], lr: lr([...own]) }).lines.map(({ id }) => id)).not.toContain(
      "declared-1",
    );
  });

  test("only the chosen metrics, in the chosen order", () => {
    const chart = ready({ metrics: [loss, accuracy] }, { view: view({ metrics: ["val/acc"] }) });
    expect(chart.lines.map(({ id }) => id)).toEqual(["val/acc"]);
  });
});

describe("axes", () => {
  test("losses are on a log axis unless told otherwise; a choice wins", () => {
    expect(ready({ metrics: [loss] }).left?.scale).toBe("log");
    expect(ready({ metrics: [accuracy] }).left?.scale).toBe("linear");
    expect(ready({ metrics: [loss] }, { view: view({ left: "linear" }) }).left?.scale).toBe("linear");
  });

  test("a log axis holds zero and negative values on its floor, and hovering tells the real ones", () => {
    const chart = ready({
      metrics: [series("loss", [point(0, 1), point(1, 0), point(2, -3), point(3, 0.1)])],
    });
    const floor = chart.left?.floor;
    expect(floor).toBeGreaterThan(0);
    expect(line(chart, "loss")?.points.map(({ y }) => y)).toEqual([1, floor, floor, 0.1]);
    expect(chart.hoverAt(2)?.rows[0]?.value).toBe("-3");
  });

  test("the height follows the window, not the whole run", () => {
    const chart = ready({ metrics: [loss] }, { view: view({ window: { from: 5, to: 9 }, left: "linear" }) });
    expect(chart.left?.max).toBeLessThan(1);
    expect([chart.x.min, chart.x.max]).toEqual([5, 9]);
  });

  test("without a window the axis covers the extent, also what is still to come", () => {
    const chart = ready({ metrics: [loss] }, { extent: { from: 0, to: 99 } });
    expect([chart.x.min, chart.x.max]).toEqual([0, 99]);
  });

  test("a spike of one point reaches the top of its axis", () => {
    const spike = series(
      "loss",
      [...ramp(5, () => 1), point(9, 1, { min: 1, max: 40, mean: 9, count: 5 })],
      2,
    );
    const chart = ready({ metrics: [spike] });
    expect(Math.max(...(line(chart, "loss")?.points.map(({ y }) => y ?? 0) ?? []))).toBe(40);
    expect(chart.left && fractionOn(chart.left, 40)).toBeLessThanOrEqual(1);
    expect(chart.bands).toHaveLength(1);
    expect(chart.bands[0]?.ink.alpha).toBeCloseTo(0.12);
  });
});

describe("drift", () => {
  test("is not drawn across a hole in the log", () => {
    const steps = [0, 1, 2, 3, 400, 401, 402];
    const actual = series(
      "lr",
      steps.map((step) => point(step, 0.5)),
    );
    const lr = {
      key: "lr",
      declared: { steps, x: steps, lrs: [steps.map(() => 1)] },
      effective: null,
      actual,
    };
    const drift = [{ from_step: 0, to_step: 402, max_relative_error: 0.5 }];
    expect(ready({ ...drifting, lr, drift }).bands.map(({ points }) => points.map(({ x }) => x))).toEqual([
      [0, 1, 2, 3],
      [400, 401, 402],
    ]);
  });

  test("fills between actual and declared over the stretch, and nowhere else", () => {
    const chart = ready(drifting);
    const band = chart.bands.find((one) => one.series === "drift");
    expect(band?.points.map(({ x }) => x)).toEqual([5, 6, 7, 8, 9]);
    expect(band?.points[4]).toEqual({ x: 9, low: 0.1 - 9 * 0.01, high: 0.1 });
    expect(chart.legend.at(-1)).toMatchObject({ series: "drift", area: true });
  });

  test("is measured against the effective LR where reductions were applied", () => {
    const effective = curve(Array.from({ length: 10 }, () => 0.05));
    const chart = ready({ ...drifting, lr: { key: "lr", declared, effective, actual: actualLr } });
    expect(chart.bands.find((one) => one.series === "drift")?.points[0]).toEqual({
      x: 5,
      low: 0.05,
      high: 0.1,
    });
  });

  test("needs both curves", () => {
    const lr = { key: "lr", declared: null, effective: null, actual: actualLr };
    expect(ready({ ...drifting, lr }).bands).toEqual([]);
  });
});

describe("the crosshair", () => {
  test("stands on real samples and tells everything at that step", () => {
    const card = ready({ ...drifting, metrics: [loss, accuracy] }).hoverAt(6.4);
    expect(card?.title).toBe("step 6");
    expect(card?.rows.map(({ label, value, note }) => [label, value, note])).toEqual([
      ["train/loss", String(2 / 7), null],
      ["val/acc", "0.5", "step 4"],
      ["LR declared", "0.04", null],
      ["LR actual", "0.1", null],
    ]);
    expect(card?.notes[0]).toContain("steps 5 to 9");
    expect(card?.rows.map(({ beside }) => beside ?? null)).toEqual([null, null, null, "×2.5"]);
  });

  test("tells the smoothed value from the logged one", () => {
    const rows = ready({ metrics: [loss] }, { view: view({ smoothing: 0.99 }) }).hoverAt(6)?.rows;
    expect(rows?.[0]).toMatchObject({
      value: String(2 / 7),
      beside: expect.stringMatching(/^smoothed 0\.\d{4}$/),
    });
    expect(rows?.[0]?.beside).not.toBe("smoothed 0.2857");
  });

  test("within a plateau one line says how long it has been flat", () => {
    const plateau = {
      ...{ kind: "plateau" as const, from_step: 3, to_step: 9, metric: "train/loss", control_id: null },
      message: "train/loss has not improved on 0.5 (step 3) in 6 checks.",
    };
    const notesOf = (checks: number | null) =>
      ready({ metrics: [loss], events: [{ ...plateau, checks }] }).hoverAt(6)?.notes;
    expect(notesOf(6)).toEqual(["train/loss flat since 3, 6 checks"]);
    expect(notesOf(null)).toEqual([plateau.message]);
  });

  test("says when a scheduled LR lies between evaluated steps", () => {
    const sparse = { steps: [0, 8], x: [0, 8], lrs: [[0.8, 0]] };
    const chart = ready({
      metrics: [loss],
      lr: { key: null, declared: sparse, effective: null, actual: null },
    });
    const row = chart.hoverAt(4)?.rows.find((one) => one.label === "LR declared");
    expect(row?.value).toBe("≈ 0.4");
  });

  test("writes a small rate with its exponent, all digits kept", () => {
    const small = series("lr", [point(0, 0.0000183919490675)]);
    const chart = ready({
      metrics: [loss],
      lr: { key: "lr", declared: null, effective: null, actual: small },
    });
    expect(chart.hoverAt(0)?.rows.find((row) => row.label === "LR actual")?.value).toBe("1.83919490675e-5");
  });

  test("shows a value that is not finite in words and gives it no dot", () => {
    const card = ready({ metrics: [series("loss", [point(0, 1), point(1, "NaN")])] }).hoverAt(1);
    expect(card?.rows[0]?.value).toBe("NaN");
    expect(card?.dots).toEqual([]);
  });

  test("shows what a bucket holds", () => {
    const bucket = point(7, 1, { min: 0.5, max: 4, mean: 1, count: 8 });
    expect(ready({ metrics: [series("loss", [bucket])] }).hoverAt(7)?.rows[0]?.note).toBe(
      "8 points, 0.5000 to 4",
    );
  });
});

describe("other x axes", () => {
  const timed = series("loss", [point(0, 3, { x: 100 }), point(5, 2, { x: 110 }), point(9, 1, { x: 130 })]);

  test("windows and events, known by step, are put where their step is", () => {
    const event = { kind: "lr_change", step: 5, from_lr: 1, to_lr: 0.5, label: "×0.5" } as const;
    const chart = ready(
      { x: "relative", metrics: [timed], events: [event] },
      { view: view({ window: { from: 5, to: 9 } }) },
    );
    expect([chart.x.min, chart.x.max]).toEqual([110, 130]);
    expect(chart.rules[0]?.x).toBe(110);
    expect(chart.stepOf(120)).toBe(7);
    expect(chart.hoverAt(128)?.title).toContain("step 9");
  });

  test("a run without epochs says so and offers steps", () => {
    const chart = presentOverlay(
      overlay({ x: "epoch", metrics: [series("loss", [point(0, 1, { x: null })])] }),
      frame(),
    );
    expect(chart).toMatchObject({ state: "empty", remedy: { kind: "x-step" } });
  });
});

describe("emptiness says why", () => {
  test("nothing logged", () => {
    const chart = presentOverlay(overlay({ last_step: null }), frame());
    expect(chart).toMatchObject({ state: "empty", remedy: null });
    expect(chart.state === "empty" && chart.reason).toContain("Nothing has been logged yet");
  });

  test("nothing in the window", () => {
    const chart = presentOverlay(
      overlay({ metrics: [series("loss", [])] }),
      frame({ view: view({ window: { from: 3, to: 8 } }) }),
    );
    expect(chart).toMatchObject({ state: "empty", remedy: { kind: "reset-zoom" } });
    expect(chart.state === "empty" && chart.reason).toContain("between steps 3 and 8");
  });

  test("no metric chosen, or one that the run lacks", () => {
    expect(presentOverlay(overlay(), frame({ view: view({ metrics: [] }) }))).toMatchObject({
      remedy: { kind: "add-metric" },
    });
    const chart = presentOverlay(overlay(), frame({ view: view({ metrics: ["nope"] }) }));
    expect(chart.state === "empty" && chart.reason).toBe("This run has no nope.");
  });

  test("a declared schedule alone is worth drawing", () => {
    const lr = { key: null, declared, effective: null, actual: null };
    expect(ready({ last_step: null, lr }).lines.map(({ id }) => id)).toEqual(["declared"]);
  });

  test("a metric of which nothing is finite still shows its marks", () => {
    expect(ready({ metrics: [series("loss", [point(1, "NaN")])] }).marks).toHaveLength(1);
  });
});

describe("what stands behind the picture", () => {
  test("the table has every sample of a short run, in full", () => {
    const { table } = ready(drifting);
    expect(table.head).toEqual(["step", "train/loss", "LR actual", "LR declared"]);
    expect(table.rows).toHaveLength(10);
    expect(table.rows[2]).toEqual(["2", String(2 / 3), String(0.1 - 2 * 0.01), String(0.1 - 2 * 0.01)]);
  });

  test("a long one is thinned, and says so", () => {
    const { table } = ready(
      {
        metrics: [
          series(
            "loss",
            ramp(1000, () => 1),
          ),
        ],
        last_step: 999,
      },
      { extent: { from: 0, to: 999 } },
    );
    expect(table.rows.length).toBeLessThanOrEqual(101);
    expect(table.caption).toContain("of 1000 samples");
    expect(table.rows.at(-1)?.[0]).toBe("999");
  });

  test("CSV keeps everything, as logged", () => {
    const csv = ready({ metrics: [series('odd,"key"', [point(0, 1), point(1, "NaN")])] }).csv();
    expect(csv).toBe('step,"odd,""key"""\r\n0,1\r\n1,NaN\r\n');
  });

  test("on the clock each moment of a step is a row of the table and of the CSV", () => {
    const at = (step: number, x: number, value: number) => point(step, value, { x });
    const lr = { key: "lr", declared: curve([0.5, 0.4]), effective: null };
    const { csv, table } = ready({
      x: "time",
      metrics: [series("loss", [at(0, 10, 1), at(0, 11, 2), at(1, 12, 3)])],
      lr: { ...lr, actual: series("lr", [at(0, 10, 0.5), at(1, 13, 0.4)]) },
    });
    expect(csv().split("\r\n")).toEqual([
      "step,Unix time (s),loss,LR actual,LR declared",
      ...["0,10,1,0.5,0.5", "0,11,2,,0.5", "1,12,3,,0.4", "1,13,,0.4,0.4", ""],
    ]);
    expect(table.rows).toHaveLength(4);
  });

  test("the summary tells the story", () => {
    const audit = {
      verdict: "drift" as const,
      findings: [
        {
          code: "never_stepped" as const,
          from_step: 5,
          to_step: 9,
          params: {},
          message: "The LR stopped moving at step 5.",
          fix: null,
        },
      ],
      offset: null,
      max_relative_error: 9,
    };
    const { summary } = ready({ ...drifting, audit });
    expect(summary).toContain("train/loss is 0.2000 at step 9");
    expect(summary).toContain("The LR stopped moving at step 5.");
  });
});
