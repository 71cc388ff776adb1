import { extentOf, placeOn, valueAxis } from "@/lib/presenters/charts/axis";
import type { ChartModel, HoverCard, ReadyChart, ScaleKind } from "@/lib/presenters/charts/chart-model";
import { faint, LR_STYLES, solid } from "@/lib/presenters/charts/inks";
import { nearestIndex } from "@/lib/presenters/charts/step-map";
import { chartCsv, chartTable, type RowPlace, stepRows } from "@/lib/presenters/charts/table";
import { xAxis } from "@/lib/presenters/charts/x-axis";
import { formatInteger, formatLr, plural } from "@/lib/presenters/format/number";
import { runColor } from "@/lib/presenters/format/run-color";
import type { Preview } from "./preview";

export interface DesignChartInput {
  readonly previews: readonly Preview[];
  /** Its area is shaded and its peak marked. */
  readonly selected: number;
  readonly scale: ScaleKind;
  /** Steps in view, both included. */
  readonly window: { readonly from: number; readonly to: number };
  /** Pixels of the plot. */
  readonly width: number;
}

const AREA_ALPHA = 0.08;
const TITLE = "learning rate";

const inkOf = ({ candidate }: Preview) => solid(runColor(candidate.id));

/** The candidates' curves over the steps of the training. */
export function presentDesignChart(input: DesignChartInput): ChartModel {
  const { previews, scale, window, width, selected } = input;
  const shown = previews.filter(({ candidate, lrs }) => !candidate.hidden && lrs.length > 0);
  const [first] = shown;
  if (!first) {
    const reason = previews.every(({ candidate }) => candidate.hidden)
      ? "Every candidate is hidden. Show one in the list to draw it."
      : "There is no curve to draw yet. The list says what is wrong with the schedule.";
    return { state: "empty", title: TITLE, reason, remedy: null };
  }
  const left = valueAxis(extentOf(shown.flatMap(({ lrs }) => lrs)), { scale, title: TITLE, kind: "lr" });
  const columns = shown.map(({ candidate, steps, lrs }) => {
    const at = new Map(steps.map((step, i) => [step, lrs[i]]));
    return { head: candidate.name, at: ({ step }: RowPlace) => exact(at.get(step)) };
  });
  const { steps } = first;
  const rows = stepRows(steps);
  const main = shown.find(({ candidate }) => candidate.id === selected);
  return {
    state: "ready",
    title: TITLE,
    summary: summaryOf(shown),
    x: xAxis("step", window.from, window.to, width),
    left,
    right: null,
    lines: linesOf(shown, selected, left),
    bands: main ? [areaOf(main, left)] : [],
    marks: [],
    ranges: [],
    rules: main ? peakRule(main, window) : [],
    legend: shown.map((preview) => ({
      series: String(preview.candidate.id),
      axis: "left",
      label: preview.candidate.name,
      ink: inkOf(preview),
      dash: LR_STYLES.declared.dash,
      width: 1.75,
      area: false,
    })),
    table: chartTable(TITLE, rows, columns),
    omitted: null,
    stops: steps,
    stepOf: (x) => x,
    hoverAt: (x) => cardAt(shown, steps[nearestIndex(steps, x)]),
    csv: () => chartCsv(rows, columns),
  };
}

/** The one that is edited lies on top. */
function linesOf(
  shown: readonly Preview[],
  selected: number,
  left: NonNullable<ReadyChart["left"]>,
): ReadyChart["lines"] {
  const isSelected = ({ candidate }: Preview) => candidate.id === selected;
  const ordered = [...shown.filter((one) => !isSelected(one)), ...shown.filter(isSelected)];
  return ordered.map((preview) => ({
    id: `line-${preview.candidate.id}`,
    series: String(preview.candidate.id),
    axis: "left",
    ink: inkOf(preview),
    width: isSelected(preview) ? 2 : 1.5,
    dash: LR_STYLES.declared.dash,
    points: preview.steps.map((x, i) => ({ x, y: finite(preview.lrs[i], left) })),
    radii: 0,
  }));
}

function finite(lr: number | undefined, axis: NonNullable<ReadyChart["left"]>): number | null {
  return lr === undefined || !Number.isFinite(lr) ? null : placeOn(axis, lr);
}

function areaOf(preview: Preview, left: NonNullable<ReadyChart["left"]>): ReadyChart["bands"][number] {
  const points = preview.steps.flatMap((x, i) => {
    const high = finite(preview.lrs[i], left);
    return high === null ? [] : [{ x, low: placeOn(left, 0), high }];
  });
  const ink = faint(inkOf(preview), AREA_ALPHA);
  return { id: "area", series: String(preview.candidate.id), axis: "left", ink, outlined: false, points };
}

function peakRule(
  { candidate, figures }: Preview,
  { from, to }: DesignChartInput["window"],
): ReadyChart["rules"] {
  if (!figures || figures.peak.step < from || figures.peak.step > to) return [];
  const { step, lr } = figures.peak;
  return [
    {
      id: "peak",
      x: step,
      label: `peak ${formatLr(lr)} at ${formatInteger(step)}`,
      ink: solid(runColor(candidate.id)),
      dash: [2, 3],
      lane: 0,
      anchor: step - from > (to - from) / 2 ? "end" : "start",
    },
  ];
}

function cardAt(shown: readonly Preview[], step: number | undefined): HoverCard | null {
  if (step === undefined) return null;
  const found = shown.flatMap((preview) => {
    const lr = preview.lrs[preview.steps.indexOf(step)];
    return lr === undefined ? [] : [{ preview, lr }];
  });
  return {
    x: step,
    title: `step ${formatInteger(step)}`,
    rows: found.map(({ preview, lr }) => ({
      series: String(preview.candidate.id),
      label: preview.candidate.name,
      ink: inkOf(preview),
      dash: LR_STYLES.declared.dash,
      value: exact(lr),
      note: null,
    })),
    dots: found.map(({ preview, lr }) => ({ axis: "left", x: step, y: lr, ink: inkOf(preview) })),
    notes: [],
  };
}

/** Twelve digits: beyond them floating-point evaluation is noise. */
function exact(lr: number | undefined): string {
  if (lr === undefined) return "";
  const tidy = Number(lr.toPrecision(12));
  return tidy > 0 && tidy < 1e-3 ? tidy.toExponential() : String(tidy);
}

function summaryOf(shown: readonly Preview[]): string {
  const told = shown.map(({ candidate, figures }) =>
    figures
      ? `${candidate.name} peaks at ${formatLr(figures.peak.lr)} and ends at ${formatLr(figures.end)}`
      : candidate.name,
  );
  return `${plural(shown.length, "schedule")}: ${told.join("; ")}.`;
}
