import { describe, expect, test } from "vitest";
import { curvesPatch, parseCurves, stepsWithin, withoutCurves } from "@/lib/presenters/charts/curves-view";
import { xOptions, tellsBatchSize } from "@/lib/presenters/charts/x-options";
import { point } from "./fixtures";

const parse = (text: string) => parseCurves(new URLSearchParams(text));
const DEFAULT = { x: "step", smoothing: 0, window: null, lr: null, show: "" };

describe("the view of a project's charts in the URL", () => {
  test.each(["", "x=nope", "x=metric:", "smooth=abc", "from=5", "from=9&to=3", "lr=nope", "smooth=-1"])(
    "what cannot be understood is as if absent: %s",
    (text) => expect(parse(text)).toEqual(DEFAULT),
  );

  test("survives writing and reading", () => {
    const view = {
      x: "metric:val/acc",
      smoothing: 0.5,
      window: { min: 0.25, max: 0.75 },
      lr: "log",
      show: "loss|acc",
    } as const;
    const { x, ...rest } = view;
    const search = new URLSearchParams();
    for (const patch of [curvesPatch({ x }), curvesPatch(rest)]) {
      for (const [name, value] of Object.entries(patch)) if (value !== null) search.set(name, value);
    }
    expect(parseCurves(search)).toEqual(view);
  });

  test("another x begins with all of it; defaults leave no trace", () => {
    expect(curvesPatch({ x: "epoch" })).toEqual({ x: "epoch", from: null, to: null });
    expect(curvesPatch({ ...DEFAULT, x: "step" })).toEqual({
      x: null,
      smooth: null,
      from: null,
      to: null,
      lr: null,
      show: null,
    });
  });

  test("the table does not see it", () => {
    expect(
      withoutCurves(new URLSearchParams("x=epoch&filter=a&from=1&to=2&smooth=0.1&lr=log&show=b&sort=name")),
    ).toBe("filter=a&sort=name");
  });
});

describe("the steps of a stretch of x", () => {
  const at = (run_id: string, xs: readonly (number | null)[]) => ({
    ...{ run_id, key: "loss", level: 0 },
    points: xs.map((x, step) => point(step, 1, { x })),
  });
  test("are themselves on an axis of steps, and never before the first", () => {
    expect(stepsWithin([], "step", { min: -0.5, max: 9.2 })).toEqual({ from: 0, to: 10 });
  });
  test("are those of all runs that have a point there", () => {
    const series = [at("a", [0, 10, 20, 30]), at("b", [0, 2, 4, null, 15])];
    expect(stepsWithin(series, "relative", { min: 9, max: 21 })).toEqual({ from: 1, to: 4 });
    expect(stepsWithin(series, "relative", { min: 100, max: 200 })).toBeNull();
  });
});

describe("what can be x", () => {
  const values = (known: Parameters<typeof xOptions>[0], present: Parameters<typeof xOptions>[1] = "step") =>
    xOptions(known, present).map(({ value }) => value);
  test("the clocks and any metric always; samples and cumulative LR where they are known", () => {
    expect(values({ metrics: ["acc"], lr: false, samples: false })).toEqual([
      ...["step", "epoch", "relative", "time", "metric:acc"],
    ]);
    expect(values({ metrics: [], lr: true, samples: true })).toEqual([
      ...["step", "epoch", "relative", "time", "samples", "lr_sum"],
    ]);
  });
  test("what a link asks for is offered, whatever there is", () => {
    expect(values({ metrics: [], lr: false, samples: false }, "metric:gone")).toContain("metric:gone");
    expect(values({ metrics: [], lr: false, samples: false }, "samples")).toContain("samples");
  });
  test("a field tells a batch size by its last part", () => {
    expect(["config.data.batch_size", "config.lr", "metric:batch_size"].map(tellsBatchSize)).toEqual([
      ...[true, false, false],
    ]);
  });
});
