import { realPower } from "@/lib/domain/schedules/powers";

/**
 * The factor in front of a schedule, from `start` at step 0 to 1 at `steps`: linear and constant as in Goyal et al.
 * 2017, section 2.2; exponential `start^(1 − p)` as in mmcv; cosine as in Hägele et al. 2024.
 */
export type WarmupShape = "linear" | "exponential" | "constant" | "cosine";

export function warmupFactor(shape: WarmupShape, steps: number, start: number, step: number): number {
  if (step >= steps) return 1;
  const p = step / steps;
  switch (shape) {
    case "linear":
      return start + (1 - start) * p;
    case "exponential":
      return realPower(Math.log(start), 1 - p);
    case "constant":
      return start;
    case "cosine":
      return start + (1 - start) * 0.5 * (1 - Math.cos(Math.PI * p));
    default:
      return shape satisfies never;
  }
}
