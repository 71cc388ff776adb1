import "server-only";
import type { MetricStore, StoredRow } from "../metrics/store";

/** A metric of a run, to be read from its first observation to its last. */
export interface Series {
  id: number;
  key: string;
  lastStep: number;
}

/** How far a metric has been read: a page of it, and the place in the page. */
export interface Lane {
  /** Its place among the metrics. */
  place: number;
  series: Pick<Series, "id" | "lastStep">;
  rows: readonly StoredRow[];
  next: number;
  /** Whether another page may follow. */
  more: boolean;
  pageSize: number;
}

export function laneOf(place: number, series: Lane["series"], pageSize: number): Lane {
  return { place, series, rows: [], next: 0, more: true, pageSize };
}

export const headOf = ({ rows, next }: Lane): StoredRow | undefined => rows[next];

/** Reads the next page once this one is used up. */
export async function fill(store: MetricStore, lane: Lane): Promise<void> {
  const last = lane.rows.at(-1);
  const key = last ? ([last[0], last[1], last[2], last[3]] as const) : FIRST;
  lane.rows = await store.rowsAfter(lane.series.id, key, lane.series.lastStep, lane.pageSize);
  lane.next = 0;
  lane.more = lane.rows.length === lane.pageSize;
}

const FIRST = [0, -1, 0, 0] as const;

const isEmpty = (lane: Lane): boolean => lane.next >= lane.rows.length;
export const needsPage = (lane: Lane): boolean => lane.more && isEmpty(lane);

/** By step, then time. A lane that is at its end comes last. */
function isBefore(a: Lane, b: Lane): boolean {
  const [x, y] = [headOf(a), headOf(b)];
  if (!x || !y) return x !== undefined;
  return x[0] < y[0] || (x[0] === y[0] && x[1] < y[1]);
}

/** A binary heap whose first lane is the earliest. */
export type Heap = Lane[];

export function heapOf(lanes: readonly Lane[]): Heap {
  const heap = [...lanes];
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) settle(heap, at);
  return heap;
}

/** Puts a lane that has moved on back into its order. */
export function settle(heap: Heap, from = 0): void {
  const lane = heap[from];
  if (!lane) return;
  let at = from;
  for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
    const [left, right] = [heap[child], heap[child + 1]];
    const isRight = left && right && isBefore(right, left);
    const least = isRight ? right : left;
    if (!least || !isBefore(least, lane)) break;
    heap[at] = least;
    at = isRight ? child + 1 : child;
  }
  heap[at] = lane;
}
