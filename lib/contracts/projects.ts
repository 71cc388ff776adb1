import { z } from "zod";
import { Id, IsoTime, MetricKey, Mode, Name, page, PageQuery, text } from "./common";
import { PlateauPolicy } from "./plateau";

export const PrimaryMetric = z.strictObject({ key: MetricKey, mode: Mode });
export type PrimaryMetric = z.infer<typeof PrimaryMetric>;

/** How the project's charts are arranged; {} is stored until something is. */
export const Panels = z.strictObject({
  pinned: z.array(MetricKey).max(100).default([]).describe("Metrics whose charts come first, in this order."),
  sections: z
    .array(z.strictObject({ title: text(250).trim().min(1), keys: z.array(MetricKey).max(1000) }))
    .max(250)
    .default([])
    .describe(
      "Sections in this order, by prefix or of one's own, and what was put there; other metrics follow their prefix.",
    ),
});
export type Panels = z.infer<typeof Panels>;

const plateau = z
  .array(PlateauPolicy)
  .max(20)
  .optional()
  .describe("The policies of a run that names none of its own.");

export const CreateProjectBody = z.strictObject({
  name: Name,
  description: text(10_000).optional(),
  primary_metric: PrimaryMetric.optional(),
  plateau,
});
export type CreateProjectBody = z.infer<typeof CreateProjectBody>;

export const UpdateProjectBody = z.strictObject({
  name: Name.optional(),
  description: text(10_000).optional(),
  primary_metric: PrimaryMetric.nullable().optional(),
  plateau,
  panels: Panels.optional(),
});
export type UpdateProjectBody = z.infer<typeof UpdateProjectBody>;

export const Project = z.strictObject({
  id: Id,
  name: z.string(),
  description: z.string(),
  primary_metric: PrimaryMetric.nullable(),
  plateau: z.array(PlateauPolicy),
  panels: Panels,
  created_at: IsoTime,
  runs: z.int().describe("How many runs it holds, deleted ones not counted."),
  running: z.int().describe("How many log."),
  silent: z.int().describe("How many have not ended and log nothing, for longer than they usually pause."),
  drift: z.int().describe("How many of them drift from their schedule, archived ones not counted."),
  last_activity_at: IsoTime.nullable(),
});
export type Project = z.infer<typeof Project>;

export const ProjectPage = page(Project);
export type ProjectPage = z.infer<typeof ProjectPage>;
export const ListProjectsQuery = PageQuery.extend({
  q: text(250).optional().describe("Part of the name, whatever the case."),
});
/** The id or the URL-encoded name. */
export const ProjectParams = z.strictObject({ project_id: text(250).min(1) });
