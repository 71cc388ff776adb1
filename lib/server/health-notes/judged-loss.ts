import "server-only";
import { Mode } from "@/lib/contracts/common";
import { type Judged, judgedLoss } from "@/lib/domain/health/goal";
import type { Tx } from "../db/database";
import type { RunRow } from "../runs/serialize";
import type { Curve, RunCurves } from "./read-losses";

/** Which loss of a run is judged, and why it is not what its training is to lower. */
export async function judgedLossOf(
  { prisma }: Pick<Tx, "prisma">,
  run: RunRow,
  { train, validation, read }: RunCurves,
): Promise<Judged> {
  const losses = { train: keyOf(train), validation: keyOf(validation) };
  const { primaryMetricKey: key, primaryMetricMode: mode } = await prisma.project.findUniqueOrThrow({
    where: { id: run.projectId },
    select: { primaryMetricKey: true, primaryMetricMode: true },
  });
  const keys = run.series.map((series) => series.key);
  if (key === null) return judgedLoss(losses, keys, null);
  const known = [train, validation].find((curve) => curve?.key === key) ?? (await read(key));
  return judgedLoss(losses, keys, { key, mode: Mode.parse(mode ?? "min"), points: known?.points ?? [] });
}

const keyOf = (curve: Curve | null): string | null => curve?.key ?? null;
