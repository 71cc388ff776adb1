import { compileDeclared, type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { at } from "./at";

/** An offset of one step is a convention, which the audit reads as such; more has to stand in the schedule. */
const CONVENTION = 1;

/**
 * The schedule as a run follows it whose log is `offset` steps off: behind a lag it stays at its first LR for so long.
 * A library's words cannot hold a lag; the audit calls it one.
 */
export function delayed(schedule: DeclaredSchedule, offset: number): DeclaredSchedule {
  if (offset >= -CONVENTION || !isNative(schedule)) return schedule;
  const [lrs] = compileDeclared(schedule).at([0]);
  const value = lrs ? at(lrs, 0) : 0;
  return {
    kind: "sequence",
    parts: [
      { spec: { kind: "constant", value }, steps: -offset },
      { spec: schedule, steps: compileDeclared(schedule).length ?? ENDLESS },
    ],
  };
}

/** The last part goes on in any case. */
const ENDLESS = 1;
