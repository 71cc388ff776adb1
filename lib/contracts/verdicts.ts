import { z } from "zod";
import { VERDICTS } from "@/lib/domain/audit/verdict";
import { PLATEAU_STATES } from "@/lib/domain/plateau/plateau-state";
import { HealthCode } from "./health-notes";

export const AuditVerdict = z.enum(VERDICTS).nullable();
export const VerdictFigure = z.union([z.number(), z.string()]).nullable();
export const PlateauVerdict = z.enum(PLATEAU_STATES).nullable();

/** What a run comes to, as it was last judged: some seconds behind the log of a live run. */
export const RunVerdict = z.strictObject({
  audit: AuditVerdict.describe(
    "`match`, or the code of the worst finding; null: not judged, or nothing to hold the LR against.",
  ),
  figure: VerdictFigure.describe("What was fitted: a factor, a number of steps, a parameter's name."),
  health: HealthCode.nullable().describe("The gravest of its health notes."),
  plateau: PlateauVerdict.describe(
    "`flat`: what a policy watches has not improved since it fired; null without a policy.",
  ),
});
export type RunVerdict = z.infer<typeof RunVerdict>;
