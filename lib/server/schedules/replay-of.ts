import "server-only";
import type { Replay } from "@/lib/contracts/schedules";
import { type Ctx, requireScope } from "../context";
import { findRun } from "../runs/get-run";
import { followedRuleOf } from "./followed-rule";
import { curveOf } from "./rule-curve";

/** What a declared rule did with the values logged so far, at evenly spread steps. */
export async function replayOf(ctx: Ctx, runId: string, points: number): Promise<Replay> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const curve = curveOf(run, await followedRuleOf(ctx, run));
  if (!curve || curve.until === null) return { curve: null };
  const last = curve.until;
  const steps = [...new Set(Array.from({ length: points }, (_, i) => Math.round((last * i) / (points - 1))))];
  return { curve: { steps, lrs: curve.at(steps).map((lrs) => [...lrs]) } };
}
