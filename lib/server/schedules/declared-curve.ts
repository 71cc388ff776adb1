import "server-only";
import type { RuleRates } from "@/lib/domain/plateau/rate-changes";
import type { Ctx } from "../context";
import { storeOn } from "../metrics/store-on";
import { RunCache } from "../work/run-cache";
import { runTask } from "../work/run-task";
import { type CurvedRun, curveOf, type DeclaredCurve } from "./rule-curve";

const replays = new RunCache<RuleRates | null>();

/** What a run declares of the LR of each step, as `curveOf` has it. A rule is replayed once for each value logged. */
export const declaredCurve = (ctx: Ctx, run: CurvedRun): Promise<DeclaredCurve | null> =>
  curveOf(storeOn(ctx.db), run, (ruled) => {
    const { schedule, stepsPerEpoch, totalSteps, monitored } = ruled;
    const stamp = [schedule, stepsPerEpoch, totalSteps, monitored.id, monitored.observations].join("\n");
    return replays.get(run.id, stamp, () =>
      runTask("replayRule", ruled, { signal: ctx.signal, key: () => `${run.id} ${stamp}` }),
    );
  });
