import { problemOf, type Problem } from "@/lib/domain/audit/problem";
import type { LrPoint } from "@/lib/domain/audit/report";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

export const LINE: ScheduleSpec = { kind: "linear", from: 1, to: 0, steps: 100 };

/** The declared LR of each step. */
export function rateOf(declared: DeclaredSchedule): (step: number) => number {
  const compiled = compileDeclared(declared);
  return (step) => compiled.at([Math.max(0, step)])[0]![0]!;
}

/** A log of so many points, every few steps. */
export const logOf = (lr: (step: number) => number, points: number, every = 1): LrPoint[] =>
  Array.from({ length: points }, (_, i) => ({ step: i * every, lr: lr(i * every), epoch: null }));

export function problemFrom(
  declared: DeclaredSchedule,
  log: readonly LrPoint[],
  more: Partial<Parameters<typeof problemOf>[0]> = {},
): Problem {
  const lengths = { unit: 1, stepsPerEpoch: null, totalSteps: null };
  return problemOf({ declared, compiled: compileDeclared(declared), log, ...lengths, ...more });
}
