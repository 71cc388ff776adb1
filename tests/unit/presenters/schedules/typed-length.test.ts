import { expect, test } from "vitest";
import { typedPerEpoch, typedSteps } from "@/lib/presenters/schedules/typed-length";

test.each([
  ["1000", { value: 1000 }],
  [" 2 ", { value: 2 }],
  ["1e9", { value: 1e9 }],
  ["", { error: "is needed" }],
  ["many", { error: "must be a number" }],
  ["Infinity", { error: "must be a number" }],
  ["10.5", { error: "must be a whole number" }],
  ["1", { error: "must be at least 2" }],
  ["1e10", { error: "must be at most 1000000000" }],
])("%j as a training's steps", (text, expected) => expect(typedSteps(text)).toEqual(expected));

test.each([
  ["97.5", { value: 97.5 }],
  ["0", { error: "must be more than 0" }],
  ["-3", { error: "must be more than 0" }],
  ["", { error: "is needed" }],
])("%j as the steps of an epoch", (text, expected) => expect(typedPerEpoch(text)).toEqual(expected));
