import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient as PostgresClient } from "@/prisma/generated/postgresql/client";
import type { PrismaClient } from "@/prisma/generated/sqlite/client";

/**
 * Both clients are generated from the same models, and the app uses only what both providers have; the SQLite client's
 * type is the smaller set. This is the one place where one stands for the other.
 */
function asSharedClient(client: PostgresClient): PrismaClient {
  return client as unknown as PrismaClient;
}

export async function openPostgres(url: string, connections = 10): Promise<PrismaClient> {
  const client = new PostgresClient({ adapter: new PrismaPg({ connectionString: url, max: connections }) });
  await client.$connect();
  return asSharedClient(client);
}
