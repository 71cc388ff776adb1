import { z } from "zod";
import { Id, IsoTime, Name, page, PageQuery, text } from "./common";

/** The search part of an address, without its question mark. */
const ViewQuery = text(8000);

export const SaveViewBody = z.strictObject({
  name: Name,
  project: text(250).min(1).nullable().optional().describe("Name or id; absent or null: over all projects."),
  query: ViewQuery.describe("The search part of the page's address: filter, columns, order, grouping."),
});
export type SaveViewBody = z.infer<typeof SaveViewBody>;

export const UpdateViewBody = z.strictObject({ name: Name.optional(), query: ViewQuery.optional() });
export type UpdateViewBody = z.infer<typeof UpdateViewBody>;

export const View = z.strictObject({
  id: Id,
  name: z.string(),
  project: z.strictObject({ id: Id, name: z.string() }).nullable(),
  query: z.string(),
  created_at: IsoTime,
  updated_at: IsoTime,
});
export type View = z.infer<typeof View>;

export const ViewPage = page(View);
export type ViewPage = z.infer<typeof ViewPage>;
export const ViewParams = z.strictObject({ view_id: Id });

export const ListViewsQuery = PageQuery.extend({
  project: text(250).min(1).optional().describe("Name or id; absent: those over all projects."),
});
export type ListViewsQuery = z.infer<typeof ListViewsQuery>;
