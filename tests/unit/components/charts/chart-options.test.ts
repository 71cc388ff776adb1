import { expect, test } from "vitest";
import { lineOptions } from "@/components/charts/chart-options";
import { presentRunsChart } from "@/lib/presenters/charts/runs-chart";
import { point } from "@/tests/unit/presenters/charts/fixtures";

const LOOK = { theme: "light", paint: () => "", font: "Geist", highlight: null };

function names(metric: string, compact: boolean) {
  const series = [{ run_id: "r", key: metric, level: 0, points: [point(0, 1), point(1, 2)] }];
  const model = presentRunsChart({ series, runs: [{ id: "r", name: "r", css: "" }], metric });
  if (model.state !== "ready") throw new Error(model.reason);
  const { x, left } = lineOptions(model, { ...LOOK, compact }).scales ?? {};
  return [x, left].map((scale) => scale && "title" in scale && scale.title?.display && scale.title.text);
}

test("axes have names, cut where they are long; a small chart's stands over it", () => {
  expect(names("val/loss", false)).toEqual(["step", "val/loss"]);
  expect(names("a".repeat(41), false)).toEqual(["step", `${"a".repeat(39)}…`]);
  expect(names("a".repeat(40), false)).toEqual(["step", "a".repeat(40)]);
  expect(names("val/loss", true)).toEqual([false, false]);
});
