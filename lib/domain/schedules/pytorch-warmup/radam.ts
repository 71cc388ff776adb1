import { PythonError } from "@/lib/domain/schedules/shared/python-error";

/**
 * ω(step) = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)) with ρ = ρ(step + offset), ρ∞ = 2/(1 − β2) − 1,
 * ρ(t) = ρ∞ − 2tβ2^t/(1 − β2^t), and offset the smallest t with ρ(t) > 4. Liu et al. 2020, section 4.2.
 */
export function radamFactor(beta2: number): (step: number) => number {
  if (beta2 <= 0.6) throw new PythonError("ValueError", `beta2 (${beta2}) must be greater than 0.6`);
  const limit = 2 / (1 - beta2) - 1;
  const rhoAt = (t: number) => limit - (2 * t * beta2 ** t) / (1 - beta2 ** t);
  let offset = 1;
  while (rhoAt(offset) <= 4) offset += 1;
  return (step) => {
    const rho = rhoAt(step + offset);
    return Math.sqrt(((rho - 4) * (rho - 2) * limit) / ((limit - 4) * (limit - 2) * rho));
  };
}
