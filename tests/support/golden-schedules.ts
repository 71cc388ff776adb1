import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type {
  LibraryEvaluation,
  LibraryName,
  LibrarySchedule,
} from "@/lib/domain/schedules/library-schedule";
import { expect } from "vitest";

/** One line of tests/golden/schedules.json; its README section 1 describes the fields. */
export interface GoldenSchedule {
  id: string;
  library: LibraryName;
  spec: Omit<LibrarySchedule, "library">;
  lrs?: number[];
  lrs_by_group?: number[][];
  lrs_f32?: number[];
  momentums?: number[];
  cycle_length?: number;
  raises?: { at: "construct" | "step"; call_index?: number; type: string };
}

const FILE = fileURLToPath(new URL("../golden/schedules.json", import.meta.url));

/** All golden cases. The file is JSON of this shape by its own specification. */
export const allGoldenSchedules = (): GoldenSchedule[] =>
  JSON.parse(readFileSync(FILE, "utf8")) as GoldenSchedule[];

/** The golden cases of one library. */
export const goldenSchedules = (library: LibraryName): GoldenSchedule[] =>
  allGoldenSchedules().filter((golden) => golden.library === library);

export function scheduleOf({ library, spec }: GoldenSchedule): LibrarySchedule {
  return { library, ...spec };
}

/** The case's LRs per param group, whichever key it uses. */
export function goldenLrs({ lrs, lrs_by_group }: GoldenSchedule): number[][] {
  return lrs_by_group ?? [lrs ?? []];
}

/** Golden README section 3, on every value; then where it raised. */
export function expectGolden(got: LibraryEvaluation, golden: GoldenSchedule, tolerance = 1e-12): void {
  const want = goldenLrs(golden);
  const scale = Math.max(0, ...want.flat().map(Math.abs));
  expect(got.raises).toEqual(golden.raises ? expect.objectContaining(raisesOf(golden.raises)) : undefined);
  expect(got.lrs_by_group.map((lrs) => lrs.length)).toEqual(want.map((lrs) => lrs.length));
  want.forEach((lrs, group) => {
    lrs.forEach((lr, index) =>
      expect(got.lrs_by_group[group]![index]).toBeRelativelyClose(lr, tolerance, scale),
    );
  });
}

function raisesOf({ at, call_index, type }: NonNullable<GoldenSchedule["raises"]>) {
  return { at, type, ...(call_index === undefined ? {} : { call_index }) };
}

/** `run` throws ScheduleError at `path`. */
export function expectInvalid(run: () => unknown, path: string): void {
  expect(run).toThrow(expect.objectContaining({ name: "ScheduleError", path }));
}

/** Golden README section 3: float32 logs agree with the float64 definition to 1e-6 of the case's largest LR. */
export function expectFloat32(got: LibraryEvaluation, { lrs_f32 = [] }: GoldenSchedule): void {
  const want = lrs_f32.map(Math.fround);
  const scale = Math.max(0, ...want.map(Math.abs));
  expect(got.lrs_by_group[0]).toHaveLength(want.length);
  want.forEach((lr, index) => expect(got.lrs_by_group[0]![index]).toBeRelativelyClose(lr, 1e-6, scale));
}
