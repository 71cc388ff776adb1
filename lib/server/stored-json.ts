import "server-only";
import type { z } from "zod";

/** JSON that we wrote ourselves, checked against the schema that it was written with. */
export function parseStored<T extends z.ZodType>(schema: T, text: string): z.infer<T> {
  return schema.parse(JSON.parse(text));
}
