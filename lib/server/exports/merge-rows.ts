import "server-only";
import { setImmediate } from "node:timers/promises";
import type { MetricStore, StoredRow } from "../metrics/store";
import { fill, headOf, heapOf, type Lane, laneOf, needsPage, type Series, settle } from "./lanes";

/** A value and the metric that it is of, by its place among the metrics. */
export interface Cell {
  place: number;
  row: StoredRow;
}

/** A line from what was logged together, or as if: same step, time and epoch. Cells are in order of their metrics. */
export type LineOf = (cells: readonly Cell[]) => string;

/** Observations held in memory, over all metrics of a run. */
const HELD = 20_000;
const [SMALLEST_PAGE, LARGEST_PAGE] = [16, 2000];
/** A piece of text this long takes a millisecond or two; then others have their turn. */
const PIECE = 64 * 1024;

/** So many first pages take a few milliseconds. */
const LANES_AT_ONCE = 200;

/** All observations of one metric as logged, in storage order, a page at a time. */
export async function* pagesOf(
  store: MetricStore,
  series: Pick<Series, "id" | "lastStep">,
): AsyncGenerator<readonly StoredRow[]> {
  const lane = laneOf(0, series, LARGEST_PAGE);
  while (lane.more) {
    await fill(store, lane);
    yield lane.rows;
    await setImmediate();
  }
}

/**
 * A run's metrics side by side, ordered by step and time, as pieces of text, in memory that does not grow with the run.
 * What costs is the reading and the digits: rows are merged without an object or a promise for each.
 */
export async function* mergedText(
  store: MetricStore,
  series: readonly Series[],
  lineOf: LineOf,
): AsyncGenerator<string> {
  const heap = heapOf(await openLanes(store, series));
  let piece = "";
  let together: Cell[] = [];
  for (let lane = heap[0]; lane; lane = heap[0]) {
    const head = headOf(lane);
    const first = together[0]?.row;
    if (first && !(head && head[0] === first[0] && head[1] === first[1])) {
      piece += linesOf(together, lineOf);
      together = [];
    }
    if (!head) break;
    together.push({ place: lane.place, row: head });
    lane.next += 1;
    if (needsPage(lane)) await fill(store, lane);
    settle(heap);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
    await setImmediate();
  }
  if (piece !== "") yield piece;
}

/** Each metric with its first page. */
async function openLanes(store: MetricStore, series: readonly Series[]): Promise<Lane[]> {
  const share = Math.floor(HELD / Math.max(1, series.length));
  const pageSize = Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, share));
  const lanes = series.map((one, place) => laneOf(place, one, pageSize));
  for (const lane of lanes) {
    await fill(store, lane);
    if (lane.place % LANES_AT_ONCE === LANES_AT_ONCE - 1) await setImmediate();
  }
  return lanes;
}

/** The lines of one step and time: mostly one. */
function linesOf(cells: Cell[], lineOf: LineOf): string {
  cells.sort((a, b) => a.place - b.place);
  if (isOneLine(cells)) return lineOf(cells);
  let text = "";
  for (let rest = cells; rest.length > 0;) {
    const [line, later] = takeLine(rest);
    text += lineOf(line);
    rest = later;
  }
  return text;
}

/** Each metric once, and all with the same epoch. */
function isOneLine(cells: readonly Cell[]): boolean {
  const epoch = cells[0]?.row[4];
  return cells.every(({ place, row }, i) => row[4] === epoch && place !== cells[i - 1]?.place);
}

/** The next line: the epoch of the value that is first in storage order, and what each metric's next value has with it. */
function takeLine(cells: readonly Cell[]): [line: Cell[], later: Cell[]] {
  const heads = cells.filter(({ place }, i) => place !== cells[i - 1]?.place);
  const first = heads.reduce((least, cell) => (compareValues(cell.row, least.row) < 0 ? cell : least));
  const line = heads.filter(({ row }) => row[4] === first.row[4]);
  return [line, cells.filter((cell) => !line.includes(cell))];
}

const compareValues = (a: StoredRow, b: StoredRow): number => a[2] - b[2] || a[3] - b[3];
