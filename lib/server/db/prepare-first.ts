import "server-only";

/**
 * Thrown in a transaction that needs what takes long to work out. It is undone, prepared for while others are served, and
 * run again.
 */
export class PrepareFirst extends Error {
  constructor(readonly prepare: () => Promise<void>) {
    super("has to be prepared outside of the transaction");
  }
}
