import { expect, test } from "vitest";
import { nearestName, unknownName } from "@/lib/domain/schedules/shared/unknown-name";

const KNOWN = ["step_size", "gamma", "last_epoch", "lr"];

test.each([
  ["gama", "gamma"],
  ["GAMMA", "gamma"],
  ["stepsize", "step_size"],
  ["step-size", "step_size"],
  ["epoch", null],
  ["l", null],
  ["delta", null],
  ["", null],
])("%j is near to %j", (name, near) => expect(nearestName(name, KNOWN)).toBe(near));

test("of two that are near the nearer one, of two as near the first", () => {
  expect(nearestName("lr_maxx", ["lr_min", "lr_max"])).toBe("lr_max");
  expect(nearestName("max_lx", ["max_lr", "max_ly"])).toBe("max_lr");
  expect(nearestName("x", [])).toBeNull();
});

test("the hint stands before the list, which is always there", () => {
  expect(unknownName("unknown argument", "gama", KNOWN)).toBe(
    "unknown argument (did you mean gamma?); known: step_size, gamma, last_epoch, lr",
  );
  expect(unknownName("unknown argument", "x", ["gamma"])).toBe("unknown argument; known: gamma");
});
