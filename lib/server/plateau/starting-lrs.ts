import "server-only";
import { dependsOnRates, fittingRates } from "@/lib/domain/plateau/lr-command";
import type { NormalPolicy } from "@/lib/domain/plateau/plateau-policy";
import { firstLrs } from "../control/current-lrs";
import type { WriteTx } from "../transaction";

/** The LRs that the rule starts from; null where they are not known, or nothing hangs on them. */
export async function startingLrs(
  tx: Pick<WriteTx, "prisma">,
  run: { id: string; lrMetric: string | null },
  { spec, base_lrs: given }: NormalPolicy,
): Promise<number[] | null> {
  if (given !== null || !dependsOnRates(spec)) return given;
  return fittingRates(spec, await firstLrs(tx, run));
}
