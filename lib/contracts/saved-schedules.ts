import { z } from "zod";
import { Id, IsoTime, Name, page, PageQuery, text } from "./common";
import { DeclaredScheduleSchema } from "./schedules";

const SavedTag = text(100).trim().min(1);

const fields = {
  name: Name,
  description: text(10_000).optional(),
  tags: z.array(SavedTag).max(100).optional(),
  project: text(250).min(1).nullable().optional().describe("Name or id of the project that it is for."),
  schedule: DeclaredScheduleSchema,
};

export const SaveScheduleBody = z.strictObject(fields);
export type SaveScheduleBody = z.infer<typeof SaveScheduleBody>;

export const UpdateSavedBody = z.strictObject(fields).partial();
export type UpdateSavedBody = z.infer<typeof UpdateSavedBody>;

export const SavedSchedule = z.strictObject({
  id: Id,
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  project: z.strictObject({ id: Id, name: z.string() }).nullable(),
  schedule: DeclaredScheduleSchema,
  family: z.string().describe("Such as `warmup + cosine`."),
  created_at: IsoTime,
  updated_at: IsoTime,
});
export type SavedSchedule = z.infer<typeof SavedSchedule>;

export const SavedSchedulePage = page(SavedSchedule);
export type SavedSchedulePage = z.infer<typeof SavedSchedulePage>;
export const SavedScheduleParams = z.strictObject({ schedule_id: Id });

export const ListSavedQuery = PageQuery.extend({
  q: text(250).optional().describe("Part of the name, the family or a tag, whatever the case."),
  project: text(250).min(1).optional().describe("Only those attached to the project of this name or id."),
});
export type ListSavedQuery = z.infer<typeof ListSavedQuery>;
