import type { Counters, DetectorState } from "./detector-state";
import { evidenceOf } from "./evidence";
import { initialGreedyCounters, stepGreedy } from "./greedy-rule";
import { fromJsonNumber, type JsonNumber } from "./json-number";
import { initialKerasCounters, stepKeras } from "./keras-rule";
import { initialOptaxCounters, stepOptax } from "./optax-rule";
import { checkPerGroup } from "./param-groups";
import type { DetectorSpec, PlateauEvidence } from "./plateau-policy";
import { PolicyError } from "./policy-error";
import type { Firing, StepResult } from "./step-result";
import { initialTimmLrs, stepTimm } from "./timm-rule";
import { initialTorchCounters, stepTorch } from "./torch-rule";
import { initialTrendCounters, stepTrend } from "./trend-rule";

/**
 * The state before the first observation. `baseLrs` holds the optimizer's rate per param group.
 * @throws PolicyError when the rates do not fit the rule (with `raises` where the library's constructor would raise).
 */
export function initialState(spec: DetectorSpec, baseLrs: readonly number[]): DetectorState {
  if (baseLrs.length === 0 || !baseLrs.every(Number.isFinite)) {
    throw new PolicyError("base_lrs", "base_lrs must be one or more finite numbers.");
  }
  checkPerGroup("min_lr", spec.min_lr, baseLrs.length);
  if (spec.rule === "greedy") checkPerGroup("max_lr", spec.max_lr, baseLrs.length);
  const base_lrs = spec.rule === "keras" ? baseLrs.map(Math.fround) : [...baseLrs];
  if (!base_lrs.every(Number.isFinite)) {
    throw new PolicyError("base_lrs", "base_lrs must be below 3.4e38: Keras keeps them in float32.");
  }
  const lrs = spec.rule === "timm" ? initialTimmLrs(spec, base_lrs) : base_lrs;
  return { seen: 0, best_index: null, best_step: null, base_lrs, lrs, counters: initialCounters(spec) };
}

function initialCounters(spec: DetectorSpec): Counters {
  switch (spec.rule) {
    case "torch":
    case "timm":
      return initialTorchCounters(spec.rule, spec.mode);
    case "keras":
      return initialKerasCounters();
    case "optax":
      return initialOptaxCounters();
    case "greedy":
      return initialGreedyCounters(spec);
    case "trend":
      return initialTrendCounters(spec);
    default:
      return spec satisfies never;
  }
}

/** What one observation did. `lrs` are the rates after it, one per param group (`state.lrs`). */
export interface Observation {
  state: DetectorState;
  /** null, or what the rule decided. A firing may leave the rates as they were (floor, eps). */
  fired: Firing | null;
  lrs: number[];
  /** Worked out when it is read: of most observations nobody wants to know. */
  readonly evidence: PlateauEvidence;
}

/**
 * Folds one value into the state, which is not changed. `step` is only remembered, for `best_step`.
 * @throws PolicyError when the state belongs to another rule.
 */
export function observe(
  spec: DetectorSpec,
  state: DetectorState,
  value: number | JsonNumber,
  step: number | null = null,
): Observation {
  const result = applyRule(spec, state, fromJsonNumber(value));
  const forgets = result.fired === "reset";
  const best = result.improved ? { best_index: state.seen, best_step: step } : {};
  const judged: DetectorState = { ...state, ...best, seen: state.seen + 1, lrs: result.lrs };
  const next = {
    ...judged,
    counters: result.counters,
    ...(forgets ? { best_index: null, best_step: null } : {}),
  };
  // A reset forgets `best`; the evidence still tells what the value was compared with.
  return new Judged(spec, next, result, forgets ? judged : next);
}

class Judged implements Observation {
  readonly fired: Firing | null;
  readonly lrs: number[];

  constructor(
    private readonly spec: DetectorSpec,
    readonly state: DetectorState,
    private readonly result: StepResult,
    private readonly compared: DetectorState,
  ) {
    this.fired = result.fired;
    this.lrs = state.lrs;
  }

  get evidence(): PlateauEvidence {
    return evidenceOf(this.spec, this.compared, this.result);
  }
}

function applyRule(spec: DetectorSpec, state: DetectorState, value: number): StepResult {
  const { counters } = state;
  if (spec.rule === "torch" && counters.rule === "torch")
    return stepTorch(spec, { ...state, counters }, value);
  if (spec.rule === "timm" && counters.rule === "timm") return stepTimm(spec, { ...state, counters }, value);
  if (spec.rule === "keras" && counters.rule === "keras")
    return stepKeras(spec, { ...state, counters }, value);
  if (spec.rule === "optax" && counters.rule === "optax")
    return stepOptax(spec, { ...state, counters }, value);
  if (spec.rule === "greedy" && counters.rule === "greedy")
    return stepGreedy(spec, { ...state, counters }, value);
  return applyOwnRule(spec, state, value);
}

function applyOwnRule(spec: DetectorSpec, state: DetectorState, value: number): StepResult {
  const { counters } = state;
  if (spec.rule === "trend" && counters.rule === "trend")
    return stepTrend(spec, { ...state, counters }, value);
  throw new PolicyError("state", `a state of the ${counters.rule} rule cannot go on with ${spec.rule}.`);
}
