import { describe, expect, test } from "vitest";
import { evaluateTorch } from "@/lib/domain/schedules/torch/evaluate";
import { torchLr } from "@/lib/domain/schedules/torch/torch-lr";
import { expectGolden, goldenLrs, goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";

const GOLDEN = goldenSchedules("torch");

describe("golden", () => {
  test("the file has the cases the README counts on", () => expect(GOLDEN.length).toBe(187));

  test.each(GOLDEN)("$id", (golden) => {
    const got = evaluateTorch(scheduleOf(golden));
    expectGolden(got, golden);
    if (golden.momentums) {
      golden.momentums.forEach((m, i) => expect(got.momentums?.[i]).toBeRelativelyClose(m, 1e-12, 1));
      expect(got.momentums?.length).toBe(golden.momentums.length);
    }
  });
});

describe("golden, read at steps in any order", () => {
  const plain = GOLDEN.filter(
    ({ spec, raises }) => spec.stepping && "count" in spec.stepping && raises?.at !== "construct",
  );

  test.each(plain)("$id", (golden) => {
    const curve = torchLr(scheduleOf(golden));
    const want = goldenLrs(golden);
    const scale = Math.max(...want.flat().map(Math.abs));
    const last = (want[0]?.length ?? 0) - 1;
    for (const t of [last, 0, ...Array.from({ length: last + 1 }, (_, i) => last - i)]) {
      // The closed forms stand in for recursions, which drift by up to 2e-13 of the largest LR (README section 5.1).
      curve(t).forEach((lr, group) => expect(lr).toBeRelativelyClose(want[group]![t]!, 1e-12, scale));
    }
  });
});
