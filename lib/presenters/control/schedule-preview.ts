import { effectiveLr } from "@/lib/domain/control/effective";
import type { LrCurve } from "@/lib/contracts/overlay";
import { dashText } from "@/lib/presenters/charts/inks";
import { rateAt } from "@/lib/presenters/charts/lr-curve";
import { formatInteger, formatLr } from "@/lib/presenters/format/number";
import { type MiniChart, type MiniLine, type MiniPoint, rangeOf } from "./mini-chart";

/** A change as the form has it. */
export type PreviewedChange = { kind: "scale_lr"; factor: number } | { kind: "set_lr"; lr: number };

interface Known {
  declared: LrCurve | null;
  /** null while it equals the declared. */
  effective: LrCurve | null;
  /** The LR logged last for the group, and the step from which the change would act. */
  lr: number | null;
  step: number;
  group: number;
}

export interface SchedulePreview {
  /** In figures: what the LR is, what it becomes, and what it ends as. */
  numbers: { name: string; from: string; to: string }[];
  /** null without a declared schedule that goes on. */
  chart: MiniChart | null;
}

/** What the change does to the rest of the schedule: the scale is multiplied, or fixed so that the LR is met now. */
export function previewSchedule(change: PreviewedChange, known: Known): SchedulePreview {
  const { step, group } = known;
  const before = known.effective ?? known.declared;
  const now = known.lr ?? rateAt(before, step, group)?.lr ?? null;
  const becomes = afterOf(change, now);
  const numbers = [{ name: "now", from: formatLr(now), to: formatLr(becomes) }];
  const ratio = ratioOf(change, now);
  const future = before ? pointsOf(before, group).filter(({ x }) => x >= step) : [];
  const end = future.at(-1);
  if (!end || future.length < 2 || ratio === null) return { numbers, chart: null };
  const after = future.map(({ x, y }) => ({ x, y: effectiveLr(y, ratio, 0) }));
  const last = {
    name: `at step ${formatInteger(end.x)}`,
    from: formatLr(end.y),
    to: formatLr(after.at(-1)?.y),
  };
  const lines = linesOf(known, after);
  const points = lines.flatMap((line) => line.points);
  const y = rangeOf([0, ...points.map((point) => point.y)]);
  return {
    numbers: [...numbers, last],
    chart: {
      x: rangeOf(points.map(({ x }) => x)),
      y,
      ends: { top: formatLr(y.max), bottom: formatLr(y.min) },
      lines,
      band: null,
      marks: [{ x: step, label: `step ${formatInteger(step)}`, ink: "var(--chart-inflight)" }],
      summary: `LR ${formatLr(now)} becomes ${formatLr(becomes)} at step ${formatInteger(step)}`,
    },
  };
}

function linesOf({ declared, effective, group }: Known, after: readonly MiniPoint[]): MiniLine[] {
  const line = (curve: LrCurve | null, look: Omit<MiniLine, "points">): MiniLine[] =>
    curve ? [{ ...look, points: pointsOf(curve, group) }] : [];
  return [
    ...line(declared, { name: "declared", dash: dashText("declared"), ink: "var(--chart-lr)" }),
    ...line(effective, { name: "effective so far", dash: dashText("effective"), ink: "var(--muted)" }),
    { name: "after the change", dash: dashText("effective"), points: after, ink: "var(--chart-inflight)" },
  ];
}

function afterOf(change: PreviewedChange, now: number | null): number | null {
  if (change.kind === "set_lr") return change.lr;
  return now === null ? null : now * change.factor;
}

function ratioOf(change: PreviewedChange, now: number | null): number | null {
  if (change.kind === "scale_lr") return change.factor;
  return now === null || now === 0 ? null : change.lr / now;
}

const pointsOf = (curve: LrCurve, group: number) =>
  curve.steps.flatMap((x, i) => {
    const rate = (curve.lrs[group] ?? curve.lrs[0])?.[i];
    return rate === undefined ? [] : [{ x, y: rate }];
  });
