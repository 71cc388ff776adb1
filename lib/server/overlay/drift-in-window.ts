import "server-only";
import { type DriftSpan, driftSpans } from "@/lib/domain/audit/drift";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import type { Bucket } from "@/lib/domain/metrics/rollup";
import { effectiveAt } from "../schedules/effective-lr";
import type { DeclaredCurve } from "../schedules/rule-curve";

/**
 * Where actual and effective LR part, at the last step of each bucket shown. None when the audit found that the log
 * follows its schedule.
 */
export function driftInWindow(
  buckets: readonly Bucket[],
  declared: DeclaredCurve | null,
  changes: readonly LrChange[],
  { verdict, offset }: AuditReport,
): DriftSpan[] {
  if (!declared || verdict !== "drift") return [];
  const steps = buckets.map(({ lastStep }) => Math.max(0, lastStep + (offset ?? 0)));
  const [effective = new Float64Array()] = effectiveAt(declared, changes, steps);
  const peak = effective.reduce((max, lr) => Math.max(max, lr), 0);
  const pairs = buckets.map(({ last, lastStep }, i) => ({
    step: lastStep,
    actual: last,
    effective: effective[i] ?? Number.NaN,
  }));
  return driftSpans(pairs, peak);
}
