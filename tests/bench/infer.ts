import type { LibraryName } from "@/lib/domain/schedules/library-schedule";
import {
  type Answer,
  answerTo,
  goldenCurves,
  isIdentifiable,
  logged,
  trainerCurves,
} from "@/tests/support/logged-schedules";
import { LOGGING_WAYS } from "@/tests/support/logging-ways";
import { report } from "./figures";

const LIBRARIES: readonly LibraryName[] = [
  "torch",
  "transformers",
  "timm",
  "keras",
  "optax",
  "mmcv",
  "pytorch_warmup",
  "fastai",
];

class Tally {
  readonly counts: Record<Answer, number> = { right: 0, shifted: 0, unknown: 0, wrong: 0 };
  /** Answers to logs that do not decide their schedule, and are not held against it. */
  undecided = 0;

  add(answer: Answer, decided: boolean): void {
    if (decided) this.counts[answer] += 1;
    else this.undecided += 1;
  }
}

/**
 * Curves logged in every way: right, right but for its counting, honestly unknown, or wrong, per way and per family.
 * @param stride every so many of the curves; 1: all
 */
export function benchInfer(stride: number): void {
  const every = [...LIBRARIES.flatMap(goldenCurves), ...trainerCurves()];
  const curves = every.filter((_, i) => i % stride === 0);
  const [ways, families, all] = [new Map<string, Tally>(), new Map<string, Tally>(), new Tally()];
  for (const way of LOGGING_WAYS) {
    for (const curve of curves) {
      const log = logged(curve, way);
      if (log.steps.length < 3) continue;
      const decided = isIdentifiable(log);
      const { answer } = answerTo(log);
      for (const tally of [tallyOf(ways, way.name), tallyOf(families, curve.family), all])
        tally.add(answer, decided);
    }
    tell(way.name, tallyOf(ways, way.name));
  }
  for (const [name, tally] of [...families, ["all", all] as const]) tell(name, tally);
}

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  const tally = tallies.get(name) ?? new Tally();
  tallies.set(name, tally);
  return tally;
}

function tell(name: string, { counts, undecided }: Tally): void {
  const { right, shifted, unknown, wrong } = counts;
  const decided = right + shifted + unknown + wrong;
  report({
    name: `infer, ${name}`,
    value: decided === 0 ? 0 : (100 * right) / decided,
    unit: "% right",
    right,
    shifted,
    unknown,
    wrong,
    undecided,
  });
}
