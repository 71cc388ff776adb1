import { expect, test } from "vitest";
import type { RunChange } from "@/lib/server/db/transaction";
import { framesOf } from "@/lib/server/events/watch";

const change = (seq: number): RunChange => ({
  run_id: `r${seq}`,
  project_id: "p",
  status: "running",
  last_step: 0,
  what: ["run"],
  seq,
});

test.each<[string, number[], number, number, number | undefined, string[]]>([
  ["in their order", [5, 6, 7], 4, Infinity, undefined, ["5", "6", "7"]],
  ["of one request: with its last alone", [5, 5, 6], 4, Infinity, undefined, ["4", "5", "6"]],
  ["of one request that goes on on the next page", [5, 6], 4, Infinity, 6, ["5", "5"]],
  ["above one that is under way", [5, 12, 13], 4, 9, undefined, ["5", "5", "5"]],
  ["at the last that is settled", [5, 9], 4, 9, undefined, ["5", "9"]],
  ["that come late", [5], 7, Infinity, undefined, ["7"]],
])("numbers go out with changes %s", (_, seqs, complete, settled, following, ids) => {
  const next = following === undefined ? undefined : change(following);
  expect(framesOf(seqs.map(change), complete, settled, next).map(({ id }) => id)).toEqual(ids);
});
