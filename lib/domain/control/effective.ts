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

/** A control request that the training job applied, in force from `step` on. */
export interface LrChange {
  step: number;
  /** `scale`: `value` is the factor. `set`: `value` is the learning rate at `step`. */
  kind: "scale" | "set";
  value: number;
  /** A scale without one keeps the floor of the change before it; a set without one lifts the floor. */
  min_lr?: number;
  /** Absent: every param group. */
  group?: number;
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
    .filter((change) => change.group === undefined || change.group === group)
    .sort((a, b) => a.step - b.step);
  let inForce: InForce = { scale: 1, held: null, minLr: 0 };
  let next = 0;
  return declared.map((lr, index) => {
    const step = steps[index] ?? index;
    for (let change = pending[next]; change && change.step <= step; change = pending[++next]) {
      inForce = withChange(inForce, change, declaredAt?.(change.step) ?? lr);
    }
    return inForce.held ?? effectiveLr(lr, inForce.scale, inForce.minLr);
  });
}

function withChange({ scale, held, minLr }: InForce, change: LrChange, declared: number): InForce {
  const { kind, value } = change;
  if (kind === "scale") {
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
