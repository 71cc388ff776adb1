import { z } from "zod";
import { JsonObject } from "./common";

export const RunExportQuery = z.strictObject({ format: z.enum(["csv", "jsonl"]).default("csv") });
export const ProjectExportQuery = z.strictObject({ format: z.enum(["csv"]).default("csv") });

/** First line of a run as JSONL: what was declared of it. Every further line is a point as it is logged. */
export const ExportedRun = z.strictObject({ lrscope: z.literal(1), run: JsonObject });
export type ExportedRun = z.infer<typeof ExportedRun>;
