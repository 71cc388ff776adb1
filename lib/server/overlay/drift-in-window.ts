import "server-only";
import { type DriftSpan, driftSpans } from "@/lib/domain/audit/drift";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import { effectiveAt } from "../schedules/effective-lr";
import type { DeclaredCurve } from "../schedules/rule-curve";
import type { LoggedLr } from "./logged-lr";

/**
 * Where actual and effective LR part, at the last step of each bucket shown. None when the audit found that the log
 * follows its schedule.
 */
export function driftInWindow(
  logged: readonly LoggedLr[],
  declared: DeclaredCurve,
  changes: readonly LrChange[],
  { verdict, offset }: Pick<AuditReport, "verdict" | "offset">,
): DriftSpan[] {
  if (verdict !== "drift") return [];
  const steps = logged.map(({ step }) => Math.max(0, step + (offset ?? 0)));
  const [effective = new Float64Array()] = effectiveAt(declared, changes, steps);
  const peak = effective.reduce((max, lr) => Math.max(max, lr), 0);
  const pairs = logged.map(({ last, step }, i) => ({
    step,
    actual: last,
    effective: effective[i] ?? Number.NaN,
  }));
  return driftSpans(pairs, peak);
}
