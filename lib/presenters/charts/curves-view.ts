import type { SeriesResponse, XAxis } from "@/lib/contracts/metrics";
import { readX } from "@/lib/contracts/words";
import type { Range, ScaleKind } from "./chart-model";
import { MAX_SMOOTHING, parseScale } from "./view";
import type { StepWindow } from "./zoom";

/** How a project's charts are looked at; lives in the URL beside the table's view. */
export interface CurvesView {
  readonly x: XAxis;
  /** 0: off. A project's charts begin with it off: several runs tell the trend by themselves. */
  readonly smoothing: number;
  /** In units of x; null: all there is. */
  readonly window: Range | null;
  /** Of the LR; null: as `defaultLrScale` has it. */
  readonly lr: ScaleKind | null;
  /** A regular expression that chooses the panels below; empty: sections as they are arranged. */
  readonly show: string;
}

/** What cannot be understood is as if absent, since a link should always open. */
export function parseCurves(search: URLSearchParams): CurvesView {
  const smoothing = Number(search.get("smooth") ?? 0);
  return {
    x: readX(search.get("x") ?? "") ?? "step",
    smoothing: smoothing > 0 ? Math.min(smoothing, MAX_SMOOTHING) : 0,
    window: parseRange(search.get("from"), search.get("to")),
    lr: parseScale(search.get("lr")),
    show: search.get("show") ?? "",
  };
}

/** The URL's parameters but for those of the charts, as text. */
export function withoutCurves(search: URLSearchParams): string {
  const rest = new URLSearchParams(search);
  for (const name of ["x", "smooth", "from", "to", "lr", "show"]) rest.delete(name);
  return rest.toString();
}

function parseRange(from: string | null, to: string | null): Range | null {
  if (!from || !to) return null;
  const [min, max] = [Number(from), Number(to)];
  return Number.isFinite(min) && Number.isFinite(max) && max > min ? { min, max } : null;
}

type UrlPatch = Readonly<Record<string, string | null>>;

/** A change of the view as one of the URL; another x begins with all of it. */
export function curvesPatch(change: Partial<CurvesView>): UrlPatch {
  const patch: Record<string, string | null> = {};
  if (change.x !== undefined)
    Object.assign(patch, { x: change.x === "step" ? null : change.x, from: null, to: null });
  if (change.smoothing !== undefined)
    patch.smooth = change.smoothing === 0 ? null : String(Number(change.smoothing.toFixed(2)));
  if (change.window !== undefined) {
    patch.from = change.window === null ? null : short(change.window.min);
    patch.to = change.window === null ? null : short(change.window.max);
  }
  if (change.lr !== undefined) patch.lr = change.lr;
  if (change.show !== undefined) patch.show = change.show === "" ? null : change.show;
  return patch;
}

const short = (value: number): string => String(Number(value.toPrecision(12)));

/**
 * The steps that a stretch of x covers in any of the runs, to ask the server for at full resolution; null where no point
 * lies in it.
 */
export function stepsWithin(series: SeriesResponse["series"], x: XAxis, range: Range): StepWindow | null {
  if (x === "step") return { from: Math.max(0, Math.floor(range.min)), to: Math.ceil(range.max) };
  let [from, to] = [Infinity, -Infinity];
  for (const { points } of series) {
    for (const point of points) {
      if (point.x === null || point.x < range.min || point.x > range.max) continue;
      from = Math.min(from, point.step);
      to = Math.max(to, point.step);
    }
  }
  return from > to ? null : { from, to };
}
