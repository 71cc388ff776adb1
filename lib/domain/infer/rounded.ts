import { leavesOf } from "@/lib/domain/audit/leaves";
import { type Fit, judge } from "./candidate";
import { digitsOf } from "./roundness";
import { type Series, slackOf } from "./series";

/** A schedule with each of its numbers in as few digits as explain the log within its rounding, and as well as before. */
export function inRoundNumbers(fit: Fit, series: Series): Fit {
  // Of a resumed schedule the LRs that it resumed from are the ones that count.
  if ("resume" in fit.spec) return fit;
  let best = fit;
  const most = Math.max(fit.misfit, slackOf(series));
  for (const { path, whole } of leavesOf(fit.spec)) {
    const leaf = leavesOf(best.spec).find((other) => String(other.path) === String(path));
    if (!leaf || whole) continue;
    for (let digits = 1; digits < digitsOf(leaf.value) && series.budget.left > 0; digits += 1) {
      const tried = judge(leaf.with(Number(leaf.value.toPrecision(digits))), series);
      if (!(tried.misfit <= most)) continue;
      best = { ...fit, ...tried };
      break;
    }
  }
  return best;
}
