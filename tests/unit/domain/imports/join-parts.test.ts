import { expect, test } from "vitest";
import { type EventPart, joinParts } from "@/lib/domain/imports/join-parts";

/** Written by `process` on `host`, at steps `from` to `to`, a second each, from `at` on. */
function part(
  [from, to]: [number, number],
  { at, host = "box", process = 7, tags = ["loss"], resumedAt = 0 }: Given,
): EventPart {
  return {
    path: `events.out.tfevents.${at}.${host}${process === null ? "" : `.${process}.0`}`,
    ...{ firstStep: from, lastStep: to, firstTime: at, lastTime: at + to - from },
    ...{ tags: new Set(tags), resumedAt },
  };
}
interface Given {
  at: number;
  host?: string;
  process?: number | null;
  tags?: string[];
  resumedAt?: number;
}

const first = part([0, 100], { at: 1000 });

test.each<[string, EventPart, boolean]>([
  ["goes on at the next step", part([101, 200], { at: 2000 }), true],
  ["goes on from a checkpoint, in another process", part([80, 200], { at: 2000, process: 9 }), true],
  ["evaluates at the end, in the same process", part([100, 100], { at: 2000, tags: ["eval"] }), true],
  ["was told to go on from an early checkpoint", part([10, 90], { at: 2000, resumedAt: 10 }), true],
  ["has names without a process", part([101, 200], { at: 2000, process: null }), true],
  ["begins anew, in the same process", part([0, 100], { at: 2000 }), false],
  ["begins early", part([10, 100], { at: 2000 }), false],
  ["begins far beyond", part([1000, 2000], { at: 2000 }), false],
  ["ran at the same time", part([80, 200], { at: 1050 }), false],
  ["is of another machine", part([101, 200], { at: 2000, host: "other" }), false],
  ["has other tags, in another process", part([101, 200], { at: 2000, process: 9, tags: ["x"] }), false],
  ["was told to go on, with other tags", part([10, 90], { at: 2000, resumedAt: 10, tags: ["x"] }), false],
  [
    "other tags, and no process in its name",
    part([101, 200], { at: 2000, process: null, tags: ["x"] }),
    false,
  ],
])("a file that %s", (_what, second, together) => {
  const want = together ? [[first, second]] : [[first], [second]];
  expect(joinParts([second, first])).toEqual(want);
});

test("goes on with the one that ended last, and a third with both", () => {
  const other = part([0, 100], { at: 1500 });
  const second = part([101, 200], { at: 2000 });
  const third = part([190, 300], { at: 3000 });
  expect(joinParts([third, second, other, first])).toEqual([[first], [other, second, third]]);
});

test("files without values are nobody's", () => {
  const empty = {
    ...part([0, 0], { at: 0 }),
    firstStep: Infinity,
    firstTime: Infinity,
    tags: new Set<string>(),
  };
  const again = { ...empty, path: "events.out.tfevents.5.box.7.1" };
  expect(joinParts([empty, first, again])).toEqual([[first], [empty], [again]]);
  expect(joinParts([])).toEqual([]);
});
