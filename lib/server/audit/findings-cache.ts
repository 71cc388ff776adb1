import "server-only";
import type { AuditReport } from "@/lib/domain/audit/report";
import { WorkLimitError } from "../work/work-limit-error";

/** A report, or why there is none: what was too much once is too much again. */
type Found = { report: AuditReport } | { error: WorkLimitError };

const SIZE = 200;

/** The last report of each run, by what it was made from. A pure function of it, so any server may keep its own. */
class FindingsCache {
  private readonly kept = new Map<string, { stamp: string; found: Found }>();

  async get(runId: string, stamp: string, make: () => Promise<AuditReport>): Promise<AuditReport> {
    const known = this.kept.get(runId);
    if (known?.stamp === stamp) return reportOf(known.found);
    const found = await make().then(
      (report): Found => ({ report }),
      (error: unknown): Found => {
        if (error instanceof WorkLimitError) return { error };
        throw error;
      },
    );
    this.kept.delete(runId);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size >= SIZE && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(runId, { stamp, found });
    return reportOf(found);
  }
}

function reportOf(found: Found): AuditReport {
  if ("error" in found) throw found.error;
  return found.report;
}

export const findingsCache = new FindingsCache();
