/** An SVG path through values at even distances, in a box of `width` × `height`; "" when there is nothing to draw. */
export function valuesPath(values: readonly number[], width: number, height: number): string {
  return pointsPath(
    values.map((y, x) => ({ x, y })),
    { min: 0, max: Math.max(1, values.length - 1) },
    width,
    height,
  );
}

/**
 * What stands for a rule that follows a metric, whose curve nobody knows before it has run: a level with an arrow down
 * from its end, from (0, 0) to (`width`, `height`).
 */
export function rulePath(width: number, height: number): string {
  const [middle, head] = [width / 2, height / 4];
  return `M0 0H${middle}V${height}M${middle - head} ${height - head}L${middle} ${height}L${middle + head} ${height - head}`;
}

interface At {
  readonly x: number;
  readonly y: number | null;
}

/** The same through points; broken where `y` is null or not finite, the y range fitted. One decimal of a pixel. */
export function pointsPath(
  points: readonly At[],
  x: { min: number; max: number },
  width: number,
  height: number,
): string {
  const finite = points.flatMap(({ y }) => (y !== null && Number.isFinite(y) ? [y] : []));
  if (finite.length === 0) return "";
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const atX = (value: number) => (((value - x.min) / (x.max - x.min || 1)) * width).toFixed(1);
  const atY = (value: number) =>
    (high === low ? height / 2 : height - ((value - low) / (high - low)) * height).toFixed(1);
  let pen = "M";
  return points.reduce((path, point) => {
    if (point.y === null || !Number.isFinite(point.y)) {
      pen = "M";
      return path;
    }
    const next = `${path}${pen}${atX(point.x)} ${atY(point.y)}`;
    pen = "L";
    return next;
  }, "");
}
