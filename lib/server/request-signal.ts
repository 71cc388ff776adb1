import "server-only";
import type { AsyncLocalStorage } from "node:async_hooks";

const shared = globalThis as { __lrscopeRequest?: AsyncLocalStorage<AbortSignal> };
const NEVER = new AbortController().signal;

/** Aborted when the client of the page that is being made leaves: `scripts/serve.mjs` puts it there for each request. */
export const requestSignal = (): AbortSignal => shared.__lrscopeRequest?.getStore() ?? NEVER;
