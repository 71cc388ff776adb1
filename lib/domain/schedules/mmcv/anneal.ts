import { PythonError } from "@/lib/domain/schedules/shared/python-error";

export type Anneal = (start: number, end: number, part: number) => number;

/** end + ½·weight·(start − end)(cos(π·part) + 1): from weight·start + (1 − weight)·end to end. */
export function annealCosine(start: number, end: number, part: number, weight = 1): number {
  return end + 0.5 * weight * (start - end) * (Math.cos(Math.PI * part) + 1);
}

export function annealLinear(start: number, end: number, part: number): number {
  return start + (end - start) * part;
}

/** The hooks' `anneal_strategy`. */
export function annealBy(strategy: string): Anneal {
  if (strategy === "cos") return annealCosine;
  if (strategy === "linear") return annealLinear;
  throw new PythonError(
    "ValueError",
    `anneal_strategy must be one of "cos" or "linear", instead got ${strategy}`,
  );
}
