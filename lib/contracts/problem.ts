import { z } from "zod";

export const ProblemCode = z.enum([
  "bad_request",
  "invalid_json",
  "unauthenticated",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "payload_too_large",
  "unsupported_media_type",
  "invalid_parameters",
  "too_many_requests",
  "internal",
  "unavailable",
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

export const InvalidParam = z.strictObject({
  /** Path of the field, `points[3].step`. */
  name: z.string(),
  reason: z.string(),
});
export type InvalidParam = z.infer<typeof InvalidParam>;

/** RFC 9457. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ProblemCode,
  detail: z.string(),
  request_id: z.string(),
  invalid_params: z.array(InvalidParam).optional(),
});
export type Problem = z.infer<typeof Problem>;
