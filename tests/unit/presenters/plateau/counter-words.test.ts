import { expect, test } from "vitest";
import { counterFigures } from "@/lib/presenters/plateau/counter-words";

test("a rule's counters are told in words, and no library's spelling is left", () => {
  const figures = counterFigures({ rule: "torch", best: 0.5, num_bad_epochs: 3, cooldown_counter: 0 });
  expect(figures.map(({ label, text }) => [label, text])).toEqual([
    ["Checks without improvement", "3"],
    ["Cooldown left", "0"],
  ]);
});

test("a list is told by its length, what is not finite as a word", () => {
  const figures = counterFigures({ rule: "trend", window: [1, 2, 3], num_nonfinite: 1, start: "NaN" });
  expect(figures.map(({ label, text }) => [label, text])).toEqual([
    ["Values in the window", "3"],
    ["Values not finite", "1"],
    ["First level", "NaN"],
  ]);
});
