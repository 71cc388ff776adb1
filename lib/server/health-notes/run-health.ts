import "server-only";
import { type HealthCode, worstNote } from "@/lib/domain/health/note";
import type { TaskDb } from "../work/task";
import { judgedHealth } from "./judged-health";

/** The gravest thing that a run's losses say of it; null when they say nothing. @throws ServiceError not_found */
export async function runHealth(
  { runId }: { runId: string; steps: number },
  db: TaskDb,
): Promise<HealthCode | null> {
  const { notes } = await judgedHealth(await db.reader(), runId, {});
  return worstNote(notes)?.code ?? null;
}
