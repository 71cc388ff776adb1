import { z } from "zod";
import { Id, NonFinite, Step, WireNumber } from "./common";

const place = z.int().min(0).describe("The same column as that of the series at this place of the answer.");
const figure = z.array(z.number().nullable());

/** What a chart of many runs draws, several times smaller than points: what repeats or follows is left out. */
export const SeriesColumns = z.strictObject({
  run_id: Id,
  key: z.string(),
  level: z.int().describe("log2 of the bucket's width in steps; 0 when every observation is its own point."),
  step: z.union([z.array(Step), place]),
  x: z
    .union([figure, place])
    .optional()
    .describe("Absent: as `step`. null when the observation has no such coordinate."),
  last: z.array(WireNumber).describe("With all digits."),
  min: figure
    .optional()
    .describe(
      "With the digits that a chart needs: off by at most 5e-5 of itself and of the series' range. null: as `last`, or without a finite value when that is none. Absent: null throughout, or not asked for.",
    ),
  max: figure.optional().describe("As `min`."),
  mean: figure.optional().describe("As `min`."),
  count: z
    .union([z.array(z.int()), place])
    .optional()
    .describe("Absent: 1 throughout, or not asked for."),
  nonfinite: z
    .array(z.strictObject({ point: z.int().min(0), kinds: z.array(NonFinite) }))
    .optional()
    .describe("The places of the points that hold such values. Absent: none, or not asked for."),
});
export type SeriesColumns = z.infer<typeof SeriesColumns>;

export const ColumnsResponse = z.strictObject({ series: z.array(SeriesColumns) });
export type ColumnsResponse = z.infer<typeof ColumnsResponse>;

export const FIGURES = ["min", "max", "mean", "count", "nonfinite"] as const;
export type Figure = (typeof FIGURES)[number];
