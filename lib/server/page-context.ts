import "server-only";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import type { Ctx } from "./context";
import { ServiceError } from "./errors";
import { newId } from "./ids";
import { localContext } from "./local-context";
import { requestSignal } from "./request-signal";

/** Who looks at a page. Pages are made per request: what they show changes with every point that is logged. */
export async function pageContext(): Promise<Ctx> {
  await connection();
  return localContext(newId(), requestSignal());
}

/** What a service found, or Next's own 404 page. */
export async function orNotFound<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not_found") notFound();
    throw error;
  }
}
