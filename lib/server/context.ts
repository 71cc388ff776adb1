import "server-only";
import { database, type Reader } from "./db/database";
import { ServiceError } from "./errors";

export type Scope =
  | "projects:read"
  | "projects:write"
  | "runs:read"
  | "runs:write"
  | "metrics:write"
  | "control:read"
  | "control:write"
  | "control:obey";

/** Who asks, what they may do, and the database to read from. Every service takes one first. */
export interface Ctx {
  /** Shown in histories: `local user`, `job`, a token's name. */
  actor: string;
  scopes: ReadonlySet<Scope>;
  db: Reader;
  requestId: string;
  /** Aborted when whoever asks has left: what is worked on for nobody ends. */
  signal: AbortSignal;
}

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

export function requireScope(ctx: Ctx, scope: Scope): void {
  if (!ctx.scopes.has(scope)) throw new ServiceError("forbidden", `this needs the scope ${scope}`);
}
