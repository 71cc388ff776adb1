import "server-only";
import type { Tx } from "../db/database";
import type { StoreReader } from "../db/read-only";
import type { MetricStore } from "./store";
import { postgresStore } from "./store-postgres";
import { sqliteStore } from "./store-sqlite";

/** The metric store on a reader's connection, or inside a transaction. */
export function storeOn(connection: StoreReader | Tx): MetricStore {
  return connection.native ? sqliteStore(connection.native) : postgresStore(connection.prisma);
}
