import "server-only";
import type { Ctx } from "./context";
import { transact, type WriteTx } from "./db/transaction";

export type { WriteTx } from "./db/transaction";

/**
 * One write transaction for one request. Takes the context so that the function that opens it has one to check: lint
 * refuses a caller without `requireScope`.
 */
export function withTransaction<T>(_ctx: Ctx, work: (tx: WriteTx) => Promise<T>): Promise<T> {
  return transact(work);
}
