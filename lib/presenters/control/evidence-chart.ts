import { toNumber } from "@/lib/contracts/wire-number";
import type { ControlRequest } from "@/lib/contracts/control";
import type { SeriesPoint } from "@/lib/contracts/metrics";
import { formatInteger, formatValue } from "@/lib/presenters/format/number";
import { type MiniChart, type MiniPoint, rangeOf } from "./mini-chart";

export interface EvidenceWindow {
  metric: string;
  /** The step that fired, and the one of the best value. */
  step: number;
  best: number | null;
  /** Steps to show: the standstill, as much again before it, and a little after. */
  from: number;
  to: number;
}

/** Which stretch of which metric bears a request out; null for one that nobody's metric asked for. */
export function evidenceWindow({ evidence }: Pick<ControlRequest, "evidence">): EvidenceWindow | null {
  const { metric, step, best_step } = evidence;
  if (typeof metric !== "string" || typeof step !== "number") return null;
  const best = typeof best_step === "number" ? best_step : null;
  const span = Math.max(4, step - (best ?? 0));
  return {
    metric,
    step,
    best,
    from: Math.max(0, Math.floor((best ?? 0) - 0.7 * span)),
    to: Math.ceil(step + span / 2),
  };
}

/** The metric around the firing; null when nothing finite was logged there. */
export function presentEvidence(window: EvidenceWindow, points: readonly SeriesPoint[]): MiniChart | null {
  const line = points.flatMap((point) => {
    const value = toNumber(point.last);
    return Number.isFinite(value) ? [{ x: point.step, y: value }] : [];
  });
  const last = line.at(-1);
  if (!last) return null;
  const { metric, step, best } = window;
  const y = standstillRange(line, best ?? line[0]?.x ?? 0);
  const band = best === null ? null : { from: best, to: step };
  return {
    x: rangeOf([...line.map(({ x }) => x), step, ...(best === null ? [] : [best])]),
    y,
    ends: { top: formatValue(y.max), bottom: formatValue(y.min) },
    lines: [{ name: metric, points: line, ink: "var(--ink)" }],
    band,
    marks: [
      ...(best === null
        ? []
        : [{ x: best, label: `best, step ${formatInteger(best)}`, ink: "var(--muted)" }]),
      { x: step, label: `fired, step ${formatInteger(step)}`, ink: "var(--recommended)" },
    ],
    summary: `${metric} from step ${formatInteger(line[0]?.x ?? 0)} to ${formatInteger(last.x)}, now ${formatValue(last.y)}`,
  };
}

/** Of the standstill's height, how much to leave above and below it. */
const MARGIN = 0.6;
/** Of the whole curve's height, what the chart shows at least, so that rounding errors do not look like mountains. */
const LEAST = 0.02;

/** A range in which the standstill can be judged: the fall before it, tens of times higher, is cut off. */
function standstillRange(line: readonly MiniPoint[], from: number): { min: number; max: number } {
  const whole = rangeOf(line.map(({ y }) => y));
  const still = line.filter(({ x }) => x >= from).map(({ y }) => y);
  if (still.length < 2) return whole;
  const [low, high] = [Math.min(...still), Math.max(...still)];
  const margin = Math.max((high - low) * MARGIN, (whole.max - whole.min) * LEAST);
  return { min: Math.max(whole.min, low - margin), max: Math.min(whole.max, high + margin) };
}
