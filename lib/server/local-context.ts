import "server-only";
import type { Ctx, Scope } from "./context";
import { database } from "./db/database";

const EVERYTHING: ReadonlySet<Scope> = new Set<Scope>([
  "projects:read",
  "projects:write",
  "runs:read",
  "runs:write",
  "metrics:write",
  "control:read",
  "control:write",
  "control:obey",
]);

/** Whoever reaches a server that listens on loopback is the person at the machine. */
export async function localContext(requestId: string, signal: AbortSignal): Promise<Ctx> {
  const { reader } = await database();
  return { actor: "local user", scopes: EVERYTHING, db: reader, requestId, signal };
}
