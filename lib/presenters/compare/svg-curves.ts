import type { CurveSet } from "@/lib/contracts/compare";
import { extentOf, fractionOn, placeOn, valueAxis } from "@/lib/presenters/charts/axis";
import type { ChartAxis, ScaleKind } from "@/lib/presenters/charts/chart-model";
import { dashText } from "@/lib/presenters/charts/inks";
import { bandPieces } from "@/lib/presenters/charts/intervals";
import { xAxis } from "@/lib/presenters/charts/x-axis";
import { escapeHtml } from "./escape-html";
import { groupOrder } from "@/lib/presenters/format/group-order";

/** The ten hues of the runs, in their order, for a document that has no theme of ours. */
const COLORS = [
  ...["#4269d0", "#c9710f", "#e03e36", "#1f9ba0", "#2d8a3e"],
  ...["#d6569b", "#7a4bc4", "#5a8fd8", "#7d5a3c", "#6f7378"],
];

const UNKNOWN = "#444";

/** A colour for each group: the hue that it has on the page. */
export const reportColors = (groups: Parameters<typeof groupOrder>[0]): ReadonlyMap<string, string> =>
  new Map(groupOrder(groups).map(({ key }, i) => [key, COLORS[i % COLORS.length] ?? UNKNOWN]));

const BOX = { width: 720, height: 280, left: 64, right: 12, top: 10, bottom: 36 };
const X = { from: BOX.left, to: BOX.width - BOX.right };
const Y = { from: BOX.height - BOX.bottom, to: BOX.top };

/** A picture of the groups' means with their intervals, as a self-contained SVG element. */
export function svgCurves(
  set: CurveSet,
  colors: ReadonlyMap<string, string>,
  { scale, kind = "value" }: { scale: ScaleKind; kind?: "value" | "lr" },
): string {
  const values = set.groups.flatMap(({ mean }) => mean);
  const end = Math.max(1, ...set.groups.map(({ step }) => step.at(-1) ?? 0));
  const left = valueAxis(extentOf(values), { scale, title: set.metric, kind });
  const bottom = xAxis("step", 0, end, BOX.width);
  const at = (x: number, y: number) => `${across(bottom, x)},${up(left, y)}`;
  const parts = set.groups.flatMap((group) => {
    const color = colors.get(group.key) ?? UNKNOWN;
    const line = group.step.map((step, i) => at(step, group.mean[i] ?? 0)).join(" ");
    const bands = kind === "lr" ? [] : bandsOf(group, at);
    return [
      ...bands.map((band) => `<polygon points="${band}" fill="${color}" opacity="0.14"/>`),
      `<polyline points="${line}" fill="none" stroke="${color}" stroke-width="1.75" stroke-linejoin="round"${group.declared ? ` stroke-dasharray="${dashText("declared")}"` : ""}/>`,
    ];
  });
  const title = kind === "lr" ? "learning rate" : set.metric;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${BOX.width} ${BOX.height}" role="img" aria-label="${escapeHtml(title)} of each group over the steps" font-family="sans-serif" font-size="11">`,
    `<clipPath id="plot-${kind}"><rect x="${X.from}" y="${Y.to}" width="${X.to - X.from}" height="${Y.from - Y.to}"/></clipPath>`,
    ...axisLines(left, bottom, title),
    `<g clip-path="url(#plot-${kind})">${parts.join("")}</g>`,
    "</svg>",
  ].join("\n");
}

const short = (value: number): string => String(Number(value.toFixed(1)));
const across = (axis: ChartAxis, value: number): string =>
  short(X.from + fractionOn(axis, value) * (X.to - X.from));
const up = (axis: ChartAxis, value: number): string =>
  short(Y.from + fractionOn(axis, placeOn(axis, value)) * (Y.to - Y.from));

function bandsOf(group: CurveSet["groups"][number], at: (x: number, y: number) => string): string[] {
  const points = group.step.map((step, i) => ({
    x: step,
    step,
    n: group.n[i] ?? 0,
    low: group.low[i] ?? null,
    high: group.high[i] ?? null,
  }));
  return bandPieces(points).map((area) => {
    const there = area.map(({ x, high }) => at(x, high));
    const back = [...area].reverse().map(({ x, low }) => at(x, low));
    return [...there, ...back].join(" ");
  });
}

function axisLines(left: ChartAxis, bottom: ChartAxis, title: string): string[] {
  const rows = left.ticks.map(({ value, label }) => {
    const y = up(left, value);
    return `<line x1="${X.from}" x2="${X.to}" y1="${y}" y2="${y}" stroke="#ddd"/><text x="${X.from - 6}" y="${y}" text-anchor="end" dominant-baseline="middle" fill="#555">${escapeHtml(label)}</text>`;
  });
  const columns = bottom.ticks.map(
    ({ value, label }) =>
      `<text x="${across(bottom, value)}" y="${Y.from + 15}" text-anchor="middle" fill="#555">${escapeHtml(label)}</text>`,
  );
  const names = `<text x="${(X.from + X.to) / 2}" y="${BOX.height - 4}" text-anchor="middle" fill="#555">step</text><text transform="translate(12 ${(Y.from + Y.to) / 2}) rotate(-90)" text-anchor="middle" fill="#555">${escapeHtml(title)}</text>`;
  return [...rows, ...columns, names];
}
