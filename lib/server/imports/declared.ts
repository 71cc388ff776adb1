import "server-only";
import { z } from "zod";
import { IsoTime } from "@/lib/contracts/common";
import { ExportedRun } from "@/lib/contracts/exports";
import { CreateRunBody, FinishRunBody } from "@/lib/contracts/runs";
import { NO_NAME, protoPath } from "../http/unstorable";
import { pathText } from "../http/validate";

const { name, group, seed, tags, config, notes, schedule, lr_metric, total_steps, steps_per_epoch } =
  CreateRunBody.shape;

/** What a file may say of its run. */
const Declared = z.object({
  ...{ name, group, seed, tags, config, notes, schedule, lr_metric, total_steps, steps_per_epoch },
  status: FinishRunBody.shape.status.optional(),
  ended_at: IsoTime.nullable().optional(),
});
export type Declared = z.infer<typeof Declared>;

interface Left {
  field: string;
  reason: string;
}

/**
 * What the first line of a JSONL file declares: as our export writes it, or the same fields bare, as other loggers do.
 * A field that is no such thing is left out and named, and so is a name that nothing can have.
 */
export function declaredIn(line: object): { declared: Declared; left: Left[] } {
  const ours = ExportedRun.safeParse(line);
  const proto = protoPath(line);
  const given = new Map(Object.entries(ours.success ? ours.data.run : line));
  const left: Left[] = proto ? [{ field: pathText(proto), reason: NO_NAME }] : [];
  const good = Object.entries(Declared.shape).flatMap(([field, schema]) => {
    if (!given.has(field)) return [];
    const parsed = schema.safeParse(given.get(field));
    if (parsed.success) return [[field, parsed.data] as const];
    // A job that still ran when it was exported runs no more.
    if (field !== "status") left.push({ field, reason: "not one that can be used here" });
    return [];
  });
  return { declared: Declared.parse(Object.fromEntries(good)), left };
}
