import "server-only";
import type { HealthNotes, HealthQuery } from "@/lib/contracts/health-notes";
import { RULES } from "@/lib/domain/health/note";
import { type Ctx, requireScope } from "../context";
import { judgedHealth } from "./judged-health";

/** What the run's losses say about its LR. @throws ServiceError not_found */
export async function healthNotes(ctx: Ctx, runId: string, query: HealthQuery): Promise<HealthNotes> {
  requireScope(ctx, "runs:read");
  const { notes, judged, notTheGoal } = await judgedHealth(ctx.db, runId, query);
  return {
    notes: notes.map((note) => ({ ...note, rule: RULES[note.code] })),
    judged,
    not_the_goal: notTheGoal,
  };
}
