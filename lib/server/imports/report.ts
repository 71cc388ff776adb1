import "server-only";
import { type ImportRefusal, MAX_REFUSALS } from "@/lib/contracts/imports";

const MAX_WARNINGS = 20;
const LONGEST_REASON = 300;

/** What there is to say about one reading of a file. */
export interface ReportFacts {
  rowsRead: number;
  rowsRefused: number;
  refusals: ImportRefusal[];
  warnings: string[];
}

export class Report implements ReportFacts {
  rowsRead = 0;
  rowsRefused = 0;
  readonly refusals: ImportRefusal[] = [];
  readonly warnings: string[] = [];

  refuse(row: number, field: string | null, reason: string): void {
    this.rowsRefused += 1;
    if (this.refusals.length < MAX_REFUSALS) {
      this.refusals.push({ row, field, reason: reason.slice(0, LONGEST_REASON) });
    }
  }

  warn(text: string): void {
    addWarning(this, text);
  }
}

export function addWarning({ warnings }: Pick<ReportFacts, "warnings">, text: string): void {
  if (warnings.length < MAX_WARNINGS) warnings.push(text.slice(0, LONGEST_REASON));
}
