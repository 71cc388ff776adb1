import { describe, expect, test } from "vitest";
import {
  effectiveSelection,
  parseSelection,
  selectionText,
  withRuns,
} from "@/lib/presenters/runs/run-selection";

describe("the selection", () => {
  const listed = Array.from({ length: 12 }, (_, index) => `r${index}`);

  test("is the newest eight until someone chooses", () => {
    expect(effectiveSelection(parseSelection(null), listed)).toEqual(listed.slice(0, 8));
  });

  test("choosing nothing is a choice", () => {
    expect(effectiveSelection(parseSelection(selectionText([])), listed)).toEqual([]);
  });

  test("keeps the list's order and drops what is gone", () => {
    expect(effectiveSelection(parseSelection("r5,gone,r2"), listed)).toEqual(["r2", "r5"]);
  });

  test("a group's runs come in once each, and go out together", () => {
    expect(withRuns(new Set(["a", "b"]), ["b", "c"], true)).toEqual(["a", "b", "c"]);
    expect(withRuns(new Set(["a", "b", "c"]), ["b", "c"], false)).toEqual(["a"]);
  });

  test("survives the URL", () => {
    expect(parseSelection(selectionText(["a", "b.c"]))).toEqual(["a", "b.c"]);
    expect(parseSelection(Array.from({ length: 130 }, (_, index) => index).join(","))).toHaveLength(100);
  });
});
