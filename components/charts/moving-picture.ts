import type { AxisId, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { drawBands } from "./draw-bands";
import { drawLines } from "./draw-lines";
import type { Look } from "./look";
import { along, widened, type PlacedAxis, type Stage } from "./stage";

/** How far a picture reaches beyond what was shown when it was taken, as a share of it: room to move. */
const ROOM = { x: 0.5, y: 0.25 };
/** Points that a picture may have: it is drawn in so many fewer columns. */
const BUDGET = 40_000;
/** What a column is drawn with at most: its first, lowest, highest and last point. */
const A_COLUMN = 4;
/** A picture is drawn smaller or larger by these factors at most; then it is taken anew. */
const STRETCH = { least: 0.5, most: 3 };
/** Pixels of a side; browsers leave larger canvases empty. */
const LARGEST = 8192;

/** What stands on one value axis. */
type Curves = Pick<ReadyChart, "lines" | "bands">;

/** Where curves lie: x and the value axis. */
interface Frame {
  readonly x: PlacedAxis;
  readonly y: PlacedAxis;
}

interface Picture extends Frame {
  readonly canvas: HTMLCanvasElement;
  /** Its pixels to one of the page. */
  readonly ratio: number;
  readonly curves: Curves;
  readonly look: Look;
}

/**
 * The curves of a chart that moves: drawn once, with room around, as a picture that each frame only shifts and stretches.
 * So what a frame costs does not depend on how many curves there are. Each value axis has its own, since they move apart.
 */
export function createMovingPicture() {
  const kept: Record<AxisId, Picture | null> = { left: null, right: null };
  const show = (stage: Stage, model: ReadyChart, look: Look, ratio: number, id: AxisId) => {
    const [y, curves] = [stage[id], curvesOn(model, id)];
    if (!y || curves.lines.length + curves.bands.length === 0) return;
    const frame = { x: stage.x, y };
    const old = kept[id];
    const picture =
      old && isOf(old, curves, look) && fits(old, frame) ? old : take(frame, id, curves, look, ratio);
    copy(picture, stage.ctx, frame);
    kept[id] = picture;
  };
  return {
    /** `ratio`: pixels of the screen to one of the page. */
    show(stage: Stage, model: ReadyChart, look: Look, ratio: number): void {
      show(stage, model, look, ratio, "left");
      show(stage, model, look, ratio, "right");
    },
    drop(): void {
      kept.left = kept.right = null;
    },
  };
}

const curvesOn = ({ lines, bands }: ReadyChart, id: AxisId): Curves => ({
  lines: lines.filter(({ axis }) => axis === id),
  bands: bands.filter(({ axis }) => axis === id),
});

function take(frame: Frame, id: AxisId, curves: Curves, look: Look, screen: number): Picture {
  const [x, y] = [widened(frame.x, ROOM.x), widened(frame.y, ROOM.y)];
  const [width, height] = [x.to - x.from, y.from - y.to];
  const ratio = Math.min(screen, LARGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  const ctx = canvas.getContext("2d");
  if (ctx) {
    ctx.scale(ratio, ratio);
    ctx.translate(-x.from, -y.to);
    const detail = Math.min(1, BUDGET / (A_COLUMN * Math.max(1, curves.lines.length) * width));
    const stage = { ctx, x, left: null, right: null, [id]: y, detail };
    drawBands(stage, curves.bands, look);
    drawLines(stage, curves.lines, look);
  }
  return { canvas, ratio, x, y, curves, look };
}

/** The very curves: a gesture makes a new model in each frame, of the same points. */
const isOf = ({ curves, look }: Picture, next: Curves, nextLook: Look): boolean =>
  look === nextLook && samePoints(curves.lines, next.lines) && samePoints(curves.bands, next.bands);

export const samePoints = (
  some: readonly { points: unknown }[],
  others: readonly { points: unknown }[],
): boolean => some.length === others.length && some.every(({ points }, i) => points === others[i]?.points);

const fits = (picture: Frame, frame: Frame): boolean =>
  (["x", "y"] as const).every((along) => fitsOn(picture[along], frame[along]));

function fitsOn(taken: PlacedAxis, now: PlacedAxis): boolean {
  if (taken.log !== now.log || now.min < taken.min || now.max > taken.max) return false;
  const at = along(taken);
  const stretch = (now.to - now.from) / (at(now.max) - at(now.min));
  return stretch >= STRETCH.least && stretch <= STRETCH.most;
}

function copy({ canvas, ratio, x, y }: Picture, ctx: CanvasRenderingContext2D, frame: Frame): void {
  const [atX, atY] = [along(x), along(y)];
  const [left, right] = [atX(frame.x.min), atX(frame.x.max)];
  const [top, bottom] = [atY(frame.y.max), atY(frame.y.min)];
  ctx.drawImage(
    canvas,
    (left - x.from) * ratio,
    (top - y.to) * ratio,
    (right - left) * ratio,
    (bottom - top) * ratio,
    frame.x.from,
    frame.y.to,
    frame.x.to - frame.x.from,
    frame.y.from - frame.y.to,
  );
}
