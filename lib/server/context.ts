import "server-only";
import type { Reader } from "./db/database";
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

export function requireScope(ctx: Ctx, scope: Scope): void {
  if (!ctx.scopes.has(scope)) throw new ServiceError("forbidden", `this needs the scope ${scope}`);
}
