import { fillFamily } from "@/lib/domain/schedules/fill-family";
import { finite } from "@/lib/domain/schedules/powers";
import type { PerEpochSpec, ScheduleSpec, SequenceSpec, WarmupSpec } from "@/lib/domain/schedules/spec";
import { warmupFactor } from "@/lib/domain/schedules/warmup";

/**
 * The LR of optimizer update `step` (from 0) under a native schedule. Pure, defined for every step ≥ 0. Several param
 * groups: the first one's (see `groupsOf`); a plateau schedule: its peak.
 */
export function lrAt(spec: ScheduleSpec, step: number): number {
  const out = new Float64Array(1);
  fill(out, spec, step, 1);
  return out[0] ?? NaN;
}

/** The LRs of steps `from`, `from + stride`, … below `to`: the same numbers as `lrAt`, at a few ns each. */
export function lrs(spec: ScheduleSpec, from: number, to: number, stride = 1): Float64Array {
  const out = new Float64Array(Math.max(0, Math.ceil((to - from) / stride)));
  fill(out, spec, from, stride);
  return out;
}

/** The LRs at the given steps. Evenly spaced stretches, which logs mostly consist of, are as cheap as with `lrs`. */
export function lrsAt(spec: ScheduleSpec, steps: ArrayLike<number>): Float64Array {
  const out = new Float64Array(steps.length);
  let start = 0;
  while (start < steps.length) {
    const end = evenEnd(steps, start);
    const from = steps[start] ?? NaN;
    const stride = end - start > 1 ? (steps[start + 1] ?? from) - from : 1;
    fill(out.subarray(start, end), spec, from, stride);
    start = end;
  }
  return out;
}

/** The end of the longest evenly ascending stretch of whole steps from `start`; at least one step. */
function evenEnd(steps: ArrayLike<number>, start: number): number {
  const from = steps[start] ?? NaN;
  const stride = (steps[start + 1] ?? NaN) - from;
  if (!(stride > 0) || !Number.isInteger(stride)) return start + 1;
  let end = start + 1;
  while (end < steps.length && steps[end] === from + (end - start) * stride) end++;
  return end;
}

/** Writes the LRs of steps `from`, `from + stride`, …: composed kinds here, part by part; families in fill-family.ts. */
function fill(out: Float64Array, spec: ScheduleSpec, from: number, stride: number): void {
  if (out.length === 0) return;
  switch (spec.kind) {
    case "warmup":
      fillWarmup(out, spec, from, stride);
      return;
    case "sequence":
      fillSequence(out, spec, from, stride);
      return;
    case "product":
      fillProduct(out, spec.factors, from, stride);
      return;
    case "per_epoch":
      fillHeld(out, spec, from, stride);
      return;
    case "groups":
      if (spec.groups[0]) fill(out, spec.groups[0].spec, from, stride);
      return;
    default:
      fillFamily(out, spec, from, stride);
  }
}

function fillProduct(
  out: Float64Array,
  factors: readonly ScheduleSpec[],
  from: number,
  stride: number,
): void {
  out.fill(1);
  const values = new Float64Array(out.length);
  for (const factor of factors) {
    fill(values, factor, from, stride);
    for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) * finite(values[i] ?? 0);
  }
}

function fillWarmup(out: Float64Array, spec: WarmupSpec, from: number, stride: number): void {
  const { shape, steps, start_factor, then, overlap = false } = spec;
  const until = firstIndexAt(steps, from, stride, out.length);
  const rising = out.subarray(0, until);
  if (overlap) fill(rising, then, from, stride);
  else rising.fill(lrAt(then, 0));
  for (let i = 0; i < until; i++) {
    rising[i] = (rising[i] ?? 0) * warmupFactor(shape, steps, start_factor, from + i * stride);
  }
  fill(out.subarray(until), then, from + until * stride - (overlap ? 0 : steps), stride);
}

function fillSequence(out: Float64Array, { parts }: SequenceSpec, from: number, stride: number): void {
  let start = 0;
  let index = 0;
  for (const [i, part] of parts.entries()) {
    const end =
      i === parts.length - 1 ? out.length : firstIndexAt(start + part.steps, from, stride, out.length);
    fill(out.subarray(index, end), part.spec, from + index * stride - start, stride);
    start += part.steps;
    index = end;
    if (index === out.length) return;
  }
}

/** Asks the inner schedule once per epoch, or once per entry when the stride is longer than an epoch. */
function fillHeld(
  out: Float64Array,
  { spec, steps_per_epoch }: PerEpochSpec,
  from: number,
  stride: number,
): void {
  let index = 0;
  while (index < out.length) {
    const epoch = Math.floor((from + index * stride) / steps_per_epoch);
    const next = firstIndexAt((epoch + 1) * steps_per_epoch, from, stride, out.length);
    const end = Math.max(index + 1, next);
    out.fill(lrAt(spec, epoch), index, end);
    index = end;
  }
}

/** The first index i ≤ length with from + i·stride ≥ step. */
function firstIndexAt(step: number, from: number, stride: number, length: number): number {
  return Math.min(length, Math.max(0, Math.ceil((step - from) / stride)));
}
