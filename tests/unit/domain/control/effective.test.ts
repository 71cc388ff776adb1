import { describe, expect, test } from "vitest";
import { effectiveLr, effectiveLrs, type LrChange } from "@/lib/domain/control/effective";

test.each([
  { declared: 0.1, scale: 0.5, minLr: 0, effective: 0.05 },
  { declared: 0.1, scale: 0.1, minLr: 0.02, effective: 0.02 },
  { declared: 0.01, scale: 0.1, minLr: 0.02, effective: 0.01 },
  { declared: 0.01, scale: 1, minLr: 0.02, effective: 0.01 },
  { declared: 0, scale: 0.5, minLr: 0.02, effective: 0 },
  { declared: 0.1, scale: 2, minLr: 0.5, effective: 0.5 },
  { declared: 0.1, scale: 2, minLr: 0, effective: 0.2 },
])("declared $declared × $scale, floor $minLr → $effective", ({ declared, scale, minLr, effective }) => {
  expect(effectiveLr(declared, scale, minLr)).toBe(effective);
});

describe("effectiveLrs", () => {
  const declared = Float64Array.of(1, 0.5, 0.25, 0.125, 0);
  const steps = [0, 10, 20, 30, 40];
  const run = (changes: LrChange[], options = {}) => [...effectiveLrs(declared, steps, changes, options)];

  test("no change: the declared curve", () => expect(run([])).toEqual([...declared]));

  test("a scale acts from its step on, also between samples", () => {
    expect(run([{ step: 10, kind: "scale", value: 0.5 }])).toEqual([1, 0.25, 0.125, 0.0625, 0]);
    expect(run([{ step: 11, kind: "scale", value: 0.5 }])).toEqual([1, 0.5, 0.125, 0.0625, 0]);
    expect(run([{ step: 41, kind: "scale", value: 0.5 }])).toEqual([...declared]);
  });

  test("scales multiply, in order of step whatever their order in the list", () => {
    const changes: LrChange[] = [
      { step: 30, kind: "scale", value: 4 },
      { step: 10, kind: "scale", value: 0.5 },
    ];
    expect(run(changes)).toEqual([1, 0.25, 0.125, 0.25, 0]);
    expect(changes[0]?.step).toBe(30);
  });

  test("the floor holds a cut, but the schedule may go below it by itself", () => {
    expect(run([{ step: 0, kind: "scale", value: 0.5, min_lr: 0.2 }])).toEqual([0.5, 0.25, 0.2, 0.125, 0]);
  });

  test("a later scale keeps the floor unless it brings its own; a set lifts it", () => {
    const cut: LrChange = { step: 0, kind: "scale", value: 0.1, min_lr: 0.2 };
    expect(run([cut, { step: 10, kind: "scale", value: 0.1 }])[1]).toBe(0.2);
    expect(run([cut, { step: 10, kind: "scale", value: 0.5, min_lr: 0.1 }])[1]).toBe(0.1);
    expect(run([cut, { step: 10, kind: "set", value: 0.05 }])[1]).toBe(0.05);
  });

  test("a set fixes the scale at lr / declared and replaces earlier scales", () => {
    const changes: LrChange[] = [
      { step: 0, kind: "scale", value: 0.1 },
      { step: 10, kind: "set", value: 1 },
    ];
    expect(run(changes)).toEqual([0.1, 1, 0.5, 0.25, 0]);
  });

  test("a set between samples takes the declared rate at its own step", () => {
    const changes: LrChange[] = [{ step: 15, kind: "set", value: 0.4 }];
    expect(run(changes, { declaredAt: () => 0.4 })[2]).toBe(0.25);
    expect(run(changes)[2]).toBe(0.4);
  });

  test("a set where declared is 0 holds the rate until the next set", () => {
    const rising = Float64Array.of(0, 0, 0.5, 1, 1);
    const changes: LrChange[] = [
      { step: 10, kind: "set", value: 0.25 },
      { step: 20, kind: "scale", value: 0.5 },
      { step: 30, kind: "scale", value: 0.1, min_lr: 0.1 },
      { step: 40, kind: "set", value: 0.5 },
    ];
    expect([...effectiveLrs(rising, steps, changes)]).toEqual([0, 0.25, 0.125, 0.1, 0.5]);
  });

  test("a group sees its own changes and those for all", () => {
    const changes: LrChange[] = [
      { step: 0, kind: "scale", value: 0.5 },
      { step: 0, kind: "scale", value: 0.5, group: 1 },
    ];
    expect(run(changes)[0]).toBe(0.5);
    expect(run(changes, { group: 1 })[0]).toBe(0.25);
  });
});
