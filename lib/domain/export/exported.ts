import type { CodeTarget, StepUnit } from "./print-call";

export type ExportTarget = CodeTarget | "json";

export interface ExportedSchedule {
  /** Complete: with imports, and a comment on how to step it. */
  code: string;
  /** The target gives the same LRs, up to the schedule's length and to the target's float precision. */
  exact: boolean;
  /** What differs, and what to know. */
  notes: string[];
  /** What one step of the exported scheduler stands for. */
  stepping: StepUnit;
}
