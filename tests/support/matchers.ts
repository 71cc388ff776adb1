import { expect } from "vitest";
import type { Problem, ProblemCode } from "@/lib/contracts/problem";

/** Golden README section 3: |got - want| <= tol * scale + tol * |want|, where scale is the largest |LR| of the case. */
export function closeTo(got: number, want: number, tolerance: number, scale = Math.abs(want)): boolean {
  if (Number.isNaN(want)) return Number.isNaN(got);
  if (!Number.isFinite(want)) return got === want;
  return Math.abs(got - want) <= tolerance * scale + tolerance * Math.abs(want);
}

expect.extend({
  toBeRelativelyClose(received: number, want: number, tolerance: number, scale?: number) {
    return {
      pass: closeTo(received, want, tolerance, scale),
      message: () => `expected ${received} to be within ${tolerance} (relative) of ${want}`,
    };
  },
});

/** An answer of tests/support/api.ts. */
interface Answered {
  status: number;
  problem: Problem | null;
}

expect.extend({
  toMatchProblem({ status, problem }: Answered, wantStatus: number, wantCode: ProblemCode) {
    return {
      pass: status === wantStatus && problem?.code === wantCode,
      message: () =>
        `expected a problem ${wantStatus} ${wantCode}, got ${status} ${problem?.code ?? ""}: ${problem?.detail ?? "no problem at all"}`,
    };
  },
});

declare module "vitest" {
  interface Matchers<T> {
    toMatchProblem(status: number, code: ProblemCode): T;
    toBeRelativelyClose(want: number, tolerance: number, scale?: number): T;
  }
}
