import { atLr, divergenceNote, nonfiniteNote } from "./divergence";
import { evidenceOf, type HealthNote } from "./note";
import { overfittingNote } from "./overfitting";
import { brief, type LossCurve, lossCurve, type LossPoint, type LrPoint } from "./series";
import { spikesNote } from "./spikes";
import { tooLowNote } from "./too-low";

export interface RunSeries {
  train: { key: string; points: readonly LossPoint[] } | null;
  validation: { key: string; points: readonly LossPoint[] } | null;
  /** The actual LR; empty when none was logged. */
  lrs: readonly LrPoint[];
  /** Nothing more will come. */
  ended?: boolean;
  /** Why the loss is not what the training is to lower: then it is only looked through for what is not finite. */
  notTheGoal?: string | null;
}

/** The run as a whole, in order of weight. Empty when there is too little to judge. */
export function judgeHealth(run: RunSeries): HealthNote[] {
  const judged = run.train ?? run.validation;
  if (!judged) return [];
  const { key, points } = judged;
  if (run.notTheGoal) {
    const nan = nonfiniteNote(key, points, run.lrs, run.ended ?? false);
    return nan ? [nan] : [];
  }
  const curve = lossCurve(points);
  const troubles = troublesOf(key, points, curve, run);
  const tooHigh = tooHighNote(key, points, troubles);
  const others = curve ? fitNotes(run, key, curve, troubles) : [];
  return [...troubles, ...(tooHigh ? [tooHigh] : []), ...others];
}

/** NaN, divergence, spikes: what happens when a loss cannot be followed any more makes the lesser signs moot. */
function troublesOf(
  key: string,
  points: readonly LossPoint[],
  curve: LossCurve | null,
  { lrs, ended = false }: RunSeries,
): HealthNote[] {
  const nan = nonfiniteNote(key, points, lrs, ended);
  if (nan?.severity === "critical") return [nan];
  const worse = (curve && divergenceNote(key, curve, lrs)) ?? spikesNote(key, points, lrs);
  return [nan, worse].filter((note) => note !== null);
}

/** How well the LR and the length fit a loss that can be followed to its end. */
function fitNotes(
  { train, validation, lrs }: RunSeries,
  key: string,
  curve: LossCurve,
  troubles: readonly HealthNote[],
): HealthNote[] {
  if (troubles.some(({ severity }) => severity === "critical")) return [];
  const overfitting = train && validation ? overfittingNote(validation.key, validation.points, curve) : null;
  const notes = overfitting ? [overfitting] : [];
  if (troubles.length > 0) return notes;
  const tooLow = tooLowNote(key, curve, lrs);
  return tooLow ? [tooLow, ...notes] : [...notes, ...goodNote(key, curve)];
}

/** A loss that grew by this factor over its best before it was lost was driven there, not broken by a bad batch. */
const GREW = 2;

/** What divergence, spikes and a growth into NaN have in common. */
function tooHighNote(
  metric: string,
  points: readonly LossPoint[],
  troubles: readonly HealthNote[],
): HealthNote | null {
  const signs = troubles.filter((note) => note.code !== "nan" || grewInto(points, note.from_step));
  const [first] = signs;
  if (!first) return null;
  const lr = first.evidence.lr;
  return {
    code: "too_high",
    severity: first.code === "spikes" ? "warning" : "critical",
    metric,
    from_step: first.from_step,
    to_step: signs.at(-1)?.to_step ?? first.to_step,
    message: `The LR is too high${atLr(typeof lr === "number" ? lr : null)}: ${signs.map(({ code }) => SIGNS[code] ?? code).join(", ")}. Try a third of it, a longer warmup, or clipped gradients.`,
    evidence: { ...first.evidence, signs: signs.map(({ code }) => code).join(", ") },
  };
}

const SIGNS: Partial<Record<HealthNote["code"], string>> = {
  nan: "the loss grew until it was no longer finite",
  diverged: "the loss diverged",
  spikes: "the loss spikes",
};

function grewInto(points: readonly LossPoint[], step: number): boolean {
  const before = points.filter((point) => point.step <= step && Number.isFinite(point.max));
  const lowest = before.reduce((least, { value }) => Math.min(least, value), Infinity);
  const latest = before.slice(-5).reduce((most, { max }) => Math.max(most, max), -Infinity);
  return lowest > 0 && latest > GREW * lowest;
}

/** The loss fell by more than the noise of a point. */
function goodNote(metric: string, curve: LossCurve): HealthNote[] {
  const { points, start, end, noise, best } = curve;
  if (!(start - end > Math.max(noise, 0.02 * Math.abs(start)))) return [];
  return [
    {
      code: "good",
      severity: "good",
      metric,
      from_step: points[0]?.step ?? 0,
      to_step: points.at(-1)?.step ?? 0,
      message: `${metric} fell from ${brief(start)} to ${brief(end)} without spikes or divergence.`,
      evidence: evidenceOf({ start, end, lowest_median: best.value, noise }),
    },
  ];
}
