import "server-only";
import { openReader, openStoreReader } from "../db/read-only";
import { storeOn } from "../metrics/store-on";
import type { TaskDb } from "./task";

/** The connections of this worker, opened once for each database. */
const opened = new Map<string, TaskDb>();

export function workerDb(databaseUrl: string): TaskDb {
  const known = opened.get(databaseUrl);
  if (known) return known;
  const store = once(async () => storeOn(await openStoreReader(databaseUrl)));
  const reader = once(() => openReader(databaseUrl));
  const db = { store, reader };
  opened.set(databaseUrl, db);
  return db;
}

/** A failed attempt is made again by the next caller. */
function once<T>(open: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= open().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}
