import "server-only";
import type { ImportColumn, ImportFormat, UsedMapping } from "@/lib/contracts/imports";
import type { Point } from "@/lib/contracts/metrics";
import type { Declared } from "./declared";
import type { Report } from "./report";
import type { SpooledFile } from "./upload";

/** What becomes one run: a file, or the event files of one folder. Can be read as often as needed. */
export interface Source {
  format: ImportFormat;
  files: readonly SpooledFile[];
  columns: readonly ImportColumn[];
  /** Of a table. `metrics` and `lr` are known only after a reading. */
  coordinates: Pick<UsedMapping, "step" | "epoch" | "time">;
  declared: Declared;
  /** The points in file order. Problems go to the report of the file that they are in. */
  points(reports: ReadonlyMap<SpooledFile, Report>): AsyncGenerator<Point>;
}
