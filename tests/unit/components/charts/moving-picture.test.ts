import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Look } from "@/components/charts/look";
import { createMovingPicture } from "@/components/charts/moving-picture";
import type { PlacedAxis, Stage } from "@/components/charts/stage";
import type { AxisId, ChartPoint, ReadyChart } from "@/lib/presenters/charts/chart-model";

/** What was drawn of a picture: left, top, width, height in it, then on the chart. */
type Copy = number[];

const taken: { width: number; height: number; strokes: number }[] = [];
const copies: Copy[] = [];
const nothing = () => undefined;

function createElement() {
  const canvas = { width: 0, height: 0, strokes: 0 };
  taken.push(canvas);
  const ctx = {
    ...{ scale: nothing, translate: nothing, save: nothing, restore: nothing, setLineDash: nothing },
    ...{ beginPath: nothing, moveTo: nothing, lineTo: nothing, stroke: () => void (canvas.strokes += 1) },
  };
  return Object.assign(canvas, { getContext: () => ctx });
}

const look: Look = {
  ...{ theme: "light", font: "sans", highlight: null, compact: false },
  paint: () => "black",
};

const POINTS: readonly ChartPoint[] = [0, 50, 100].map((x) => ({ x, y: x }));

const modelOf = (points: readonly ChartPoint[], ...axes: AxisId[]) =>
  ({
    lines: axes.map((axis) => ({
      ...{ id: axis, series: axis, axis, ink: { css: "c", alpha: 1 }, width: 1, dash: [], points, radii: 0 },
    })),
    bands: [],
  }) as unknown as ReadyChart;

const X: PlacedAxis = { log: false, min: 40, max: 60, from: 50, to: 450 };
const Y: PlacedAxis = { log: false, min: 0, max: 100, from: 210, to: 10 };

const stageOf = (x: Partial<PlacedAxis>, left: Partial<PlacedAxis> = {}, right: PlacedAxis | null = null) =>
  ({
    ctx: { drawImage: (_: unknown, ...copy: Copy) => void copies.push(copy) },
    ...{ x: { ...X, ...x }, left: { ...Y, ...left }, right, detail: 1 },
  }) as unknown as Stage;

beforeEach(() => void vi.stubGlobal("document", { createElement }));
afterEach(() => {
  taken.length = copies.length = 0;
  vi.unstubAllGlobals();
});

test("a pan and a zoom within the room copy another part of the one picture", () => {
  const picture = createMovingPicture();
  const show = (stage: Stage) => picture.show(stage, modelOf(POINTS, "left"), look, 2);
  show(stageOf({}));
  expect(taken).toEqual([expect.objectContaining({ width: 1600, height: 600 })]);
  expect(taken[0]?.strokes).toBeGreaterThan(0);
  // Room of half a plot on either side, of a quarter above and below; two pixels of the screen to one of the page.
  expect(copies.pop()).toEqual([400, 100, 800, 400, 50, 10, 400, 200]);
  show(stageOf({ min: 45, max: 65 }));
  expect(copies.pop()).toEqual([600, 100, 800, 400, 50, 10, 400, 200]);
  show(stageOf({ min: 45, max: 55 }, { min: 0, max: 50 }));
  expect(copies.pop()).toEqual([600, 300, 400, 200, 50, 10, 400, 200]);
  expect(taken).toHaveLength(1);
});

test.each([
  ["beyond its room to the side", stageOf({ min: 55, max: 75 })],
  ["beyond its room upwards", stageOf({}, { max: 200 })],
  ["stretched too far", stageOf({ min: 48, max: 50 })],
  ["on a log axis", stageOf({}, { log: true, min: 1 })],
])("it is taken anew %s", (_, stage) => {
  const picture = createMovingPicture();
  picture.show(stageOf({}), modelOf(POINTS, "left"), look, 1);
  picture.show(stage, modelOf(POINTS, "left"), look, 1);
  expect(taken).toHaveLength(2);
});

test("it is taken anew for other points and another look, and after it was dropped", () => {
  const picture = createMovingPicture();
  const show = (model: ReadyChart, as = look) => picture.show(stageOf({}), model, as, 1);
  show(modelOf(POINTS, "left"));
  show(modelOf([...POINTS], "left"));
  expect(taken).toHaveLength(2);
  show(modelOf(POINTS, "left"), { ...look, highlight: "left" });
  expect(taken).toHaveLength(3);
  picture.drop();
  show(modelOf(POINTS, "left"), look);
  expect(taken).toHaveLength(4);
});

test("each value axis has its own picture, which follows it", () => {
  const picture = createMovingPicture();
  picture.show(stageOf({}, {}, Y), modelOf(POINTS, "left", "right"), look, 1);
  picture.show(stageOf({}, {}, { ...Y, max: 50 }), modelOf(POINTS, "left", "right"), look, 1);
  expect(taken).toHaveLength(2);
  expect(copies.slice(2).map(([, top, , height]) => [top, height])).toEqual([
    [50, 200],
    [150, 100],
  ]);
});

test("no picture is larger than a browser's canvas may be", () => {
  createMovingPicture().show(stageOf({ to: 8242 }), modelOf(POINTS, "left"), look, 4);
  expect(taken[0]).toMatchObject({ width: 8192, height: 150 });
  expect(copies).toEqual([[2048, 25, 4096, 100, 50, 10, 8192, 200]]);
});

test("an axis without curves costs nothing", () => {
  createMovingPicture().show(stageOf({}, {}, Y), modelOf(POINTS, "right"), look, 1);
  expect(taken).toHaveLength(1);
});
