import "server-only";
import { type Firings, inParts, KEPT_PARTS } from "@/lib/domain/plateau/firings";
import type { Reader } from "../db/database";
import { parseStored } from "../stored-json";
import type { WriteTx } from "../transaction";
import { type Firing, FiringList, type LoadedPolicy } from "./policy-rows";

type Connection = Pick<Reader, "prisma"> | Pick<WriteTx, "prisma">;

/** The policy with its older firings too: all, or those in parts that reach to step `from`. */
export async function withOlderFirings(
  { prisma }: Connection,
  loaded: LoadedPolicy,
  from = 0,
): Promise<LoadedPolicy> {
  const { row, firings } = loaded;
  const [first] = firings.list;
  if (firings.before === 0 || !first || from >= first.step) return loaded;
  const parts = await prisma.firingPart.findMany({
    where: { policyId: row.id, part: { lt: firings.before }, lastStep: { gte: from } },
    orderBy: { part: "asc" },
  });
  const [oldest] = parts;
  if (!oldest) return loaded;
  const list = [...parts.flatMap(({ fired }) => parseStored(FiringList, fired)), ...firings.list];
  return { ...loaded, firings: { before: oldest.part, list } };
}

/** The first step that the policy still owes the job something for. */
export const owedFrom = ({ owed }: LoadedPolicy): number => owed[0]?.step ?? Infinity;

/** Keeps what may have changed: all from where `firings` begin. What belongs in the policy's own row is returned. */
export async function keepFirings(
  { prisma }: Pick<WriteTx, "prisma">,
  { id: policyId, parts: known }: { id: string; parts: number },
  firings: Firings<Firing>,
): Promise<{ fired: string; parts: number }> {
  const { full, tail } = inParts(firings);
  for (const [part, list] of full) {
    const data = { lastStep: list.at(-1)?.step ?? 0, fired: JSON.stringify(list) };
    await prisma.firingPart.upsert({
      where: { policyId_part: { policyId, part } },
      create: { policyId, part, ...data },
      update: data,
    });
  }
  const parts = tail.before;
  if (parts !== known) {
    const outside = [{ part: { gte: parts } }, { part: { lt: parts - KEPT_PARTS } }];
    await prisma.firingPart.deleteMany({ where: { policyId, OR: outside } });
  }
  return { fired: JSON.stringify(tail.list), parts };
}
