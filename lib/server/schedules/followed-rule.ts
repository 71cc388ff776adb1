import "server-only";
import type { RuleRates } from "@/lib/domain/plateau/rate-changes";
import type { Ctx } from "../context";
import { storeOn } from "../metrics/store-on";
import { RunCache } from "../work/run-cache";
import { runTask } from "../work/run-task";
import { type CurvedRun, type FollowedRule, followRule } from "./rule-curve";

const replays = new RunCache<RuleRates | null>();

/** What the run's declared rule did, as `followRule` has it. It is replayed once for each value logged. */
export const followedRuleOf = (ctx: Ctx, run: CurvedRun): Promise<FollowedRule | null> =>
  followRule(storeOn(ctx.db), run, (ruled) => {
    const { schedule, stepsPerEpoch, totalSteps, monitored } = ruled;
    const stamp = [schedule, stepsPerEpoch, totalSteps, monitored.id, monitored.observations].join("\n");
    return replays.get(run.id, stamp, () =>
      runTask("replayRule", ruled, { signal: ctx.signal, key: () => `${run.id} ${stamp}` }),
    );
  });
