import { fractionOn } from "./axis";
import type {
  AxisId,
  ChartAxis,
  ChartLine,
  ChartMark,
  ChartPoint,
  ChartRange,
  ChartRule,
  Ink,
  ReadyChart,
} from "./chart-model";
import { wordInk } from "./inks";
import { PICTURE_FOOT, pictureHead, type PictureHead } from "./picture-head";

export interface SvgFrame {
  /** Pixels of the picture without its title and legend. */
  readonly width: number;
  readonly height: number;
  /** An ink as a colour that needs no style sheet. */
  readonly paint: (ink: Ink) => string;
  readonly font: string;
}

const PAD = { left: 56, right: 56, bare: 16, top: 8, bottom: 28 };
const SIDE = 5;
/** A document cannot measure text: an average character's width keeps the entries apart. */
const CHARACTER = 6.6;
const LANE = 18;

interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x: (value: number) => number;
  y: (axis: AxisId, value: number) => number;
}

/** A chart as a self-contained SVG document: title, legend, axes, areas, lines, marks and what happened when. */
export function chartSvg(model: ReadyChart, frame: SvgFrame): string {
  const { width, paint } = frame;
  const head = pictureHead(model, width, (text) => text.length * CHARACTER);
  const height = head.height + frame.height + PICTURE_FOOT;
  const plot = plotOf(model, width, {
    top: head.height + PAD.top,
    bottom: height - PICTURE_FOOT - PAD.bottom,
  });
  const box = `x="${plot.left}" y="${plot.top}" width="${plot.right - plot.left}" height="${plot.bottom - plot.top}"`;
  const drawn = [
    ...model.ranges.map((range) => stretch(range, plot, paint)),
    ...model.bands.map((band) => {
      const edge = (side: "high" | "low") =>
        band.points.map((point) => pair(plot.x(point.x), plot.y(band.axis, point[side])));
      return `<polygon points="${[...edge("high"), ...edge("low").reverse()].join(" ")}" fill="${paint(band.ink)}"/>`;
    }),
    ...model.lines.map((line) => polyline(line, plot, paint)),
    ...model.rules.map((rule) => upright(rule, plot, paint)),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(frame.font)}" font-size="11">`,
    `<title>${escapeXml(model.title)}</title><desc>${escapeXml(model.summary)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${paint(GROUND)}"/>`,
    ...headOf(head, paint),
    ...axes(model, plot, paint),
    minorTicks(model, plot, paint),
    ...floors(model, plot, paint),
    `<text x="${short((plot.left + plot.right) / 2)}" y="${height - 8}" text-anchor="middle" fill="${paint(MUTED)}">${escapeXml(model.x.title)}</text>`,
    `<clipPath id="plot"><rect ${box}/></clipPath><g clip-path="url(#plot)">${drawn.join("")}</g>`,
    ...model.marks.map((mark) => triangle(mark, plot, paint)),
    ...[...model.ranges, ...model.rules].map((event) => words(event, plot, paint)),
    "</svg>",
  ].join("\n");
}

const GROUND: Ink = { css: "var(--ground)", alpha: 1 };
const INK: Ink = { css: "var(--ink)", alpha: 1 };
const MUTED: Ink = { css: "var(--muted)", alpha: 1 };
const GRID: Ink = { css: "var(--chart-grid)", alpha: 1 };

type Paint = SvgFrame["paint"];

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? "");
const short = (value: number): string => String(Number(value.toFixed(2)));
const pair = (x: number, y: number): string => `${short(x)},${short(y)}`;

function plotOf(model: ReadyChart, width: number, { top, bottom }: Pick<Plot, "top" | "bottom">): Plot {
  const left = model.left ? PAD.left : PAD.bare;
  const right = width - (model.right ? PAD.right : PAD.bare);
  const up = (axis: ChartAxis | null, value: number) =>
    bottom - (axis ? fractionOn(axis, value) : 0) * (bottom - top);
  return {
    ...{ left, right, top, bottom },
    x: (value) => left + fractionOn(model.x, value) * (right - left),
    y: (axis, value) => up(model[axis], value),
  };
}

function headOf({ title, entries, axes: names }: PictureHead, paint: Paint): string[] {
  const written = (x: number, y: number, more: string, text: string) =>
    `<text x="${short(x)}" y="${short(y + 4)}" ${more}>${escapeXml(text)}</text>`;
  return [
    written(title.x, title.y, `font-size="13" font-weight="600" fill="${paint(INK)}"`, title.text),
    ...entries.map(
      ({ entry, swatch, x, y, text }) =>
        `<line x1="${short(swatch)}" x2="${short(swatch + 22)}" y1="${y}" y2="${y}" stroke="${paint(entry.ink)}" stroke-width="${entry.area ? 8 : entry.width}"${dashes(entry.dash)}/>` +
        written(x, y, `font-size="12" fill="${paint(MUTED)}"`, text),
    ),
    ...names.map(({ text, x, y, anchor }) =>
      written(x, y, `text-anchor="${anchor}" fill="${paint(MUTED)}"`, text),
    ),
  ];
}

/** Everything at or under zero lies on this line; the axis says so. */
function floors(model: ReadyChart, plot: Plot, paint: Paint): string[] {
  return (["left", "right"] as const).flatMap((side) => {
    const floor = model[side]?.floor ?? null;
    if (floor === null) return [];
    const y = short(plot.y(side, floor));
    return [
      `<line x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}" stroke="${paint(MUTED)}" stroke-dasharray="1 3"/>`,
    ];
  });
}

const MINOR = 3;

/** Short lines inside the frame, at the axis that they belong to. */
function minorTicks(model: ReadyChart, plot: Plot, paint: Paint): string {
  const across = (["left", "right"] as const).flatMap((side) => {
    const from = side === "left" ? plot.left : plot.right - MINOR;
    return (model[side]?.minor ?? []).map((value) => `M${pair(from, plot.y(side, value))}h${MINOR}`);
  });
  const upwards = model.x.minor.map((value) => `M${pair(plot.x(value), plot.bottom)}v${-MINOR}`);
  const path = [...across, ...upwards].join("");
  return path === "" ? "" : `<path d="${path}" stroke="${paint(MUTED)}"/>`;
}

const dashes = (dash: readonly number[]): string =>
  dash.length === 0 ? "" : ` stroke-dasharray="${dash.join(" ")}"`;

function axes(model: ReadyChart, plot: Plot, paint: Paint): string[] {
  const label = (x: number, y: number, anchor: string, text: string) =>
    `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" fill="${paint(MUTED)}">${escapeXml(text)}</text>`;
  const main = model.left ? "left" : "right";
  const sides = (["left", "right"] as const).flatMap((side) =>
    (model[side]?.ticks ?? []).flatMap((tick) => {
      const y = plot.y(side, tick.value);
      const line = `<line x1="${plot.left}" x2="${plot.right}" y1="${short(y)}" y2="${short(y)}" stroke="${paint(GRID)}"/>`;
      const x = side === "left" ? plot.left - 6 : plot.right + 6;
      return [
        ...(side === main ? [line] : []),
        label(x, y + 4, side === "left" ? "end" : "start", tick.label),
      ];
    }),
  );
  const below = model.x.ticks.map((tick) =>
    label(plot.x(tick.value), plot.bottom + 16, "middle", tick.label),
  );
  return [...sides, ...below];
}

/** Unbroken stretches as lines, points that no stretch shows as dots. */
function polyline(line: ChartLine, plot: Plot, paint: Paint): string {
  const color = paint(line.ink);
  const at = ({ x, y }: ChartPoint) => pair(plot.x(x), plot.y(line.axis, y ?? 0));
  let pen = "M";
  const path = line.points
    .map((point) => {
      const move = point.y === null ? "" : `${pen}${at(point)}`;
      pen = point.y === null ? "M" : "L";
      return move;
    })
    .join("");
  const radii = typeof line.radii === "number" ? [] : line.radii;
  const dots = line.points.flatMap((point, i) => {
    const radius = radii[i] ?? 0;
    if (point.y === null || radius === 0) return [];
    return [
      `<circle cx="${short(plot.x(point.x))}" cy="${short(plot.y(line.axis, point.y))}" r="${radius}" fill="${color}"/>`,
    ];
  });
  return `<path d="${path}" fill="none" stroke="${color}" stroke-width="${line.width}" stroke-linejoin="round"${dashes(line.dash)}/>${dots.join("")}`;
}

function stretch({ from, to, ink }: ChartRange, plot: Plot, paint: Paint): string {
  const x = plot.x(from);
  return `<rect x="${short(x)}" y="${plot.top}" width="${short(plot.x(to) - x)}" height="${plot.bottom - plot.top}" fill="${paint(ink)}"/>`;
}

function upright({ x, ink, dash }: ChartRule, plot: Plot, paint: Paint): string {
  const at = short(plot.x(x));
  return `<line x1="${at}" x2="${at}" y1="${plot.top}" y2="${plot.bottom}" stroke="${paint(ink)}" stroke-width="1.25"${dashes(dash)}/>`;
}

function words(event: ChartRange | ChartRule, plot: Plot, paint: Paint): string {
  const x = plot.x("x" in event ? event.x : event.from);
  if (event.label === "" || x > plot.right) return "";
  const start = event.anchor === "start";
  const at = `x="${short(Math.max(plot.left, x) + (start ? 6 : -6))}" y="${plot.top + 14 + event.lane * LANE}"`;
  return `<text ${at} text-anchor="${event.anchor}" font-weight="500" fill="${paint(wordInk(event.ink))}">${escapeXml(event.label)}</text>`;
}

/** +∞ points up at the top edge, −∞ down at the bottom edge, NaN stands on the bottom edge. */
function triangle({ x, value, ink }: ChartMark, plot: Plot, paint: Paint): string {
  const at = plot.x(x);
  if (at < plot.left || at > plot.right) return "";
  const tip = value === "Infinity" ? plot.top : value === "NaN" ? plot.bottom - 2 * SIDE : plot.bottom;
  const base = value === "-Infinity" ? plot.bottom - 2 * SIDE : tip + 2 * SIDE;
  return `<polygon points="${pair(at, tip)} ${pair(at - SIDE, base)} ${pair(at + SIDE, base)}" fill="${paint(ink)}"/>`;
}
