import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { type CompiledSchedule, compileDeclared } from "@/lib/domain/schedules/declared";
import { evaluateLibrary } from "@/lib/domain/schedules/evaluate-library";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { libraryFamilies } from "@/tests/support/library-specs";

/** Null for what no library would build; any other failure is a fault. */
function compiled(...args: Parameters<typeof compileDeclared>): CompiledSchedule | null {
  try {
    return compileDeclared(...args);
  } catch (error) {
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}

const plain = (groups: readonly Float64Array[]) => groups.map((lrs) => [...lrs]);
const step = fc.oneof(fc.nat(3000), fc.constantFrom(1e6, 2 ** 40, Number.MAX_SAFE_INTEGER));
/** A recursion is followed step by step. */
const near = fc.nat(3000);

describe.each(Object.entries(libraryFamilies))("%s", (library, family) => {
  test.prop([family, fc.array(library === "torch" ? near : step, { minLength: 1, maxLength: 12 })])(
    "gives a step the same number whatever was asked before",
    ({ schedule }, steps) => {
      const read = compiled(schedule);
      if (!read) return;
      const inOrder = plain(read.at(steps));
      const backwards = plain(read.at([...steps].reverse())).map((lrs) => lrs.reverse());
      const each = steps.map((t) => compileDeclared(schedule).at([t]));
      expect(backwards).toEqual(inOrder);
      expect(inOrder).toEqual(inOrder.map((_, group) => each.map((lrs) => lrs[group]![0])));
    },
  );

  test.prop([family, fc.integer({ min: 1, max: 600 })])(
    "a run's curve is what the library's own driver sets, as far as it gets",
    ({ schedule, drive }, count) => {
      const read = compiled(schedule);
      const driven = evaluateLibrary({ ...schedule, stepping: drive(count) });
      if (!read) {
        expect(driven.raises?.at).toBe("construct");
        return;
      }
      const got = read.lrs(0, count);
      expect(got).toHaveLength(driven.lrs_by_group.length);
      driven.lrs_by_group.forEach((lrs, group) => {
        // torch's recursions gather rounding that its closed forms do not have, the more the closer they come to 0.
        const scale = library === "torch" ? Math.max(1, ...lrs.map(Math.abs)) * 1e4 : 0;
        lrs.forEach((lr, t) => expect(got[group]![t]).toBeRelativelyClose(lr, 1e-12, scale));
      });
    },
  );
});
