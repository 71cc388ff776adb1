import { advance, startBacktest } from "@/lib/domain/plateau/backtest";
import { initialState, observe } from "@/lib/domain/plateau/detect";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { median, report, timed } from "./figures";
import { compare, type Outcome, type Tried } from "./operating-curve";
import {
  type BenchCurve,
  isBatchLoss,
  NOISES,
  recordedCurves,
  spikyCurves,
  syntheticCurves,
} from "./plateau-curves";

const product = <T extends object, U extends object>(left: T[], right: U[]): (T & U)[] =>
  left.flatMap((l) => right.map((r) => ({ ...l, ...r })));

const PATIENCES = [2, 3, 5, 7, 10, 12, 15, 20, 25, 30, 40, 50, 70, 100];

const THRESHOLDS = [1e-4, 1e-3, 1e-2, 2e-2];

const TORCH = product(
  PATIENCES.map((patience) => ({ detector: "torch", patience })),
  THRESHOLDS.map((threshold) => ({ threshold })),
);
/**
 * The trend rule with shares of the gain, and with shares of the level as torch's, of which a window of 1 is torch's rule.
 * torch fires when its patience is exceeded, the trend rule when it is reached.
 */
const AS_TORCH = PATIENCES.map((patience) => ({ patience: patience + 1 }));
const TREND = [
  ...product(
    [1, 8, 16, 32, 64].map((window) => ({ detector: "trend", window })),
    product(
      [{ patience: 1 }, { patience: 2 }, ...AS_TORCH],
      [1e-3, 1e-2, 3e-2].map((threshold) => ({ threshold })),
    ),
  ),
  ...product(
    [1, 8].map((window) => ({ detector: "trend", window })),
    product(
      AS_TORCH,
      THRESHOLDS.map((threshold) => ({ threshold, threshold_mode: "rel" })),
    ),
  ),
];

function tryOut(policy: object, curves: readonly BenchCurve[]): Tried {
  const { spec } = normalisePolicy({ ...policy, mode: "min", factor: 0.5 });
  return { settings: JSON.stringify(policy), outcomes: curves.map((curve) => watch(spec, curve)) };
}

/** Up to the first firing at or after the stall. */
function watch(spec: DetectorSpec, curve: BenchCurve): Outcome {
  let state = initialState(spec, [1]);
  let early = 0;
  for (const [check, value] of curve.values.entries()) {
    const seen = observe(spec, state, value);
    state = seen.state;
    if (seen.fired === null) continue;
    if (check >= curve.stall) return { curve, early, delay: check - curve.stall };
    early++;
  }
  return { curve, early, delay: curve.values.length - curve.stall };
}

/** Operating curves of torch's rule and the trend rule over sweeps of their settings, and what a check costs. */
export async function benchPlateau(): Promise<void> {
  const tryAll = (curves: readonly BenchCurve[]) => ({
    torch: TORCH.map((policy) => tryOut(policy, curves)),
    trend: TREND.map((policy) => tryOut(policy, curves)),
    standard: [tryOut({ detector: "trend" }, curves)],
  });
  const designed = ({ part }: BenchCurve) => part === "design";
  const heldOut = (curve: BenchCurve) => !designed(curve);
  const share = "share of curves" as const;
  const synthetic = tryAll(syntheticCurves());
  compare({ name: "synthetic, all noises", wanted: designed, measure: share, points: true }, synthetic);
  for (const noise of NOISES) {
    const wanted = (curve: BenchCurve) => curve.noise === noise && designed(curve);
    compare({ name: `synthetic, noise ${noise}`, wanted, measure: share }, synthetic);
  }
  compare({ name: "synthetic, other shapes", wanted: heldOut, measure: share, points: true }, synthetic);
  compare(
    { name: "synthetic, with spikes", wanted: heldOut, measure: share, points: true },
    tryAll(spikyCurves()),
  );
  const measure = "a curve" as const;
  for (const [kind, wanted] of [
    ["validation loss", (curve: BenchCurve) => !isBatchLoss(curve)],
    ["loss of each batch", isBatchLoss],
  ] as const) {
    const recorded = tryAll(recordedCurves().filter(wanted));
    const name = `recorded, ${kind}`;
    compare({ name, wanted: () => true, measure, points: true }, recorded);
    compare({ name: `${name}, held out`, wanted: heldOut, measure }, recorded);
  }
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
