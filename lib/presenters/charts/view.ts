import type { XAxis } from "@/lib/contracts/metrics";
import { readX } from "@/lib/contracts/words";
import type { ScaleKind } from "./chart-model";
import type { StepWindow } from "./zoom";

/** What the reader chose to see; lives in the URL. null: left to us. */
export interface OverlayView {
  readonly metrics: readonly string[] | null;
  readonly x: XAxis;
  readonly left: ScaleKind | null;
  readonly right: ScaleKind | null;
  readonly smoothing: number;
  /** null: the whole run, following its head. */
  readonly window: StepWindow | null;
}

export const DEFAULT_VIEW: OverlayView = {
  metrics: null,
  x: "step",
  left: null,
  right: null,
  // What TensorBoard begins with: enough to read a noisy loss, next to nothing for a metric logged once an epoch.
  smoothing: 0.6,
  window: null,
};

export const MAX_SMOOTHING = 0.99;
/** About one to a pixel of a wide chart; a run of fewer steps is drawn point by point. */
export const OVERLAY_BUCKETS = 1200;

/** Reads a view from URL parameters; what cannot be understood is as if absent, since a link should always open. */
export function parseView(get: (name: string) => string | null | undefined): OverlayView {
  const keys = get("metrics")
    ?.split(",")
    .map((key) => key.trim())
    .filter(Boolean);
  const smoothing = Number(get("smooth") ?? DEFAULT_VIEW.smoothing);
  return {
    metrics: keys === undefined ? null : [...new Set(keys)].slice(0, 20),
    x: readX(get("x") ?? "") ?? "step",
    left: parseScale(get("left")),
    right: parseScale(get("right")),
    smoothing: Number.isFinite(smoothing)
      ? Math.min(Math.max(0, smoothing), MAX_SMOOTHING)
      : DEFAULT_VIEW.smoothing,
    window: parseWindow(get("from"), get("to")),
  };
}

export const parseScale = (text: string | null | undefined): ScaleKind | null =>
  text === "log" || text === "linear" ? text : null;

function parseWindow(
  fromText: string | null | undefined,
  toText: string | null | undefined,
): StepWindow | null {
  if (!fromText || !toText) return null;
  const [from, to] = [Number(fromText), Number(toText)];
  const valid = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to > from;
  return valid ? { from, to } : null;
}

/** Writes a view over other URL parameters, which stay; defaults leave no trace. */
export function writeView(view: OverlayView, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  const set = (name: string, value: string | null) =>
    value === null ? next.delete(name) : next.set(name, value);
  set("metrics", view.metrics === null ? null : view.metrics.join(","));
  set("x", view.x === "step" ? null : view.x);
  set("left", view.left);
  set("right", view.right);
  set("smooth", view.smoothing === DEFAULT_VIEW.smoothing ? null : String(Number(view.smoothing.toFixed(2))));
  set("from", view.window === null ? null : String(view.window.from));
  set("to", view.window === null ? null : String(view.window.to));
  return next;
}

export interface OverlayRequest {
  readonly metrics?: string;
  readonly from?: number;
  readonly to?: number;
  readonly buckets: number;
  readonly x: XAxis;
}

/** What to ask the server for: scales and smoothing are ours, so changing them fetches nothing. */
export function overlayRequest(view: OverlayView): OverlayRequest {
  return {
    ...(view.metrics === null ? {} : { metrics: view.metrics.join(",") }),
    ...(view.window === null ? {} : { from: view.window.from, to: view.window.to }),
    buckets: OVERLAY_BUCKETS,
    x: view.x,
  };
}

/** The same metrics over the whole run by steps. */
export const wholeRequest = (view: OverlayView): OverlayRequest =>
  overlayRequest({ ...view, x: "step", window: null });

/** The left axis when the reader did not choose: losses span decades, shares do not. By name, so it never flips live. */
export function defaultLeftScale(keys: readonly string[]): ScaleKind {
  return /loss|perplexity|ppl|nll|mse|error/i.test(keys[0] ?? "") ? "log" : "linear";
}
