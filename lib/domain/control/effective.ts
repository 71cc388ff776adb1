import type { Lrs } from "./same-lr";

/**
 * The rate in force after a reduction: `max(declared × scale, min_lr)`, where the floor stops a cut but never lifts the
 * rate above what the schedule itself declares (a schedule may decay below the floor on its own).
 */
export function effectiveLr(declared: number, scale: number, minLr: number): number {
  return floored(declared * scale, declared, minLr);
}

/** `target` with the floor applied, given the rate it replaces. Raising (`target > reference`) has no ceiling. */
export function floored(target: number, reference: number, minLr: number): number {
  const lr = Math.max(target, minLr);
  return target <= reference ? Math.min(lr, reference) : lr;
}

/** What the training job did about its learning rate, in force from `step` on. */
export type LrChange = AppliedChange | TakenBack;

export interface AppliedChange {
  step: number;
  /** `scale`: `value` is the factor. `set`: `value` is the learning rate at `step`, one or one per param group. */
  kind: "scale" | "set";
  value: Lrs;
  /** A scale without one keeps the floor of the change before it; a set without one lifts the floor. */
  min_lr?: number;
  /** Absent: every param group. */
  group?: number;
  /** For an `undo` to name it. */
  id?: string;
}

/** From `step` on everything is as if the change with the id `of` had never been made. */
export interface TakenBack {
  step: number;
  kind: "undo";
  of: string;
}

interface EffectiveOptions {
  /** The param group that `declared` belongs to. */
  group?: number;
  /** The declared rate at any step, for a `set` at a step that is not among `steps` (a thinned chart). */
  declaredAt?: (step: number) => number;
}

/** What the changes so far amount to. `held`, where set, is the rate itself: no scale of the declared one reaches it. */
interface InForce {
  scale: number;
  held: number | null;
  minLr: number;
}

/** A change of one group, and the declared rate that it met. */
interface Made {
  change: AppliedChange;
  value: number;
  declared: number;
}

const UNTOUCHED: InForce = { scale: 1, held: null, minLr: 0 };

/**
 * The effective learning rate of one param group from the declared one and the applied changes, which are taken in
 * order of step (equal steps: in the order given).
 *
 * `declared[i]` is the declared rate at `steps[i]`; `steps` ascend. A `set` fixes the scale at lr / declared(step); when
 * declared is 0 there (end of a decay, start of a warmup) no scale can reach the rate, so the rate itself is held until
 * the next `set`. Without `declaredAt`, declared(step) is read at the first of `steps` that is not before it.
 */
export function effectiveLrs(
  declared: Float64Array,
  steps: ArrayLike<number>,
  changes: readonly LrChange[],
  { group = 0, declaredAt }: EffectiveOptions = {},
): Float64Array {
  const pending = changes
    .filter((change) => change.kind === "undo" || change.group === undefined || change.group === group)
    .sort((a, b) => a.step - b.step);
  let made: Made[] = [];
  let inForce = UNTOUCHED;
  let next = 0;
  return declared.map((lr, index) => {
    const step = steps[index] ?? index;
    for (let change = pending[next]; change && change.step <= step; change = pending[++next]) {
      made = after(made, change, group, declaredAt?.(change.step) ?? lr);
      inForce = made.reduce(withChange, UNTOUCHED);
    }
    return inForce.held ?? effectiveLr(lr, inForce.scale, inForce.minLr);
  });
}

function after(made: Made[], change: LrChange, group: number, declared: number): Made[] {
  if (change.kind === "undo") return made.filter((other) => other.change.id !== change.of);
  const value = typeof change.value === "number" ? change.value : change.value[group];
  return value === undefined ? made : [...made, { change, value, declared }];
}

function withChange({ scale, held, minLr }: InForce, { change, value, declared }: Made): InForce {
  if (change.kind === "scale") {
    const floor = change.min_lr ?? minLr;
    return {
      scale: scale * value,
      held: held === null ? null : effectiveLr(held, value, floor),
      minLr: floor,
    };
  }
  const floor = change.min_lr ?? 0;
  return declared === 0
    ? { scale: 1, held: floored(value, declared, floor), minLr: floor }
    : { scale: value / declared, held: null, minLr: floor };
}
