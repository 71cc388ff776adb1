import type { AnnotationOptions } from "chartjs-plugin-annotation";
import type { ChartRange, ChartRule, Ink, ReadyChart } from "@/lib/presenters/charts/chart-model";
import type { Look } from "./look";

const LANE = 18;
const GROUND: Ink = { css: "var(--ground)", alpha: 0.85 };

/** Shaded stretches below the lines, vertical rules above them, each with its words near the top edge. */
export function chartAnnotations(model: ReadyChart, look: Look): Record<string, AnnotationOptions> {
  const top = model.left
    ? { yScaleID: "left", yValue: model.left.max }
    : { yScaleID: "right", yValue: model.right?.max };
  const made: [string, AnnotationOptions][] = [];
  for (const range of model.ranges) {
    made.push([range.id, box(range, look)]);
    if (range.label) made.push([`${range.id}:label`, words(range, range.from, look, top)]);
  }
  for (const rule of model.rules) {
    made.push([rule.id, line(rule, look)]);
    if (rule.label) made.push([`${rule.id}:label`, words(rule, rule.x, look, top)]);
  }
  return Object.fromEntries(made);
}

function box(range: ChartRange, { paint }: Look): AnnotationOptions {
  return {
    type: "box",
    xScaleID: "x",
    xMin: range.from,
    xMax: range.to,
    backgroundColor: paint(range.ink),
    borderColor: paint({ css: range.ink.css, alpha: 0.5 }),
    borderWidth: 0,
    drawTime: "beforeDatasetsDraw",
  };
}

function line(rule: ChartRule, { paint }: Look): AnnotationOptions {
  return {
    type: "line",
    scaleID: "x",
    value: rule.x,
    borderColor: paint(rule.ink),
    borderWidth: 1.25,
    borderDash: [...rule.dash],
    drawTime: "afterDatasetsDraw",
  };
}

function words(
  { label, lane, anchor, ink }: ChartRange | ChartRule,
  x: number,
  { paint, font }: Look,
  top: { yScaleID: string; yValue: number | undefined },
): AnnotationOptions {
  return {
    type: "label",
    xScaleID: "x",
    xValue: x,
    ...top,
    content: label,
    position: { x: anchor, y: "start" },
    xAdjust: anchor === "start" ? 2 : -2,
    yAdjust: lane * LANE,
    color: paint({ css: ink.css, alpha: 1 }),
    backgroundColor: paint(GROUND),
    font: { family: font, size: 11, weight: 500 },
    padding: { x: 4, y: 2 },
    z: 1,
    drawTime: "afterDatasetsDraw",
  };
}
