import { describe, expect, test } from "vitest";
import { presentTargets } from "@/lib/presenters/compare/interval-plot";
import { suggestedTarget } from "@/lib/presenters/compare/target-axis";
import { reachedText, stepsText, targetText, timeText } from "@/lib/presenters/compare/target-words";
import { group, outcome } from "@/tests/support/outcomes";
import { answerFor, inksOf } from "./fixtures";

const at = (steps: number | null, unfinished = false) =>
  outcome(1, { steps_to_target: steps, seconds_to_target: steps && steps * 60, unfinished });
const target = (...outcomes: ReturnType<typeof outcome>[]) =>
  answerFor([{ ...group("a", []), outcomes }], 0.5).groups[0]!.target!;

describe("a target in words", () => {
  test("reached, not reached, not yet, not asked for", () => {
    expect(stepsText(target(at(10), at(30), at(null)))).toBe("30");
    expect(stepsText(target(at(10), at(null), at(null)))).toBe("not reached");
    expect(stepsText(target(at(null, true), at(null, true)))).toBe("not yet");
    expect(stepsText(target(outcome(null)))).toBe("–");
    expect(stepsText(null)).toBe("–");
  });

  test("the time, and how many got there", () => {
    expect(timeText(target(at(10), at(30), at(null)))).toBe("30m 00s");
    expect(timeText(target(at(null)))).toBe("–");
    expect(reachedText(target(at(10), at(null, true)))).toBe("1 of 2 got there, 1 unfinished");
  });

  test("a target as it was set", () => {
    expect([0.1, 12, -3.5, 1 / 3].map(targetText)).toEqual(["0.1", "12", "-3.5", "0.3333"]);
  });

  test("the one to begin with is the middle of what the groups ended at", () => {
    const groups = [group("a", [0.123456]), group("b", [0.2]), group("c", [0.3]), group("d", [null])];
    expect(suggestedTarget(answerFor(groups))).toBe(0.2);
    expect(suggestedTarget(answerFor([group("a", [0.123456])]))).toBe(0.123);
    expect(suggestedTarget(answerFor([group("d", [null])]))).toBeNull();
  });

  test("the bars tell time, count and range", () => {
    const answer = answerFor([{ ...group("a", []), outcomes: [at(10), at(30), at(40)] }], 0.5);
    expect(presentTargets(answer, inksOf("a"))?.rows[0]).toMatchObject({
      share: 1,
      text: "30",
      brief: "3 of 3 · 30m 00s",
      note: "30m 00s, 3 of 3 got there, 10 to 40",
    });
  });
});
