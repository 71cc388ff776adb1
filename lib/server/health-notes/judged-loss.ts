import "server-only";
import { Mode } from "@/lib/contracts/common";
import { type Judged, judgedLoss } from "@/lib/domain/health/goal";
import type { Tx } from "../db/database";
import type { RunRow } from "../runs/serialize";
import type { RunCurves } from "./read-losses";

/** Which loss of a run is judged, and why it is not what its training is to lower. */
export async function judgedLossOf(
  { prisma }: Pick<Tx, "prisma">,
  run: RunRow,
  { train, validation, read }: RunCurves,
): Promise<Judged> {
  const losses = { train: train?.key ?? null, validation: validation?.key ?? null };
  if (!train && !validation) return judgedLoss(losses, [], null);
  const { primaryMetricKey: key, primaryMetricMode: mode } = await prisma.project.findUniqueOrThrow({
    where: { id: run.projectId },
    select: { primaryMetricKey: true, primaryMetricMode: true },
  });
  const keys = run.series.map((series) => series.key);
  if (key === null) return judgedLoss(losses, keys, null);
  const points = [train, validation].find((curve) => curve?.key === key)?.points ?? (await read(key))?.points;
  return judgedLoss(losses, keys, { key, mode: Mode.parse(mode ?? "min"), points: points ?? [] });
}
