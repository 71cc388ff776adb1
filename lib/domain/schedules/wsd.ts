import { stepPower, type StepPower } from "@/lib/domain/schedules/powers";

/**
 * Warmup, stable, decay: floor → peak over `warmup` steps, `peak` for `stable` steps, peak → floor over `decay` steps.
 * Hu et al. 2024 (MiniCPM), section 4; decay shapes from Hägele et al. 2024, section 3 and appendix. As in
 * transformers, the first step of the decay is still at the peak, and the warmup starts at the floor.
 */
export interface WsdSpec {
  kind: "wsd";
  peak: number;
  floor: number;
  warmup: number;
  stable: number;
  decay: number;
  shape: WsdDecayShape;
  warmup_shape?: WsdWarmupShape;
}

type WsdDecayShape = "linear" | "cosine" | "exponential" | "1-sqrt" | "sqrt" | "square";
type WsdWarmupShape = "linear" | "cosine" | "1-sqrt";

/** An exponential cannot reach 0: towards a floor of 0 it runs to this fraction of the peak, and drops there. */
const LOG_EXPONENTIAL_END = Math.log(1e-3);

/** What an exponential decay needs of its spec, worked out once for many steps. */
export function wsdPower({ floor, peak, decay }: WsdSpec): StepPower {
  const ratio = floor / peak;
  return stepPower((ratio > 0 && ratio < 1 ? Math.log(ratio) : LOG_EXPONENTIAL_END) / decay);
}

/** The fraction of (peak − floor) left after `into` steps of the decay. */
function decayed({ shape, floor, peak, decay }: WsdSpec, power: StepPower, into: number): number {
  const p = into / decay;
  switch (shape) {
    case "linear":
      return 1 - p;
    case "cosine":
      return 0.5 * (1 + Math.cos(Math.PI * p));
    case "1-sqrt":
      return 1 - Math.sqrt(p);
    case "sqrt":
      return Math.sqrt(1 - p);
    case "square":
      return 1 - p * p;
    case "exponential": {
      const ratio = floor / peak;
      return ratio > 0 && ratio < 1 ? (power(into) - ratio) / (1 - ratio) : power(into);
    }
    default:
      return shape satisfies never;
  }
}

function warmed(shape: WsdWarmupShape, p: number): number {
  if (shape === "cosine") return 0.5 * (1 - Math.cos(Math.PI * p));
  return shape === "1-sqrt" ? 1 - Math.sqrt(1 - p) : p;
}

/** `power` is `wsdPower(spec)`. */
export function wsdAt(spec: WsdSpec, power: StepPower, step: number): number {
  const { peak, floor, warmup, stable, decay } = spec;
  if (step < warmup) return floor + (peak - floor) * warmed(spec.warmup_shape ?? "linear", step / warmup);
  const into = step - warmup - stable;
  if (into < 0) return peak;
  return into >= decay ? floor : floor + (peak - floor) * decayed(spec, power, into);
}
