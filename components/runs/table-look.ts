import type { CSSProperties } from "react";

export const ROW_HEIGHT = 32;
export const CHECK_WIDTH = 40;

/** A column as the table lays it out. */
export interface PlacedColumn {
  width: number;
  /** Pixels from the table's left edge at which it stays while the others scroll; null: it scrolls. */
  stuckAt: number | null;
}

/** On a narrow screen nothing but the boxes stays: there is no room. */
export const STUCK = "sticky z-[1] max-sm:static";

export const stuckStyle = ({ stuckAt }: PlacedColumn): CSSProperties | undefined =>
  stuckAt === null ? undefined : { left: stuckAt };
