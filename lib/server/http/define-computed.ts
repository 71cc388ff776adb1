import "server-only";
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import type { RawBody } from "../work/computed";
import type { RawAnswer } from "../work/reading";
import { runTask } from "../work/run-task";
import type { AnswerOf, InputOf, TaskName } from "../work/tasks";
import { DEFAULT_MAX_BODY, defineRoute } from "./define-route";
import { readJsonBytes } from "./read-body";
import { JsonBytes } from "./wire";

/** The tasks that `computed` made. */
type ComputedName = {
  [N in TaskName]: RawBody extends InputOf<N> ? (AnswerOf<N> extends RawAnswer ? N : never) : never;
}[TaskName];

/** A route for an endpoint whose answer follows from its body alone: the task of that name reads it and writes it. */
export function defineComputed<E extends Endpoint & { body: z.ZodType }>(endpoint: E, name: ComputedName) {
  return defineRoute({ ...endpoint, body: undefined }, async ({ request, ctx }) => {
    const bytes = await readJsonBytes(request, endpoint.maxBody ?? DEFAULT_MAX_BODY);
    const { json } = await runTask(name, { bytes }, { signal: ctx.signal, key: () => hashOf(bytes) });
    return new JsonBytes(json);
  });
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");
