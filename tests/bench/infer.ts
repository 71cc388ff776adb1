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
  readonly counts: Record<Answer, number> = { right: 0, unknown: 0, wrong: 0 };
  /** Answers to logs that do not decide their schedule, and are not held against it. */
  undecided = 0;

  add(answer: Answer, decided: boolean): void {
    if (decided) this.counts[answer] += 1;
    else this.undecided += 1;
  }
}

/** Every curve logged in every way: right, honestly unknown, or wrong, per way and per family. */
export function benchInfer(): void {
  const curves = [...LIBRARIES.flatMap(goldenCurves), ...trainerCurves()];
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
  }
  for (const [name, tally] of [...ways, ...families, ["all", all] as const]) tell(name, tally);
}

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  const tally = tallies.get(name) ?? new Tally();
  tallies.set(name, tally);
  return tally;
}

function tell(name: string, { counts, undecided }: Tally): void {
  const { right, unknown, wrong } = counts;
  const decided = right + unknown + wrong;
  report({
    name: `infer, ${name}`,
    value: decided === 0 ? 0 : (100 * right) / decided,
    unit: "% right",
    right,
    unknown,
    wrong,
    undecided,
  });
}
