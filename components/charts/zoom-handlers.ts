import type { ChartAxis } from "@/lib/presenters/charts/chart-model";
import type { GestureHandlers } from "./use-gestures";

/** Changes of the shown range of x; without them the chart cannot be zoomed. */
export interface ZoomHandlers {
  /** A stretch was chosen, in units of x. */
  onSelect: (min: number, max: number) => void;
  /** A pan begins; what follows is the shift since then, as a share of the shown range. */
  onPanStart: () => void;
  onPan: (share: number) => void;
  /** Narrower (< 1) or wider around `x`. */
  onZoom: (x: number, factor: number) => void;
  onReset: () => void;
}

/** Gestures, which know shares of the plot, as changes of the shown range. */
export function onAxis(zoom: ZoomHandlers, { min, max }: ChartAxis): Omit<GestureHandlers, "onPoint"> {
  const xAt = (share: number) => min + share * (max - min);
  return {
    onSelect: ({ from, to }) => zoom.onSelect(xAt(from), xAt(to)),
    onPanStart: zoom.onPanStart,
    onPan: zoom.onPan,
    onZoom: (share, factor) => zoom.onZoom(xAt(share), factor),
  };
}
