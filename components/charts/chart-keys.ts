import type { Crosshair } from "./use-crosshair";
import type { ZoomHandlers } from "./zoom-handlers";

export const CHART_KEYS =
  "Arrow keys move the crosshair, plus and minus zoom, 0 shows everything, Ctrl+C copies the values.";
const PAGE = 20;

/** Does what a key means on a chart; false when it means nothing. Zooms around the crosshair, else around `middle`. */
export function actOnKey(
  key: string,
  crosshair: Crosshair,
  zoom: ZoomHandlers | undefined,
  middle: number,
): boolean {
  const zoomBy = (factor: number) => () => zoom?.onZoom(crosshair.card?.x ?? middle, factor);
  const acts: Record<string, () => void> = {
    ArrowLeft: () => crosshair.moveBy(-1),
    ArrowRight: () => crosshair.moveBy(1),
    PageUp: () => crosshair.moveBy(-PAGE),
    PageDown: () => crosshair.moveBy(PAGE),
    Home: () => crosshair.moveTo("first"),
    End: () => crosshair.moveTo("last"),
    Escape: () => crosshair.pointAt(null),
    "+": zoomBy(0.5),
    "=": zoomBy(0.5),
    "-": zoomBy(2),
    "0": () => zoom?.onReset(),
  };
  const act = acts[key];
  act?.();
  return act !== undefined;
}
