import { z } from "zod";
import { LATEST_NANOSECONDS, LATEST_SECONDS } from "@/lib/domain/metrics/time-unit";

/** Ids travel in URLs: no slash, no leading dot. Ours are 32 hex digits, a client may bring its own. */
export const Id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
    "1 to 64 of A-Z a-z 0-9 _ . -, starting with a letter or digit",
  );

/** Text of at most `max` characters. NUL is the one character that PostgreSQL's text cannot hold. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\0"), "must not hold the character NUL");

/** A project's or run's name, as shown. */
export const Name = text(250).trim().min(1);

/** Anything a framework calls a metric, but for control characters and blank ends. */
export const MetricKey = z
  .string()
  .regex(
    /^(?! )[^\p{C}]{1,250}(?<! )$/u,
    "1 to 250 characters, none of them a control character, no blank at the ends",
  );

/** A run may take less than one step an epoch, where it accumulates over several. */
export const StepsPerEpoch = z.number().min(1e-6).max(1e12);

export const Mode = z.enum(["min", "max"]);
export type Mode = z.infer<typeof Mode>;

/** One optimizer update, counted from 0, up to 2^53 - 1: doubles hold every integer up to there. */
export const Step = z.int().min(0);

/** Unix seconds, fractions allowed; years 1970 to 9999. */
export const UnixSeconds = z.number().min(0).max(LATEST_SECONDS, "must be Unix seconds, up to the year 9999");

/** Of a point: jobs that log milliseconds, microseconds or nanoseconds are told so, and lose nothing. */
export const LoggedTime = z
  .number()
  .min(0)
  .max(LATEST_NANOSECONDS, "must be Unix seconds, up to the year 9999");

/** JSON has no NaN and no infinities: on the wire they are these strings. */
export const NonFinite = z.enum(["NaN", "Infinity", "-Infinity"]);
export type NonFinite = z.infer<typeof NonFinite>;

export const WireNumber = z.union([z.number(), NonFinite], {
  error: 'must be a number or one of the strings "NaN", "Infinity", "-Infinity"',
});
export type WireNumber = z.infer<typeof WireNumber>;

export const IsoTime = z.iso.datetime({ offset: true });

export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next_cursor: z.string().nullable() });

/** Any JSON object; its size is bounded by the body's. */
export const JsonObject = z.record(z.string(), z.json());
export type JsonObject = z.infer<typeof JsonObject>;
