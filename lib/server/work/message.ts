import "server-only";
import type { MessagePort, TransferListItem } from "node:worker_threads";

/** What is sent to a worker. */
export interface Job {
  name: string;
  /** Of the type that the task of that name takes: the sender had to know it. */
  input: never;
  /** What the worker opens when the task reads. */
  databaseUrl: string;
  /** Where the parts of a stream go. */
  port: MessagePort | null;
}

/** What a stream's port carries: parts from the worker, and `null` at the end. Back goes a word for each part taken. */
export type Part = { chunk: unknown } | null;
export const TAKEN = "taken";
/** Parts on their way that were not taken yet. */
export const WINDOW = 4;

/** The buffers at the top of a message, which change hands instead of being copied. A part of a larger one stays. */
export function buffersIn(value: unknown): TransferListItem[] {
  const places =
    typeof value === "object" && value !== null && !ArrayBuffer.isView(value)
      ? Object.values(value)
      : [value];
  const buffers = places.flatMap((place: unknown) => {
    if (!ArrayBuffer.isView(place) || !(place.buffer instanceof ArrayBuffer)) return [];
    return place.byteLength === place.buffer.byteLength ? [place.buffer] : [];
  });
  return [...new Set(buffers)];
}
