import { cosineAt } from "@/lib/domain/schedules/cosine";
import { fillCosineRestarts } from "@/lib/domain/schedules/cosine-restarts";
import { cyclicAt, shrinkingOf } from "@/lib/domain/schedules/cyclic";
import { decayOf, exponentialAt } from "@/lib/domain/schedules/exponential";
import { inverseSqrtAt } from "@/lib/domain/schedules/inverse-sqrt";
import { inverseTimeAt } from "@/lib/domain/schedules/inverse-time";
import { linearAt } from "@/lib/domain/schedules/linear";
import { fillMultiStep } from "@/lib/domain/schedules/multi-step";
import { oneCycleAt, phasesOf } from "@/lib/domain/schedules/one-cycle";
import { fillPiecewise } from "@/lib/domain/schedules/piecewise";
import { polynomialAt } from "@/lib/domain/schedules/polynomial";
import { fallingPower, wholePower } from "@/lib/domain/schedules/powers";
import type { FamilySpec } from "@/lib/domain/schedules/spec";
import { stepDecayAt } from "@/lib/domain/schedules/step";
import { wsdAt, wsdPower } from "@/lib/domain/schedules/wsd";

/* eslint-disable complexity -- one case per kind: the compiler, not a reader, keeps this switch complete */
/**
 * Writes the LRs of steps `from`, `from + stride`, … of a family: with `lrAt`, the only switch over kinds. Each kind has
 * its own loop because only then is its formula inlined; through a callback every number would go over the heap.
 */
export function fillFamily(out: Float64Array, spec: FamilySpec, from: number, stride: number): void {
  const n = out.length;
  switch (spec.kind) {
    case "constant":
      out.fill(spec.value);
      return;
    case "step": {
      const power = wholePower(spec.gamma);
      for (let i = 0; i < n; i++) out[i] = stepDecayAt(spec, power, from + i * stride);
      return;
    }
    case "multi_step":
      fillMultiStep(out, spec, from, stride);
      return;
    case "piecewise":
      fillPiecewise(out, spec, from, stride);
      return;
    case "exponential": {
      const decay = decayOf(spec);
      for (let i = 0; i < n; i++) out[i] = exponentialAt(spec, decay, from + i * stride);
      return;
    }
    case "inverse_time":
      for (let i = 0; i < n; i++) out[i] = inverseTimeAt(spec, from + i * stride);
      return;
    case "polynomial": {
      const left = fallingPower(spec.steps, spec.power);
      for (let i = 0; i < n; i++) out[i] = polynomialAt(spec, left, from + i * stride);
      return;
    }
    case "linear":
      for (let i = 0; i < n; i++) out[i] = linearAt(spec, from + i * stride);
      return;
    case "cosine":
      for (let i = 0; i < n; i++) out[i] = cosineAt(spec, from + i * stride);
      return;
    case "cosine_restarts":
      fillCosineRestarts(out, spec, from, stride);
      return;
    case "one_cycle": {
      const phases = phasesOf(spec);
      for (let i = 0; i < n; i++) out[i] = oneCycleAt(spec, phases, from + i * stride);
      return;
    }
    case "cyclic": {
      const shrinking = shrinkingOf(spec);
      for (let i = 0; i < n; i++) out[i] = cyclicAt(spec, shrinking, from + i * stride);
      return;
    }
    case "inverse_sqrt":
      for (let i = 0; i < n; i++) out[i] = inverseSqrtAt(spec, from + i * stride);
      return;
    case "wsd": {
      const power = wsdPower(spec);
      for (let i = 0; i < n; i++) out[i] = wsdAt(spec, power, from + i * stride);
      return;
    }
    case "reduce_on_plateau":
      out.fill(spec.peak);
      return;
    default:
      spec satisfies never;
  }
}
/* eslint-enable complexity */
