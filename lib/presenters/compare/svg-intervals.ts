import type { CompareResponse } from "@/lib/contracts/compare";
import { escapeHtml } from "./escape-html";
import { type IntervalRow, presentIntervals } from "./interval-plot";

const WIDTH = 720;
const ROW = 24;
const X = { from: 240, to: 640 };
/** Where the lines stand that join groups which are not told apart. */
const JOIN = { from: 182, step: 7 };
const AXIS = 24;

/** A picture of the groups' means with their intervals and runs, as a self-contained SVG element; empty without a value. */
export function svgIntervals(answer: CompareResponse, inks: ReadonlyMap<string, string>): string {
  const plot = presentIntervals(answer, inks);
  if (!plot) return "";
  const bottom = plot.rows.length * ROW;
  const ticks = plot.ticks.map(
    ({ place, label }) =>
      `<line x1="${at(place)}" x2="${at(place)}" y1="0" y2="${bottom}" stroke="#eee"/><text x="${at(place)}" y="${bottom + 16}" text-anchor="middle" fill="#555">${escapeHtml(label)}</text>`,
  );
  const title = `${answer.at} ${answer.metric}, mean and 95 %`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + AXIS}" role="img" aria-label="${escapeHtml(title)}" font-family="sans-serif" font-size="11">`,
    ...ticks,
    ...plot.rows.map((row, i) => rowMarks(row, i * ROW + ROW / 2)),
    "</svg>",
    ...(plot.rows.some(({ joins }) => joins.length > 0)
      ? ["<p><small>Groups joined by a line cannot be told apart.</small></p>"]
      : []),
    ...(plot.omitted ? [`<p><small>${escapeHtml(plot.omitted)}</small></p>`] : []),
  ].join("\n");
}

const at = (place: number): string => String(Number((X.from + place * (X.to - X.from)).toFixed(1)));

const LONGEST = 28;
const short = (label: string): string => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label);

const ENDS = { first: [0, 0.5], middle: [-0.5, 0.5], last: [-0.5, 0], past: [-0.5, 0.5] } as const;

function joinMarks({ joins }: IntervalRow, y: number): string[] {
  return joins.flatMap(({ kind }, i) => {
    if (kind === "none") return [];
    const [x, [up, down]] = [JOIN.from + i * JOIN.step, ENDS[kind]];
    const line = `<line x1="${x}" x2="${x}" y1="${y + up * ROW}" y2="${y + down * ROW}" stroke="#777"/>`;
    const dot = `<rect x="${x - 2}" y="${y - 2}" width="4" height="4" fill="#777"/>`;
    return kind === "past" ? [line] : [line, dot];
  });
}

function rowMarks(row: IntervalRow, y: number): string {
  const { label, css, mean, interval, dots, text } = row;
  return [
    ...joinMarks(row, y),
    `<text x="${JOIN.from - 8}" y="${y}" text-anchor="end" dominant-baseline="middle" fill="#1a1d24">${escapeHtml(short(label))}</text>`,
    ...(interval
      ? [
          `<line x1="${at(interval.low)}" x2="${at(interval.high)}" y1="${y}" y2="${y}" stroke="${css}" stroke-width="5" opacity="0.4"/>`,
        ]
      : []),
    ...dots.map(
      (place) =>
        `<line x1="${at(place)}" x2="${at(place)}" y1="${y - 6}" y2="${y + 6}" stroke="${css}" opacity="0.7"/>`,
    ),
    ...(mean === null ? [] : [`<circle cx="${at(mean)}" cy="${y}" r="4.5" fill="${css}"/>`]),
    `<text x="${WIDTH - 8}" y="${y}" text-anchor="end" dominant-baseline="middle" fill="#1a1d24">${escapeHtml(text)}</text>`,
  ].join("");
}
