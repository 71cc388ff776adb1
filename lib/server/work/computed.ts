import "server-only";
import type { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import { parseBody } from "../http/read-body";
import { validate } from "../http/validate";
import { encode, type RawAnswer } from "./reading";
import { type Task, task } from "./task";

type Body<E extends Endpoint> = E["body"] extends z.ZodType ? z.output<E["body"]> : never;
type Response<E extends Endpoint> = E["responses"][200] extends z.ZodType
  ? z.input<E["responses"][200]>
  : never;

/** A request's body as it came. */
export interface RawBody {
  bytes: Uint8Array;
}

/** Beyond so many bytes even reading a body is work for a worker. */
export const SMALL_BODY = 64 * 1024;

/**
 * An endpoint whose answer follows from its body alone, as a task from bytes to bytes: a million numbers are parsed,
 * checked, worked on and written in the worker. `cost` and `answer` see the body that the endpoint's schema let through.
 */
export function computed<E extends Endpoint>(
  endpoint: E & { body: z.ZodType },
  cost: (body: Body<E>) => number,
  answer: (body: Body<E>) => Response<E>,
): Task<RawBody, RawAnswer<Response<E>>> {
  const read = ({ bytes }: RawBody) => bodyOf<E>(endpoint, bytes);
  return task(
    (input) => (input.bytes.byteLength > SMALL_BODY ? Infinity : cost(read(input))),
    (input) => encode(endpoint, answer(read(input))),
  );
}

/** What the endpoint's own schema gives. @throws ServiceError invalid_json, invalid_parameters */
const bodyOf = <E extends Endpoint>(endpoint: { body: z.ZodType }, bytes: Uint8Array): Body<E> =>
  validate(endpoint.body, parseBody(bytes)) as Body<E>;
