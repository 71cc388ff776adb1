import type { CSSProperties } from "react";
import type { RunColumn } from "@/lib/presenters/runs/columns";

export const ROW_HEIGHT = 32;
export const CHECK_WIDTH = 40;

/** A column as the table lays it out. */
export interface PlacedColumn extends RunColumn {
  /** Pixels from the table's left edge at which it stays while the others scroll; null: it scrolls. */
  stuckAt: number | null;
}

/** A column that is being dragged, and how wide it is by now. */
export interface DraggedWidth {
  id: string;
  width: number;
}

/** Puts the columns side by side. Those that are pinned come first. */
export function placeColumns(columns: readonly RunColumn[], dragged: DraggedWidth | null): PlacedColumn[] {
  let left = CHECK_WIDTH;
  return columns.map((column) => {
    const width = dragged?.id === column.id ? dragged.width : column.width;
    const stuckAt = column.pinned ? left : null;
    left += width;
    return { ...column, width, stuckAt };
  });
}

/** On a narrow screen nothing but the boxes stays: there is no room. */
export const STUCK = "sticky z-[1] max-sm:static";

export const stuckStyle = ({ stuckAt }: PlacedColumn): CSSProperties | undefined =>
  stuckAt === null ? undefined : { left: stuckAt };
