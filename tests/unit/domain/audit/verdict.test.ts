import { describe, expect, test } from "vitest";
import { FAULT_CODES, type Finding, FINDING_CODES, isFault, isNote } from "@/lib/domain/audit/report";
import {
  byWeight,
  faultName,
  verdictOf,
  VERDICTS,
  verdictWords,
  worstFault,
} from "@/lib/domain/audit/verdict";

const finding = (code: Finding["code"], from_step: number, to_step: number, params = {}): Finding => ({
  code,
  from_step,
  to_step,
  params,
  message: code,
  fix: null,
});

const drift = (...findings: Finding[]) => ({ verdict: "drift" as const, findings });

describe("what a run is known by", () => {
  test("is the fault of most steps; a note never, however long", () => {
    const findings = [
      finding("half_precision", 0, 1000),
      finding("clipped", 0, 10, { floor: 1e-5 }),
      finding("restarted", 600, 900, { restart_step: 600 }),
    ];
    expect(byWeight(findings).map(({ code }) => code)).toEqual(["restarted", "clipped", "half_precision"]);
    expect(worstFault(drift(...findings))?.code).toBe("restarted");
    expect(verdictOf(drift(...findings))).toEqual({ audit: "restarted", figure: 600 });
  });

  test("is a match only where the audit says so", () => {
    expect(verdictOf({ verdict: "match", findings: [finding("averaged", 0, 9)] })).toEqual({
      audit: "match",
      figure: null,
    });
    for (const verdict of ["no_lr", "no_schedule", "unfinished"] as const) {
      expect(verdictOf({ verdict, findings: [] })).toEqual({ audit: null, figure: null });
    }
  });
});

test("every code is a match, a fault or a note", () => {
  const sorts = FINDING_CODES.map(
    (code) => [code === "match", isFault(code), isNote(code)].filter(Boolean).length,
  );
  expect(new Set(sorts)).toEqual(new Set([1]));
  expect(VERDICTS).toEqual(["match", ...FAULT_CODES]);
});

test.each([
  ["time_scale", { N: 20 }, "20× too fast"],
  ["time_scale", { N: 1 / 391 }, "391× too slow"],
  ["restarted", { restart_step: 600 }, "restarted"],
  ["scaled", { factor: 0.1 }, "10× too low"],
  ["scaled", { factor: 1.923_76 }, "1.92× too high"],
  ["offset", { k: 1 }, "1 step ahead"],
  ["offset", { k: -20 }, "20 steps behind"],
  ["lag", { k: 3 }, "3 steps behind"],
  ["never_stepped", { lr: 0.1 }, "never stepped"],
  ["never_stepped", { kind: "held", lr: 0.1 }, "stopped moving"],
  ["warmup_missing", { warmup_steps: 100 }, "no warmup"],
  ["clipped", { floor: 1e-5 }, "held at a floor"],
  ["clipped", { ceiling: 0.1 }, "held at a ceiling"],
  ["parameter", { name: "kwargs.gamma", fitted: 0.5 }, "other gamma"],
  ["parameter", { name: "warmup.steps (steps less by as much)" }, "other steps"],
  ["external_change", { kind: "scaled", factor: 1.9 }, "×1.9 from outside"],
  ["external_change", { kind: "held" }, "changed outside"],
  ["plateau_mismatch", {}, "other cuts"],
  ["unexplained", {}, "unexplained"],
] as const)("%s with %j is said in a few words: %s", (code, params, words) => {
  const { audit, figure } = verdictOf(drift(finding(code, 5, 9, params)));
  expect(audit).toBe(code);
  expect(verdictWords(code, figure)).toBe(words);
});

test("without its figure every verdict still has a name of a word or two", () => {
  for (const code of VERDICTS) expect(faultName(code)).toMatch(/^\S+( \S+)?$/);
});
