import { bucketOf } from "@/lib/domain/metrics/rollup";
import { transact, type WriteTx } from "@/lib/server/db/transaction";
import { storeOn } from "@/lib/server/metrics/store-on";

const AT_ONCE = 500;

/**
 * Ended runs, each in a project of its own, with a loss and with an LR under a name of its own; their ids in order. Put
 * into the tables without the API: thousands of requests are not what is tried.
 */
export async function createRuns(count: number): Promise<string[]> {
  const all = Array.from({ length: count }, (_, i) => i);
  for (let from = 0; from < count; from += AT_ONCE) {
    await transact((tx) => insert(tx, all.slice(from, from + AT_ONCE)));
  }
  return all.map(idOf);
}

const idOf = (i: number) => `many-${String(i).padStart(6, "0")}`;

async function insert(tx: WriteTx, some: readonly number[]): Promise<void> {
  const at = new Date("2026-11-01T00:00:00Z");
  await tx.prisma.project.createMany({
    data: some.map((i) => ({ id: `own-${i}`, name: `own-${i}`, createdAt: at })),
  });
  await tx.prisma.run.createMany({
    data: some.map((i) => ({
      ...{ id: idOf(i), projectId: `own-${i}`, name: idOf(i), status: "finished", seed: i },
      ...{ lrMetric: `lr${i}`, lastStep: 0, createdAt: at, startedAt: at, endedAt: at },
    })),
  });
  const store = storeOn(tx);
  for (const i of some) {
    for (const [key, value] of [["loss", i] as const, [`lr${i}`, 0.5] as const]) {
      const observation = { step: 0, time: at.getTime() / 1000, value, epoch: null };
      const series = await store.createSeries(idOf(i), { key, observations: 1, ...bucketOf(observation) });
      await store.append(series, [observation]);
    }
  }
}
