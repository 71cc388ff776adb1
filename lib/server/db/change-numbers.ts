import "server-only";
import type { Reader } from "./database";

/**
 * PostgreSQL: the numbers of changes come from a sequence, since a row would make every writer wait for every other. So
 * they may be committed out of order, and a reader has to know up to which one nothing is under way any more. A
 * transaction therefore holds, before it takes its number and until it ends, a shared lock whose key is a number below.
 */
const NAMESPACE = 0x6c73;
const NUMBER_BITS = 48;
const LAST_TAKEN = `"last_value" - CASE WHEN "is_called" THEN 0 ELSE 1 END`;

/** The conditions make PostgreSQL take the lock first. */
const NEXT = `
  SELECT nextval('change_seq')::double precision AS "value" FROM (
    SELECT pg_advisory_xact_lock_shared((${NAMESPACE}::bigint << ${NUMBER_BITS}) | (${LAST_TAKEN}))::text AS "held"
    FROM "change_seq" OFFSET 0
  ) AS "lock" WHERE "held" IS NOT NULL`;

const KEY = `("classid"::bigint << 32 | "objid"::bigint)`;
/** The locks are looked up for the row that says what was taken, so after that was read: what is taken later is higher. */
const SETTLED = `
  SELECT least("taken", (
    SELECT min(${KEY} & ((1::bigint << ${NUMBER_BITS}) - 1)) FROM "pg_locks"
    WHERE "locktype" = 'advisory' AND "objsubid" = 1 AND ${KEY} >> ${NUMBER_BITS} = ${NAMESPACE}
      AND "database" = (SELECT "oid" FROM "pg_database" WHERE "datname" = current_database())
      AND "taken" >= 0
  ))::double precision AS "value"
  FROM (SELECT ${LAST_TAKEN} AS "taken" FROM "change_seq" OFFSET 0) AS "sequence"`;

interface Prisma {
  $queryRawUnsafe<T>(sql: string): Promise<T>;
}

const valueOf = async (prisma: Prisma, sql: string): Promise<number> => {
  const [row] = await prisma.$queryRawUnsafe<{ value: number }[]>(sql);
  return Number(row?.value ?? 0);
};

/** The number of a transaction on PostgreSQL that begins now. */
export const nextNumber = (prisma: Prisma): Promise<number> => valueOf(prisma, NEXT);

/** A transaction of this process that is under way, or has ended and was not announced yet; 0: no number so far. */
export interface Unannounced {
  number: number;
}

const shared = globalThis as {
  __lrscopeUnannounced?: Set<Unannounced>;
  __lrscopeSettled?: Promise<number>;
};

const unannounced = (): Set<Unannounced> => (shared.__lrscopeUnannounced ??= new Set());

/** Until the returned function is called, no number from the transaction's own on is settled. */
export function holdNumber(transaction: Unannounced): () => void {
  unannounced().add(transaction);
  return () => unannounced().delete(transaction);
}

/**
 * Every change with this number or a lower one was committed, or never will be, and was announced where it was made by
 * this process. SQLite has one writer: its changes are announced in their order.
 */
export async function settledNumber({ prisma, native }: Reader): Promise<number> {
  if (native) return Infinity;
  // Many streams ask in the same moment, of the same change.
  shared.__lrscopeSettled ??= valueOf(prisma, SETTLED).finally(() => (shared.__lrscopeSettled = undefined));
  const settled = await shared.__lrscopeSettled;
  const held = [...unannounced()].filter(({ number }) => number > 0);
  return held.reduce((least, { number }) => Math.min(least, number - 1), settled);
}
