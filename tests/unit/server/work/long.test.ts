import { expect, test } from "vitest";
import { type Beat, long } from "@/lib/server/work/long";
import type { TaskDb } from "@/lib/server/work/task";

const none: TaskDb = {
  store: () => Promise.reject(new Error("nothing is read")),
  reader: () => Promise.reject(new Error("nothing is read")),
};

async function beatsOf<I, O>(run: (input: I) => Promise<O>, input: I): Promise<Beat<O>[]> {
  const beats: Beat<O>[] = [];
  for await (const beat of long(run).chunks(input, none)) beats.push(beat);
  return beats;
}

test("gives the answer last", async () => {
  expect(await beatsOf(async (n: number) => 2 * n, 4)).toEqual([{ value: 8 }]);
  expect(await beatsOf(async () => null, 0)).toEqual([{ value: null }]);
});

test("fails as the work does", async () => {
  await expect(beatsOf(() => Promise.reject(new Error("broken")), 0)).rejects.toThrow("broken");
});
