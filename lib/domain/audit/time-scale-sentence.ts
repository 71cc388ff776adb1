import { apart, count, plain } from "./figures";
import type { Problem } from "./problem";
import type { Explanation } from "./report";

/** At what speed a schedule was gone through, and why that may be. */
export function timeScaleSentence({ params, from }: Explanation, problem: Problem): string {
  const n = Number(params.N);
  const said = paceWords(params, n, problem);
  const since = params.since === undefined ? null : Number(params.since);
  if (since !== null) return `From step ${from} on ${said.charAt(0).toLowerCase()}${said.slice(1)}.`;
  return `${said}.${params.cadence === "counter" ? "" : ends(n, problem.length)}`;
}

function paceWords({ cadence, counter }: Explanation["params"], n: number, { curve }: Problem): string {
  const { unit } = curve;
  switch (cadence) {
    case "per_batch":
      return n === unit
        ? `The schedule advanced with every batch instead of every epoch, ${plain(n, 15)} times too fast`
        : `The scheduler was stepped ${count(n / unit, "time")} per batch instead of once per epoch, ${plain(n, 15)} times too often`;
    case "per_epoch":
      return `The schedule advanced with every epoch instead of every batch, ${plain(1 / n, 6)} times too slowly`;
    case "seldom":
      return `The schedule advanced only once every ${plain(1 / n, 15)} ${unit > 1 ? "epochs" : "steps"}, as when gradients are accumulated but the schedule counts batches, or when it is stepped once per epoch`;
    case "counter":
      return `The steps of this log count the calls that logged, not the updates: with ${String(counter)}, which was logged as well, as the step, the learning rate follows its schedule`;
    default:
      return `The schedule advanced ${plain(n, 15)} times per ${unit > 1 ? "epoch" : "step"}, as when ${plain(n, 15)} processes step one scheduler, step() is called ${n === 2 ? "twice" : "several times"}, or only one in ${plain(n, 15)} updates is logged and the calls that log are counted`;
  }
}

function ends(n: number, length: number | null): string {
  if (length === null) return "";
  const [early, declared] = [Math.round(length / n), Math.round(length)];
  const [actual, meant] = apart(early, declared, (step) => String(step));
  return ` It reaches the end of its schedule at step ${actual} instead of ${meant}.`;
}
