import "server-only";
import type { z } from "zod";
import type { InvalidParam } from "@/lib/contracts/problem";
import { ServiceError } from "../errors";

const MAX_REPORTED = 20;
/** In the sentence; the rest is counted there. */
const MAX_TOLD = 3;

/** `points[3].metrics.loss`; keys that are no identifiers stand in quotes. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => {
      if (typeof part === "number") return `[${part}]`;
      const plain = /^[\w/-]+$/.test(String(part));
      return plain ? `${i === 0 ? "" : "."}${String(part)}` : `[${JSON.stringify(String(part))}]`;
    })
    .join("");
}

function invalidParams(issue: z.core.$ZodIssue): InvalidParam[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      name: pathText([...issue.path, key]),
      reason: "there is no such field",
    }));
  }
  const key = issue.code === "invalid_key" ? issue.issues[0]?.message : undefined;
  return [{ name: pathText(issue.path) || "body", reason: key ?? issue.message }];
}

/** @throws ServiceError invalid_parameters naming every wrong field */
export function validate<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = parse(schema, value);
  if (parsed.success) return parsed.data;
  const params = parsed.error.issues.flatMap(invalidParams);
  const told = params.slice(0, MAX_TOLD).map(({ name, reason }) => `${name}: ${reason}`);
  const more = params.length > MAX_TOLD ? `, and ${params.length - MAX_TOLD} more` : "";
  const detail = told.length > 0 ? `${told.join("; ")}${more}` : "invalid";
  throw new ServiceError("invalid_parameters", detail, params.slice(0, MAX_REPORTED));
}

/** @throws ServiceError invalid_parameters when a parameter is given twice */
export function queryObject(search: URLSearchParams): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of search) {
    if (Object.hasOwn(found, name)) {
      throw new ServiceError("invalid_parameters", `${name}: given twice`, [{ name, reason: "given twice" }]);
    }
    found[name] = value;
  }
  return found;
}

const OVERFLOWS = "nested too deeply, or wrong in too many places";

/** A value nested thousands deep, or wrong in a hundred thousand places, overflows the stack: the client's error. */
function parse<T extends z.ZodType>(schema: T, value: unknown) {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ServiceError("invalid_parameters", `body: ${OVERFLOWS}`, [{ name: "body", reason: OVERFLOWS }]);
  }
}
