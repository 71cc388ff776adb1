import { checkCost } from "./check-cost";
import { initialState, observe } from "./detect";
import type { DetectorState } from "./detector-state";
import { fromJsonNumber, isJsonNumber, type JsonNumber } from "./json-number";
import { normalisePolicy } from "./normalise-policy";
import type { DetectorSpec } from "./plateau-policy";
import { PolicyError, type LibraryRefusal } from "./policy-error";

/** A rule run over a whole series: the fields of a golden plateau case (tests/golden/README.md section 1). */
export interface Replay {
  /** One param group: the rate after each metric … */
  lrs_after?: number[];
  /** … or several: `[group][metric]`. Exactly one of the two is present. */
  lrs_after_by_group?: number[][];
  /** timm: the rate after construction, which a warmup sets. */
  lr_initial?: number;
  /** Indices at which group 0's rate became smaller. */
  events: number[];
  /** The same for every group, when there are several. */
  events_by_group?: number[][];
  /** Indices at which the rule fired, even if nothing changed. */
  triggers: number[];
  /** GreedyLR: indices at which group 0's rate became larger. */
  increase_events?: number[];
  /** The rule's counters after each metric, under the library's names. */
  state: Record<string, JsonNumber[]>;
  /** The library's constructor refuses the arguments; everything else is empty then. */
  raises?: LibraryRefusal;
}

/** Runs the rule over `metrics`, starting with `baseLrs`. @throws PolicyError when the rates do not fit the rule. */
export function replay(
  spec: DetectorSpec,
  baseLrs: readonly number[],
  metrics: readonly JsonNumber[],
): Replay {
  const start = initialState(spec, baseLrs);
  const groups = start.lrs.map((lr) => [lr]);
  const counters: Record<string, JsonNumber[]> = {};
  const triggers: number[] = [];
  let current = start;
  metrics.forEach((metric, index) => {
    const { state, fired } = observe(spec, current, fromJsonNumber(metric));
    if (fired) triggers.push(index);
    groups.forEach((lrs, group) => lrs.push(state.lrs[group] ?? NaN));
    keepCounters(counters, state);
    current = state;
  });
  return { ...ratesOf(spec, groups), triggers, state: counters };
}

/** `groups[g]` is group g's rate after construction, then after each metric. */
function ratesOf(spec: DetectorSpec, groups: readonly number[][]): Omit<Replay, "triggers" | "state"> {
  const [first = []] = groups;
  const several = groups.length > 1;
  return {
    ...(several
      ? { lrs_after_by_group: groups.map((lrs) => lrs.slice(1)), events_by_group: groups.map(drops) }
      : { lrs_after: first.slice(1) }),
    ...(spec.rule === "timm" ? { lr_initial: first[0] } : {}),
    events: drops(first),
    ...(spec.rule === "greedy" ? { increase_events: drops(first.map((lr) => -lr)) } : {}),
  };
}

/** 0-based metrics after which the rate is smaller than before. */
function drops(lrs: readonly number[]): number[] {
  return lrs.flatMap((lr, index) => (index > 0 && lr < (lrs[index - 1] ?? lr) ? [index - 1] : []));
}

/** Counters that exist in our state only, or that the golden files leave out. */
const HIDDEN = new Set(["scale", "window_sum"]);

function keepCounters(kept: Record<string, JsonNumber[]>, { counters }: DetectorState): void {
  for (const name of Object.keys(counters)) {
    const value: unknown = Reflect.get(counters, name);
    if (!HIDDEN.has(name) && isJsonNumber(value)) (kept[name] ??= []).push(value);
  }
}

/**
 * `POST /plateau/backtest` for one policy. Rates: the given ones, else the policy's `base_lrs`, else 1 (so that the
 * result reads as a scale). A refusal of the library's is a result with `raises`, as in the golden files; every other
 * fault of the policy throws. @throws PolicyError
 */
export function backtest(
  policy: unknown,
  metrics: readonly JsonNumber[],
  baseLrs?: readonly number[],
): Replay {
  try {
    const { spec, base_lrs } = normalisePolicy(policy);
    return replay(spec, baseLrs ?? base_lrs ?? [1], metrics);
  } catch (error) {
    if (!(error instanceof PolicyError) || !error.raises) throw error;
    return { lrs_after: [], events: [], triggers: [], state: {}, raises: error.raises };
  }
}

/** What each value of a backtest costs (`checkCost`); 0 for a policy that the library refuses. @throws PolicyError */
export function backtestCost(policy: unknown, baseLrs?: readonly number[]): number {
  try {
    const { spec, base_lrs } = normalisePolicy(policy);
    return checkCost(spec, (baseLrs ?? base_lrs ?? [1]).length);
  } catch (error) {
    if (!(error instanceof PolicyError) || !error.raises) throw error;
    return 0;
  }
}
