import { describe, expect, test } from "vitest";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import { presentOverlay } from "@/lib/presenters/charts/overlay";
import { chartSvg } from "@/lib/presenters/charts/svg";
import { curve, frame, overlay, point, ramp, series } from "./fixtures";

const FRAME = { width: 640, height: 240, paint: ({ css }: { css: string }) => css, font: "Geist" };

function ready(points: Parameters<typeof series>[1], runName = "s0"): ReadyChart {
  const chart = presentOverlay(
    overlay({
      metrics: [series("loss", points)],
      lr: {
        key: "lr",
        declared: curve(ramp(10, (i) => i).map(({ step }) => 0.1 - step / 100)),
        effective: null,
        actual: null,
      },
    }),
    frame({ runName }),
  );
  if (chart.state !== "ready") throw new Error(chart.reason);
  return chart;
}

const numbers = (path: string) =>
  [...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
const paths = (svg: string) => [...svg.matchAll(/<path d="([^"]*)"/g)].map(([, d]) => d ?? "");

describe("chartSvg", () => {
  test("draws a line from edge to edge of the plot, the higher value higher", () => {
    const svg = chartSvg(ready(ramp(10, (i) => 10 - i)), FRAME);
    const line = paths(svg)
      .map(numbers)
      .find((at) => at.length === 10);
    expect(line?.[0]?.[0]).toBe(56);
    expect(line?.at(-1)?.[0]).toBe(640 - 56);
    expect(line?.[0]?.[1]).toBeLessThan(line?.at(-1)?.[1] ?? 0);
  });

  test("breaks the line at a value that is not finite and marks it with a triangle", () => {
    const svg = chartSvg(ready([point(0, 1), point(1, 2), point(2, "NaN"), point(3, 1), point(4, 2)]), FRAME);
    expect(paths(svg).some((d) => d.match(/M/g)?.length === 2)).toBe(true);
    expect(svg.match(/<polygon/g)).toHaveLength(1);
  });

  test("a label is written in a mix of its mark's colour that can be read", () => {
    const chart = ready(ramp(10, (i) => 10 - i));
    const [base] = ready([point(0, 1), point(1, "NaN"), point(2, "NaN")]).ranges;
    const svg = chartSvg({ ...chart, ranges: base ? [base] : [] }, FRAME);
    expect(svg).toContain(
      'fill="color-mix(in oklab, var(--chart-failed) 55%, var(--ink))">diverged at step 1<',
    );
  });

  test("a point that no segment shows is a dot", () => {
    const svg = chartSvg(
      ready([point(0, "NaN"), point(1, 2), point(2, "NaN"), point(3, 1), point(4, 2)]),
      FRAME,
    );
    expect(svg.match(/<circle/g)).toHaveLength(1);
  });

  test("the declared LR is dashed as on the page, and every tick is written", () => {
    const chart = ready(ramp(10, (i) => 10 - i));
    const svg = chartSvg(chart, FRAME);
    expect(svg).toContain('stroke-dasharray="6 4"');
    for (const { label } of [...chart.x.ticks, ...(chart.left?.ticks ?? []), ...(chart.right?.ticks ?? [])]) {
      expect(svg).toContain(`>${label}</text>`);
    }
  });

  test("a name is text, whatever it holds", () => {
    const svg = chartSvg(
      ready(
        ramp(3, (i) => i),
        '<script>alert("1")</script> & co',
      ),
      FRAME,
    );
    expect(svg).not.toContain("<script>");
    expect(svg).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co");
  });

  test("names its axes, and a legend too long for a row goes on in the next", () => {
    const chart = ready(ramp(10, (i) => 10 - i));
    const legend = Array.from({ length: 20 }, (_, i) => ({
      ...{
        series: `s${i}`,
        axis: "left" as const,
        label: `a run of some name ${i}`,
        ink: { css: "x", alpha: 1 },
      },
      ...{ dash: [], width: 1, area: false },
    }));
    const svg = chartSvg({ ...chart, legend }, FRAME);
    for (const text of ["loss", "learning rate", "step"]) expect(svg).toContain(`>${text}</text>`);
    const entries = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" font-size="12"[^>]*>a run/g)];
    expect(entries).toHaveLength(20);
    expect(new Set(entries.map(([, , y]) => y)).size).toBeGreaterThan(4);
    for (const [, x] of entries) expect(Number(x) + "a run of some name 19".length * 6.6).toBeLessThan(640);
    const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
    expect(height).toBeGreaterThan(240 + 5 * 18);
  });

  test("the floor of a log axis is drawn", () => {
    const chart = ready([point(0, 1), point(1, 0), point(2, 2)]);
    expect(chart.left?.floor).not.toBeNull();
    expect(chartSvg(chart, FRAME)).toContain('stroke-dasharray="1 3"');
  });
});
