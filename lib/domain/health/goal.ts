import { divergenceNote } from "./divergence";
import { findLossKeys, type LossKeys } from "./loss-keys";
import { lossCurve, type LossPoint } from "./series";

/** A reward, by any name of reinforcement learning; not the rewards that preference training derives from its loss. */
const REWARD = /(^|[^a-z])(rewards?|rew|returns?|episodes?|episodic|episode|ep)([^a-z]|$)/i;
const DERIVED = /rewards?\/(chosen|rejected|margins?|accuracies)/i;
const SCORE = /(^|[/.])((mean|avg|average|game|test|eval)[_-])?scores?([_-](mean|avg|average))?$/i;

/** A loss that is one side of several, each of which may rise while training goes well. */
const SIDE =
  /(?<!cross[_-]?)(?<![a-z])(policy|value|actor|critic|entropy|q|qf|vf|pi|td|alpha|gen|generator|g|disc|discriminator|d|adv|adversarial|gan)[\d_]*([/_.-][a-z]+)*[/_.-]?(loss|objective)|(loss|err)[/_-]?(policy|value|actor|critic|entropy|q|pi|vf|gen|generator|g|disc|discriminator|d)[\d_]*$/i;

/** Sides that stand against each other: with both there, a sum of them says no more than each does. */
const OPPOSED: readonly (readonly [RegExp, RegExp])[] = [
  [sideOf("gen|generator|g"), sideOf("disc|discriminator|d|critic")],
  [sideOf("policy|actor|pi"), sideOf("value|critic|q|qf|vf")],
];

function sideOf(names: string): RegExp {
  return new RegExp(
    `(^|[^a-z])(${names})[\\d_]*([/_.-][a-z]+)*[/_.-]?loss|(loss|err)[/_-]?(${names})[\\d_]*$`,
    "i",
  );
}

export const isReward = (key: string): boolean =>
  (REWARD.test(key) && !DERIVED.test(key) && !/loss/i.test(key)) || SCORE.test(key);

export interface Primary {
  key: string;
  mode: "min" | "max";
  /** Empty where the run does not log it. */
  points: readonly LossPoint[];
}

/** The loss that is judged; `whyNot` says, as a sentence, why it is not, and is null when the training is to lower it. */
export interface Judged {
  loss: string | null;
  whyNot: string | null;
}

/**
 * The training's loss, else the validation's. A validation loss that the project names as its primary metric, to be low,
 * takes the place of a training loss that is not the goal. `keys`: all metrics of the run.
 */
export function judgedLoss(losses: LossKeys, keys: readonly string[], primary: Primary | null): Judged {
  const { train, validation } = losses;
  const loss = train ?? validation;
  if (loss === null) return { loss, whyNot: null };
  const whyNot = whyNotTheGoal(loss, keys, primary);
  const stands = validation !== null && primary?.key === validation && primary.mode === "min";
  return whyNot !== null && stands ? { loss: validation, whyNot: null } : { loss, whyNot };
}

/** Null when it is what the training is to lower. A primary metric says more than names do. */
function whyNotTheGoal(loss: string, keys: readonly string[], primary: Primary | null): string | null {
  if (primary?.key === loss)
    return primary.mode === "min" ? null : `the project wants ${loss} to be high, so a rise is no harm`;
  const reward = rewardOf(keys, primary);
  if (reward !== undefined) return `the goal is ${reward}, and ${loss} may rise while that improves`;
  if (SIDE.test(loss)) return `${loss} is one of several losses that work against each other`;
  if (OPPOSED.some((pair) => pair.every((side) => keys.some((key) => side.test(key)))))
    return `${loss} sums losses that work against each other`;
  return primary && holds(primary)
    ? `${primary.key}, the project's primary metric, has kept what it gained`
    : null;
}

/** A project whose goal is a low loss follows no reward, whatever a metric is called. */
function rewardOf(keys: readonly string[], primary: Primary | null): string | undefined {
  if (!primary) return keys.find(isReward);
  const { train, validation } = findLossKeys([primary.key]);
  if (primary.mode === "min" && (train ?? validation) !== null) return undefined;
  return [primary.key, ...keys].find(isReward);
}

/** Does a metric stand where it was best, or near to it? */
function holds({ mode, points }: Primary): boolean {
  const turned = points.map(({ value, ...point }) => ({ ...point, value: -value, max: -value }));
  const curve = lossCurve(mode === "max" ? turned : points);
  return curve !== null && divergenceNote("", curve, []) === null && curve.end < curve.start - curve.noise;
}
