import { realPower } from "@/lib/domain/schedules/powers";

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

/** The fraction of (peak − floor) left after the fraction p ∈ [0, 1) of the decay; `ratio` is floor/peak. */
function decayed(shape: WsdDecayShape, p: number, ratio: number): number {
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
    case "exponential":
      if (!(ratio > 0 && ratio < 1)) return realPower(LOG_EXPONENTIAL_END, p);
      return (realPower(Math.log(ratio), p) - ratio) / (1 - ratio);
    default:
      return shape satisfies never;
  }
}

function warmed(shape: WsdWarmupShape, p: number): number {
  if (shape === "cosine") return 0.5 * (1 - Math.cos(Math.PI * p));
  return shape === "1-sqrt" ? 1 - Math.sqrt(1 - p) : p;
}

export function wsdAt(spec: WsdSpec, step: number): number {
  const { peak, floor, warmup, stable, decay } = spec;
  if (step < warmup) return floor + (peak - floor) * warmed(spec.warmup_shape ?? "linear", step / warmup);
  const into = step - warmup - stable;
  if (into < 0) return peak;
  return into >= decay ? floor : floor + (peak - floor) * decayed(spec.shape, into / decay, floor / peak);
}
