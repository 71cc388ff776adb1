import { expect, test } from "vitest";
import { CHECK_WIDTH, placeColumns } from "@/components/runs/table-look";
import { presentColumns } from "@/lib/presenters/runs/columns";

const columns = presentColumns(
  new URLSearchParams("cols=seed,step,lr&pin=step&widths=name~100,step~60"),
  null,
  false,
);
const placed = (dragged: Parameters<typeof placeColumns>[1]) =>
  placeColumns(columns, dragged).map(({ id, width, stuckAt }) => ({ id, width, stuckAt }));

test("pinned columns stay side by side, right of the boxes; the others scroll", () => {
  expect(placed(null)).toEqual([
    { id: "name", width: 100, stuckAt: CHECK_WIDTH },
    { id: "step", width: 60, stuckAt: CHECK_WIDTH + 100 },
    { id: "seed", width: 68, stuckAt: null },
    { id: "lr", width: 80, stuckAt: null },
  ]);
});

test("a column that is being dragged has its width of now, and moves those behind it", () => {
  expect(placed({ id: "name", width: 130 }).slice(0, 2)).toEqual([
    { id: "name", width: 130, stuckAt: CHECK_WIDTH },
    { id: "step", width: 60, stuckAt: CHECK_WIDTH + 130 },
  ]);
});
