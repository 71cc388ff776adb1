import { DeclaredScheduleSchema } from "@/lib/contracts/schedules";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";

export type Read = { readonly schedule: DeclaredSchedule } | { readonly error: string };

/**
 * A schedule that was pasted: ours, a library's, or a golden vector that holds one as its `spec`. The error names the
 * field, and for text that is no JSON the place.
 */
export function readScheduleJson(text: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { error: `This is not JSON: ${error instanceof Error ? error.message : "it cannot be read"}.` };
  }
  const parsed = DeclaredScheduleSchema.safeParse(specOf(json));
  if (parsed.success) return { schedule: parsed.data };
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  return { error: `${path === "" ? "" : `${path}: `}${issue?.message ?? "this is no schedule"}` };
}

function specOf(json: unknown): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const entries = new Map<string, unknown>(Object.entries(json));
  return entries.get("spec") ?? json;
}
