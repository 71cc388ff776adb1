import { median, report, round } from "./figures";
import type { BenchCurve } from "./plateau-curves";

export interface Outcome {
  curve: BenchCurve;
  /** Firings while material improvement was still to come. */
  early: number;
  /** Checks from the stall to the next firing, the rest of the curve where there is none. */
  delay: number;
}

export interface Tried {
  settings: string;
  outcomes: Outcome[];
}

/** Short curves are told apart by whether they had a false alarm at all, long ones by how many. */
export type Measure = "share of curves" | "a curve";

/** A set of curves that a rule's settings are scored on together. `points`: print every point of torch's curve. */
export interface CurveSet {
  name: string;
  wanted: (curve: BenchCurve) => boolean;
  measure: Measure;
  points?: boolean;
}

interface Point {
  settings: string;
  alarms: number;
  mean_delay: number;
  median_delay: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function pointOf({ settings, outcomes }: Tried, { wanted, measure }: CurveSet): Point {
  const own = outcomes.filter(({ curve }) => wanted(curve));
  const delays = own.filter(({ curve }) => curve.stall < curve.values.length).map(({ delay }) => delay);
  const alarms = mean(own.map(({ early }) => (measure === "a curve" ? early : Math.min(1, early))));
  return { settings, alarms, mean_delay: mean(delays), median_delay: median(delays) };
}

/** The points that no other beats in both, each once, whatever settings come to it. */
function frontier(points: readonly Point[]): Point[] {
  const best = points.filter((p) => !points.some((q) => beats(q, p)));
  const seen = new Set<string>();
  return best
    .filter((p) => {
      const place = `${p.alarms} ${p.mean_delay}`;
      if (seen.has(place)) return false;
      seen.add(place);
      return true;
    })
    .sort((a, b) => a.mean_delay - b.mean_delay);
}

const beats = (q: Point, p: Point): boolean =>
  q.alarms <= p.alarms &&
  q.mean_delay <= p.mean_delay &&
  (q.alarms < p.alarms || q.mean_delay < p.mean_delay);

/** For each point of torch's operating curve, the trend rule's fewest false alarms at no more mean delay. */
export function compare(
  set: CurveSet,
  { torch, trend, standard }: Record<"torch" | "trend" | "standard", Tried[]>,
): void {
  const points = (tried: readonly Tried[]) => tried.map((one) => pointOf(one, set));
  const rivals = points(trend);
  const pairs = frontier(points(torch)).map((point) => ({
    point,
    rival: frontier(rivals.filter((p) => p.mean_delay <= point.mean_delay)).at(-1),
  }));
  const won = pairs.filter(({ point, rival }) => rival && rival.alarms < point.alarms);
  const tied = pairs.filter(({ point, rival }) => rival?.alarms === point.alarms);
  const saved = pairs.map(({ point, rival }) => (rival ? 1 - rival.alarms / (point.alarms || 1) : -1));
  report({
    name: `points of torch's curve where trend has fewer false alarms, ${set.name}`,
    value: won.length,
    unit: `of ${pairs.length}`,
    tied: tied.length,
    lost: pairs.length - won.length - tied.length,
    fewer_on_average: `${Math.round(100 * mean(saved))} %`,
  });
  const name = `false alarms, ${set.name}`;
  const unit = set.measure;
  for (const point of points(standard)) {
    report({ name, value: point.alarms, unit, rule: "trend, defaults", ...delays(point) });
  }
  if (!set.points) return;
  for (const { point, rival } of pairs) {
    report({ name, value: point.alarms, unit, rule: point.settings, ...delays(point), ...against(rival) });
  }
}

const against = (rival: Point | undefined): Record<string, number | string> =>
  rival
    ? {
        trend_alarms: round(rival.alarms),
        trend: rival.settings,
        trend_mean_delay: round(rival.mean_delay),
      }
    : { trend_alarms: "none as fast" };

const delays = ({ mean_delay, median_delay }: Point) => ({ mean_delay: round(mean_delay), median_delay });
