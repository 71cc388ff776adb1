"use client";

import type { ColumnSizingInfoState, ColumnSizingState, Updater } from "@tanstack/react-table";
import { useRef, useState } from "react";

const AT_REST: ColumnSizingInfoState = {
  columnSizingStart: [],
  deltaOffset: null,
  deltaPercentage: null,
  isResizingColumn: false,
  startOffset: null,
  startSize: null,
};

const next = <T>(updater: Updater<T>, now: T): T => (updater instanceof Function ? updater(now) : updater);

/** Widths while a column is dragged; once it is let go, `onResize` keeps the width. */
export function useColumnWidths(onResize: (id: string, width: number) => void) {
  const [columnSizing, setSizing] = useState<ColumnSizingState>({});
  const [columnSizingInfo, setInfo] = useState(AT_REST);
  // The table tells the last width and the end of the drag one after the other, before either is drawn.
  const latest = useRef<ColumnSizingState>({});
  const resize = (sizing: ColumnSizingState) => {
    latest.current = sizing;
    setSizing(sizing);
  };
  const changeInfo = (info: ColumnSizingInfoState) => {
    setInfo(info);
    if (info.isResizingColumn !== false) return;
    for (const [id, width] of Object.entries(latest.current)) onResize(id, width);
    resize({});
  };
  return {
    state: { columnSizing, columnSizingInfo },
    onColumnSizingChange: (updater: Updater<ColumnSizingState>) => resize(next(updater, latest.current)),
    onColumnSizingInfoChange: (updater: Updater<ColumnSizingInfoState>) =>
      changeInfo(next(updater, columnSizingInfo)),
  };
}
