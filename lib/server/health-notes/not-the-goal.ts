import "server-only";
import { Mode } from "@/lib/contracts/common";
import { whyNotTheGoal } from "@/lib/domain/health/goal";
import type { Tx } from "../db/database";
import type { RunRow } from "../runs/serialize";
import type { RunCurves } from "./read-losses";

/** Why the loss of a run is not what its training is to lower; null when it is, or when it has none. */
export async function notTheGoalOf(
  { prisma }: Pick<Tx, "prisma">,
  run: RunRow,
  { train, validation, read }: RunCurves,
): Promise<string | null> {
  const judged = train ?? validation;
  if (!judged) return null;
  const { primaryMetricKey: key, primaryMetricMode: mode } = await prisma.project.findUniqueOrThrow({
    where: { id: run.projectId },
    select: { primaryMetricKey: true, primaryMetricMode: true },
  });
  const keys = run.series.map((series) => series.key);
  if (key === null) return whyNotTheGoal(judged.key, keys, null);
  const points = key === judged.key ? [] : ((await read(key))?.points ?? []);
  return whyNotTheGoal(judged.key, keys, { key, mode: Mode.parse(mode ?? "min"), points });
}
