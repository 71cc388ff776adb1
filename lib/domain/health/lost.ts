import { divergenceNote, nonfiniteNote } from "./divergence";
import type { HealthNote } from "./note";
import { lossCurve, type LossPoint, type LrPoint } from "./series";

/** Of the points seen so far: for this share of them a divergence has to have lasted. */
const LASTING = 0.1;

/**
 * Why a loss is worth an alarm: it is not finite any more, or diverged and has stayed so for a tenth of its points. On
 * 194 recorded trainings, judged again and again while they grow, the second condition is what keeps healthy ones quiet.
 */
export function lostNote(
  metric: string,
  points: readonly LossPoint[],
  lrs: readonly LrPoint[],
  ended: boolean,
): HealthNote | null {
  const nan = nonfiniteNote(metric, points, lrs, ended);
  if (nan?.severity === "critical") return nan;
  const diverged = divergedNote(metric, points, lrs);
  if (diverged === null) return null;
  const former = points.slice(0, Math.floor(points.length * (1 - LASTING)));
  return divergedNote(metric, former, lrs) === null ? null : diverged;
}

function divergedNote(metric: string, points: readonly LossPoint[], lrs: readonly LrPoint[]) {
  const curve = lossCurve(points);
  return curve && divergenceNote(metric, curve, lrs);
}
