import { advance, startBacktest, summarise } from "@/lib/domain/plateau/backtest";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { median, report, round, timed } from "./figures";
import { type BenchCurve, NOISES, recordedCurves, syntheticCurves } from "./plateau-curves";

const product = <T extends object, U extends object>(left: T[], right: U[]): (T & U)[] =>
  left.flatMap((l) => right.map((r) => ({ ...l, ...r })));

const TORCH = product(
  [2, 3, 5, 7, 10, 12, 15, 20, 25, 30, 40, 50, 70, 100].map((patience) => ({ detector: "torch", patience })),
  [1e-4, 1e-3, 1e-2, 2e-2].map((threshold) => ({ threshold })),
);
const TREND = product(
  [8, 12, 16, 20, 24, 32, 40, 50, 64, 80, 100].map((window) => ({ detector: "trend", window })),
  product(
    [1, 3].map((patience) => ({ patience })),
    product(
      [0, 0.01, 0.02].map((threshold) => ({ threshold })),
      [0, 0.4, 0.7].map((confidence) => ({ confidence })),
    ),
  ),
);

interface Outcome {
  curve: BenchCurve;
  /** Firings while material improvement was still to come. */
  early: number;
  /** Checks from the stall to the next firing, the rest of the curve where there is none. */
  delay: number;
}

interface Tried {
  settings: string;
  outcomes: Outcome[];
}

function tryOut(policy: object, curves: readonly BenchCurve[]): Tried {
  const start = startBacktest(normalisePolicy({ ...policy, mode: "min", factor: 0.5 }), 1);
  const outcomes = curves.map((curve) => {
    const values = curve.values.map((value, step) => ({ step, value }));
    const { early, delay_checks } = summarise(advance(start, "loss", values).fired, {
      step: curve.stall,
      check: curve.stall,
    });
    return { curve, early, delay: delay_checks ?? values.length - curve.stall };
  });
  return { settings: JSON.stringify(policy), outcomes };
}

interface Point {
  settings: string;
  alarms: number;
  mean_delay: number;
  median_delay: number;
}

/** Short curves are told apart by whether they had a false alarm at all, long ones by how many. */
type Measure = "share of curves" | "a curve";

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function pointOf(
  { settings, outcomes }: Tried,
  wanted: (curve: BenchCurve) => boolean,
  measure: Measure,
): Point {
  const own = outcomes.filter(({ curve }) => wanted(curve));
  const delays = own.filter(({ curve }) => curve.stall < curve.values.length).map(({ delay }) => delay);
  const alarms = mean(own.map(({ early }) => (measure === "a curve" ? early : Math.min(1, early))));
  return { settings, alarms, mean_delay: mean(delays), median_delay: median(delays) };
}

/** The points that no other beats in both. */
const frontier = (points: readonly Point[]): Point[] =>
  points.filter((p) => !points.some((q) => beats(q, p))).sort((a, b) => a.mean_delay - b.mean_delay);

const beats = (q: Point, p: Point): boolean =>
  q.alarms <= p.alarms &&
  q.mean_delay <= p.mean_delay &&
  (q.alarms < p.alarms || q.mean_delay < p.mean_delay);

/** For each point of torch's frontier the trend rule's fewest false alarms at no more delay. */
function compare(
  name: string,
  { torch, trend, standard }: Record<"torch" | "trend" | "standard", Tried[]>,
  wanted: (curve: BenchCurve) => boolean,
  measure: Measure,
): void {
  const points = (tried: readonly Tried[]) => tried.map((one) => pointOf(one, wanted, measure));
  for (const point of points(standard)) {
    report({
      name: `false alarms, ${name}`,
      value: point.alarms,
      unit: measure,
      rule: "trend, defaults",
      ...delays(point),
    });
  }
  const rivals = points(trend);
  for (const point of frontier(points(torch))) {
    const rival = frontier(rivals.filter((p) => p.mean_delay <= point.mean_delay)).at(-1);
    const against: Record<string, number | string> = rival
      ? {
          trend_alarms: round(rival.alarms),
          trend: rival.settings,
          trend_mean_delay: round(rival.mean_delay),
        }
      : { trend_alarms: "none as fast" };
    report({
      name: `false alarms, ${name}`,
      value: point.alarms,
      unit: measure,
      rule: point.settings,
      ...delays(point),
      ...against,
    });
  }
}

const delays = ({ mean_delay, median_delay }: Point) => ({ mean_delay: round(mean_delay), median_delay });

/** Operating curves of torch's rule and the trend rule over sweeps of their settings, and what a check costs. */
export async function benchPlateau(): Promise<void> {
  const tryAll = (curves: readonly BenchCurve[]) => ({
    torch: TORCH.map((policy) => tryOut(policy, curves)),
    trend: TREND.map((policy) => tryOut(policy, curves)),
    standard: [tryOut({ detector: "trend" }, curves)],
  });
  const synthetic = tryAll(syntheticCurves());
  compare("synthetic, all noises", synthetic, () => true, "share of curves");
  for (const noise of NOISES) {
    compare(`synthetic, noise ${noise}`, synthetic, (curve) => curve.noise === noise, "share of curves");
  }
  const isBatch = ({ name }: BenchCurve) => name.endsWith("train/loss");
  const recorded = tryAll(recordedCurves());
  compare("recorded, validation loss", recorded, (curve) => !isBatch(curve), "a curve");
  compare("recorded, loss of each batch", recorded, isBatch, "a curve");
  await benchCost();
}

async function benchCost(): Promise<void> {
  const values = Array.from({ length: 100_000 }, (_, step) => ({ step, value: Math.sin(step * step) + 3 }));
  for (const window of [30, 100]) {
    const start = startBacktest(normalisePolicy({ detector: "trend", window }), 1);
    let fired = 0;
    const taken = await timed(3, () => {
      fired += advance(start, "loss", values).fired.length;
    });
    report({ name: "trend rule, 100,000 checks", value: median(taken), unit: "ms", window, fired });
  }
}
