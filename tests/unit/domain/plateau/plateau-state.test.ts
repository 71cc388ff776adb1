import { expect, test } from "vitest";
import { plateauState } from "@/lib/domain/plateau/plateau-state";

test.each([
  [[], null],
  [[{ fired: [] }], "moving"],
  [[{ fired: [{}] }], "flat"],
  [[{ fired: [{}, { ended: {} }] }], "moving"],
  [[{ fired: [{ raises: true }] }], "moving"],
  [[{ fired: [] }, { fired: [{ ended: {} }, {}] }], "flat"],
] as const)("policies %j are %s", (policies, state) => {
  expect(plateauState(policies)).toBe(state);
});
