import "server-only";
import { type HealthCode, worstNote } from "@/lib/domain/health/note";
import type { TaskDb } from "../work/task";
import { healthNotes } from "./health-notes";

const NEVER = new AbortController().signal;

/** The gravest thing that a run's losses say of it; null when they say nothing. @throws ServiceError not_found */
export async function runHealth(
  { runId }: { runId: string; steps: number },
  db: TaskDb,
): Promise<HealthCode | null> {
  const who = { actor: "server", scopes: new Set(["runs:read"] as const), requestId: "health" };
  const { notes } = await healthNotes({ ...who, db: await db.reader(), signal: NEVER }, runId, {});
  return worstNote(notes)?.code ?? null;
}
