import "server-only";
import type { AuditReport, Finding } from "@/lib/contracts/audit";
import { bestOffset, type DriftSpan, driftSpans, type LrPair, OFFSETS } from "@/lib/domain/audit/drift";
import type { Bucket } from "@/lib/domain/metrics/rollup";

export interface Audit {
  report: AuditReport;
  drift: DriftSpan[];
}

/** How the LR at the given steps should have been; several steps at once, ascending. */
export type EffectiveAt = (steps: readonly number[]) => ArrayLike<number>;

/**
 * Actual against effective LR, at the last step of each bucket of the LR metric. With buckets of one step that is every
 * logged value.
 */
export function auditLr(buckets: readonly Bucket[], effectiveAt: EffectiveAt | null): Audit {
  if (effectiveAt === null) return { report: emptyReport("no_schedule"), drift: [] };
  if (buckets.length === 0) return { report: emptyReport("no_lr"), drift: [] };
  const steps = buckets.map(({ lastStep }) => lastStep);
  const byOffset = OFFSETS.map((offset) => {
    const effective = effectiveAt(steps.map((step) => Math.max(0, step + offset)));
    const pairs = buckets.map(({ last, lastStep }, i): LrPair => {
      return { step: lastStep, actual: last, effective: effective[i] ?? Number.NaN };
    });
    return { offset, pairs };
  });
  const peak = Math.max(...(byOffset[0]?.pairs.map(({ effective }) => effective) ?? [0]));
  const { offset, pairs, worst } = bestOffset(byOffset, peak);
  const drift = driftSpans(pairs, peak);
  return {
    report: {
      verdict: drift.length > 0 ? "drift" : "match",
      findings: drift.length > 0 ? drift.map(finding) : [],
      offset,
      max_relative_error: worst,
    },
    drift,
  };
}

const emptyReport = (verdict: "no_schedule" | "no_lr"): AuditReport => ({
  verdict,
  findings: [],
  offset: null,
  max_relative_error: null,
});

function finding({ from_step, to_step, max_relative_error }: DriftSpan): Finding {
  const where = from_step === to_step ? `at step ${from_step}` : `from step ${from_step} to ${to_step}`;
  return {
    code: "unexplained",
    from_step,
    to_step,
    params: { max_relative_error },
    message: `The logged LR is not what the schedule says ${where}: they part by up to ${percent(max_relative_error)}.`,
  };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
