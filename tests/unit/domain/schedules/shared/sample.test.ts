import { expect, test } from "vitest";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { sample } from "@/lib/domain/schedules/shared/sample";

function raise(type: string): never {
  throw new PythonError(type, "message");
}

const failsAt = (last: number) => () => (t: number) => (t < last ? [t, 10 * t] : raise("ValueError"));

test("one sequence per group", () => {
  const got = sample(failsAt(9), { steps: [0, 2, 4], groups: 2 });
  expect(got).toEqual({
    lrs_by_group: [
      [0, 2, 4],
      [0, 20, 40],
    ],
  });
});

test("what the constructor raises leaves empty sequences", () => {
  const got = sample(() => raise("AssertionError"), { steps: [0, 1], groups: 2 });
  const raises = { at: "construct", type: "AssertionError", message: "message" };
  expect(got).toEqual({ lrs_by_group: [[], []], raises });
});

test("what a step raises keeps the LRs before it and counts calls from 0", () => {
  const got = sample(failsAt(2), { steps: [0, 1, 2, 3], groups: 1 });
  expect(got.lrs_by_group).toEqual([[0, 1]]);
  expect(got.raises).toEqual({ at: "step", call_index: 2, type: "ValueError", message: "message" });
});

test("a leading value that the constructor sets is no call", () => {
  const got = sample(failsAt(2), { steps: [0, 1, 2, 3], groups: 1, uncalled: 1 });
  expect(got.raises).toMatchObject({ at: "step", call_index: 1 });
});

test("other errors are not the library's and pass through", () => {
  const broken = () => {
    throw new RangeError("ours");
  };
  expect(() => sample(broken, { steps: [0], groups: 1 })).toThrow(RangeError);
});
