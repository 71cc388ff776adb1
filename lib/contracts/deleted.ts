import { z } from "zod";
import { Id, IsoTime, page, PageQuery } from "./common";
import { DELETED_KINDS } from "./words";

export const DeletedItem = z.strictObject({
  kind: z.enum(DELETED_KINDS),
  id: Id,
  name: z.string(),
  project: z
    .strictObject({ id: Id, name: z.string() })
    .nullable()
    .describe("null: a project itself, or a channel of every project."),
  deleted_at: IsoTime,
  restorable_until: IsoTime.nullable().describe("null: for ever."),
});
export type DeletedItem = z.infer<typeof DeletedItem>;
export const DeletedPage = page(DeletedItem);
export type DeletedPage = z.infer<typeof DeletedPage>;

export const DeletedQuery = PageQuery.extend({ kind: z.enum(DELETED_KINDS) });
export type DeletedQuery = z.infer<typeof DeletedQuery>;
