import { describe, expect, test } from "vitest";
import { evaluateTransformers } from "@/lib/domain/schedules/transformers/evaluate";
import { expectGolden, goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";

const GOLDEN = goldenSchedules("transformers");

describe("golden", () => {
  test("the file has all its cases", () => expect(GOLDEN.length).toBe(82));

  test.each(GOLDEN)("$id", (golden) => expectGolden(evaluateTransformers(scheduleOf(golden)), golden));
});
