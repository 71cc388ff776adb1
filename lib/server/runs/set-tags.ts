import "server-only";
import type { WriteTx } from "../transaction";

/** Replaces a run's tags. */
export async function setTags({ prisma }: WriteTx, runId: string, tags: readonly string[]): Promise<void> {
  await prisma.runTag.deleteMany({ where: { runId } });
  await prisma.runTag.createMany({ data: [...new Set(tags)].map((tag) => ({ runId, tag })) });
}
