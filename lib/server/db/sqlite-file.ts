import "server-only";
import path from "node:path";
import type Database from "better-sqlite3";

/** How long a read waits for another process that holds the lock, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5000;

export const sqliteFile = (url: string): string => path.resolve(url.replace(/^file:/, ""));

/** For a connection that only reads. */
export function setUpReader(db: Database.Database): void {
  db.pragma("query_only = ON");
  db.pragma("cache_size = -65536");
  db.pragma("mmap_size = 1073741824");
}
