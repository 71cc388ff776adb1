import { describe, expect, test } from "vitest";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { GROUP_CASES, LIBRARY_CASES, NATIVE_CASES } from "@/tests/support/export-cases";
import { CODE_TARGETS, faultsOf, installed, prepared } from "@/tests/support/exported-code";

const available = installed();
const cases: Record<string, DeclaredSchedule> = { ...NATIVE_CASES, ...GROUP_CASES, ...LIBRARY_CASES };

describe.each(CODE_TARGETS)("%s", (target) => {
  const all = Object.entries(cases).map(([name, schedule]) => prepared(name, schedule, target));

  test.skipIf(!available[target])("every exact export gives our learning rates", { timeout: 240_000 }, () => {
    const exact = all.filter(({ exported }) => exported.exact);
    expect(faultsOf(exact, 1e-6)).toEqual([]);
    expect(exact.length).toBeGreaterThan(Object.keys(NATIVE_CASES).length);
  });
});
