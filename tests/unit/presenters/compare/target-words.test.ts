import { describe, expect, test } from "vitest";
import { presentTargets } from "@/lib/presenters/compare/interval-plot";
import { reachedText, stepsText, timeText } from "@/lib/presenters/compare/target-words";
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

  test("the bars tell time, count and range", () => {
    const answer = answerFor([{ ...group("a", []), outcomes: [at(10), at(30), at(40)] }], 0.5);
    expect(presentTargets(answer, inksOf("a"))?.rows[0]).toMatchObject({
      share: 1,
      text: "30",
      note: "30m 00s, 3 of 3 got there, 10 to 40",
    });
  });
});
