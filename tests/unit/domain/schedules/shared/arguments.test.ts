import { describe, expect, test } from "vitest";
import {
  boolean,
  either,
  ignored,
  integer,
  listOf,
  number,
  object,
  optional,
  orNull,
  readArguments,
  required,
  string,
} from "@/lib/domain/schedules/shared/arguments";
import { findConstructor, readNested } from "@/lib/domain/schedules/shared/constructors";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";

const PARAMETERS = {
  gamma: required(number),
  count: optional(integer, 3),
  on: optional(boolean, false),
  mode: optional(string, "cos"),
  floor: optional(orNull(number), null),
  values: optional(either(number, listOf(number)), [1]),
  extra: optional(object, {}),
  name: optional(ignored, null),
};

const read = (kwargs: Record<string, unknown>) => readArguments(kwargs, "schedule.kwargs", PARAMETERS);

function pathOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ScheduleError) return error.path;
    throw error;
  }
  return "no error";
}

describe("readArguments", () => {
  test("fills in the library's defaults", () => {
    const want = {
      gamma: 0.5,
      count: 3,
      on: false,
      mode: "cos",
      floor: null,
      values: [1],
      extra: {},
      name: null,
    };
    expect(read({ gamma: 0.5 })).toEqual(want);
  });

  test("takes what is given, an undefined value counting as absent", () => {
    const given = {
      gamma: 1,
      count: 7,
      on: true,
      mode: "x",
      floor: 0.1,
      values: 2,
      extra: { a: 1 },
      name: "n",
    };
    expect(read(given)).toEqual(given);
    expect(read({ gamma: 1, count: undefined }).count).toBe(3);
  });

  test("an unknown argument is refused at its path, with the known ones in the message", () => {
    expect(() => read({ gamma: 1, gama: 2 })).toThrow(/known: gamma, count, on/);
    expect(pathOf(() => read({ gamma: 1, gama: 2 }))).toBe("schedule.kwargs.gama");
  });

  test("names from Object.prototype are not arguments", () => {
    expect(pathOf(() => read({ gamma: 1, toString: 1 }))).toBe("schedule.kwargs.toString");
    expect(pathOf(() => readArguments({}, "k", { constructor: required(string) }))).toBe("k.constructor");
  });

  test("a missing required argument is refused at its path", () => {
    expect(() => read({})).toThrow("required argument: a finite number");
    expect(pathOf(() => read({}))).toBe("schedule.kwargs.gamma");
  });

  test.each([
    ["gamma", "0.1"],
    ["gamma", null],
    ["gamma", Infinity],
    ["gamma", NaN],
    ["gamma", true],
    ["count", 1.5],
    ["on", 1],
    ["mode", 3],
    ["floor", "none"],
    ["values", [1, "2"]],
    ["values", null],
    ["extra", [1]],
    ["extra", null],
  ])("%s = %j is a wrong type", (name, value) => {
    expect(pathOf(() => read({ gamma: 1, [name]: value }))).toBe(`schedule.kwargs.${name}`);
  });
});

describe("constructors", () => {
  const table = { StepLR: 1, CosineLR: 2 };

  test("match by the last dotted name", () => {
    expect(findConstructor(table, "StepLR", "p")).toBe(1);
    expect(findConstructor(table, "a.b.CosineLR", "p")).toBe(2);
  });

  test.each(["steplr", "StepLR.", "toString", "__proto__", ""])("%j is unknown", (name) => {
    expect(() => findConstructor(table, name, "p")).toThrow(/unknown constructor .*known: StepLR, CosineLR/);
  });

  test("a nested schedule needs a constructor and has empty kwargs by default", () => {
    expect(readNested({ constructor: "StepLR" }, "p")).toEqual({ constructor: "StepLR", kwargs: {} });
    expect(pathOf(() => readNested({ kwargs: {} }, "p"))).toBe("p.constructor");
    expect(pathOf(() => readNested({ constructor: "StepLR", kwargs: 1 }, "p"))).toBe("p.kwargs");
  });
});
