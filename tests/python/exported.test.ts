import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { exportSchedule } from "@/lib/domain/export/export-schedule";
import type { CodeTarget } from "@/lib/domain/export/print-call";
import { GROUP_CASES, LIBRARY_CASES, NATIVE_CASES } from "@/tests/support/export-cases";

/**
 * Exported code in the real libraries. LRSCOPE_PYTHON names an interpreter that has them; what it lacks is skipped, and
 * without it all of this is.
 */
const PYTHON = process.env.LRSCOPE_PYTHON;
const SCRIPT = "tests/python/run_exported.py";
const TARGETS = ["torch", "transformers", "timm", "keras", "optax"] as const;
const TOLERANCE = 1e-6;
const ENDLESS = 90;
const STEPS_PER_EPOCH = 4;

interface Answer {
  lrs?: (number | null)[][];
  error?: string;
}

function python(args: string[], input = ""): unknown {
  const answer = execFileSync(PYTHON ?? "", [SCRIPT, ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 1e9,
    stdio: ["pipe", "pipe", "ignore"],
  });
  return JSON.parse(answer);
}

function installed(): Record<CodeTarget, boolean> {
  const none = { torch: false, transformers: false, timm: false, keras: false, optax: false };
  return PYTHON ? { ...none, ...(python(["--probe"]) as object) } : none;
}

const available = installed();
const cases: Record<string, DeclaredSchedule> = { ...NATIVE_CASES, ...GROUP_CASES, ...LIBRARY_CASES };

/** A cosine of torch or a OneCycleLR goes its own way after its end, which its notes say; so only up to there. */
function comparison(schedule: DeclaredSchedule, target: CodeTarget) {
  const exported = exportSchedule(schedule, target);
  const compiled = compileDeclared(schedule);
  const perEpoch = exported.stepping === "epoch" ? STEPS_PER_EPOCH : 1;
  const stops = exported.notes.some((note) => note.startsWith("Made for"));
  const length = compiled.length === null ? ENDLESS : compiled.length + (stops ? 0 : 20);
  const steps = Math.floor(length / perEpoch);
  const want = compiled.lrs(0, steps * perEpoch, perEpoch).map((lrs) => [...lrs]);
  return { exported, steps, want, groups: compiled.groups };
}

describe.each(TARGETS)("%s", (target) => {
  const prepared = Object.entries(cases).map(([name, schedule]) => ({ name, ...comparison(schedule, target) }));

  test.skipIf(!available[target])("every exact export gives our learning rates", { timeout: 240_000 }, () => {
    const exact = prepared.filter(({ exported }) => exported.exact);
    const input = exact.map(({ exported, steps, groups }) => ({
      target,
      code: exported.code,
      stepping: exported.stepping,
      steps,
      groups,
    }));
    const answers = python([], JSON.stringify(input)) as Answer[];
    const wrong = exact.flatMap(({ name, want, exported }, i) => {
      const { lrs = [], error } = answers[i] ?? {};
      if (error !== undefined) return [`${name}: ${error}\n${exported.code}`];
      return want.flatMap((group, g) => {
        const scale = Math.max(...group);
        const at = group.findIndex(
          (lr, step) => !(Math.abs(lr - (lrs[g]?.[step] ?? NaN)) <= TOLERANCE * scale),
        );
        return at === -1
          ? []
          : [`${name}, group ${g}, step ${at}: ${lrs[g]?.[at]} instead of ${group[at]}\n${exported.code}`];
      });
    });
    expect(wrong).toEqual([]);
    expect(exact.length).toBeGreaterThan(Object.keys(NATIVE_CASES).length);
  });
});
