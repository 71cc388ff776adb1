import { z } from "zod";
import { Id, IsoTime, Name, page, PageQuery, text } from "./common";
import { CompareQuery } from "./compare";

export const SaveComparisonBody = z.strictObject({
  name: Name,
  notes: text(100_000).optional(),
  query: CompareQuery,
});
export type SaveComparisonBody = z.infer<typeof SaveComparisonBody>;

export const UpdateComparisonBody = SaveComparisonBody.partial();
export type UpdateComparisonBody = z.infer<typeof UpdateComparisonBody>;

export const SavedComparison = z.strictObject({
  id: Id,
  name: z.string(),
  notes: z.string(),
  query: CompareQuery,
  created_at: IsoTime,
  updated_at: IsoTime,
});
export type SavedComparison = z.infer<typeof SavedComparison>;

export const SavedComparisonPage = page(SavedComparison);
export type SavedComparisonPage = z.infer<typeof SavedComparisonPage>;
export const ComparisonParams = z.strictObject({ comparison_id: Id });
export const ListComparisonsQuery = PageQuery.extend({
  q: text(250).optional().describe("Part of the name, whatever the case."),
});
export type ListComparisonsQuery = z.infer<typeof ListComparisonsQuery>;
