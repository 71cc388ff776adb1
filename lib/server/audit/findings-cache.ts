import "server-only";
import type { AuditReport } from "@/lib/domain/audit/report";

interface Kept {
  stamp: string;
  report: Promise<AuditReport>;
}

const SIZE = 200;

/** The last report of each run, by what it was made from. A pure function of it, so any server may keep its own. */
class FindingsCache {
  private readonly kept = new Map<string, Kept>();

  get(runId: string, stamp: string, make: () => Promise<AuditReport>): Promise<AuditReport> {
    const known = this.kept.get(runId);
    if (known?.stamp === stamp) return known.report;
    this.kept.delete(runId);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size >= SIZE && oldest !== undefined) this.kept.delete(oldest);
    const report = make();
    this.kept.set(runId, { stamp, report });
    report.catch(() => this.kept.delete(runId));
    return report;
  }
}

export const findingsCache = new FindingsCache();
