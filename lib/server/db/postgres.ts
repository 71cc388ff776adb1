import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient as PostgresClient } from "@/prisma/generated/postgresql/client";
import type { PrismaClient } from "@/prisma/generated/sqlite/client";
import { log } from "../log";

const CONNECTIONS = 10;

/**
 * Both clients are generated from the same models, and the app uses only what both providers have; the SQLite client's
 * type is the smaller set. This is the one place where one stands for the other.
 */
function asSharedClient(client: PostgresClient): PrismaClient {
  return client as unknown as PrismaClient;
}

/**
 * A client whose connection PostgreSQL ends says so by an event, which ends the process when nobody listens. The pool
 * listens while a client is idle and Prisma while it is in a transaction, but nobody between the two. So each client gets a
 * listener for life; what was under way on the connection fails by itself and is answered there.
 */
export function outliveItsConnection(client: pg.ClientBase): void {
  client.on("error", (err) => log().warn({ err }, "PostgreSQL ended a connection"));
}

export async function openPostgres(url: string, connections = CONNECTIONS): Promise<PrismaClient> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  pool.on("connect", outliveItsConnection);
  const client = new PostgresClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  await client.$connect();
  return asSharedClient(client);
}
