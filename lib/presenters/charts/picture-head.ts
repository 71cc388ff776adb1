import type { LegendEntry, ReadyChart } from "./chart-model";

/** What a chart that leaves the page needs around its plot: title, legend in as many rows as it takes, axes by name. */
export interface PictureHead {
  readonly title: PlacedText;
  readonly entries: readonly (PlacedText & { readonly entry: LegendEntry; readonly swatch: number })[];
  /** Names of the value axes, over them. */
  readonly axes: readonly (PlacedText & { readonly anchor: "start" | "end" })[];
  /** Pixels before the plot begins. */
  readonly height: number;
}

interface PlacedText {
  readonly text: string;
  readonly x: number;
  /** Of the middle of the text. */
  readonly y: number;
}

const MARGIN = 12;
const ROW = 18;
const SWATCH = 28;
const GAP = 16;
/** Below the plot, for the name of the x axis. */
export const PICTURE_FOOT = 18;

/** @param measure pixels of a text at 12 px */
export function pictureHead(
  chart: ReadyChart,
  width: number,
  measure: (text: string) => number,
): PictureHead {
  let [x, row] = [MARGIN, 0];
  const entries = chart.legend.map((entry) => {
    const size = SWATCH + measure(entry.label);
    if (x > MARGIN && x + size > width - MARGIN) [x, row] = [MARGIN, row + 1];
    const placed = { entry, text: entry.label, swatch: x, x: x + SWATCH, y: 36 + row * ROW };
    x += size + GAP;
    return placed;
  });
  const below = chart.legend.length === 0 ? 32 : 36 + (row + 1) * ROW;
  const left = chart.left ? [{ text: chart.left.title, x: MARGIN, y: below, anchor: "start" as const }] : [];
  const right = chart.right
    ? [{ text: chart.right.title, x: width - MARGIN, y: below, anchor: "end" as const }]
    : [];
  return {
    title: { text: chart.title, x: MARGIN, y: 14 },
    entries,
    axes: [...left, ...right],
    height: below + 10,
  };
}
