import { describe, expect, test } from "vitest";
import { queryKeys } from "@/lib/client/query-keys";
import type { RunList } from "@/lib/client/runs/queries";
import { withRows } from "@/lib/client/runs/refresh-rows";
import { createRefresher } from "@/lib/client/runs/refresher";
import { frameOf, staleKeys } from "@/lib/client/runs/stale-keys";
import { tableRow } from "@/tests/support/wire";

const CHANGED = {
  run_id: "r1",
  project_id: "p1",
  status: "running",
  last_step: 5,
  what: ["metrics"],
} as const;

describe("frames", () => {
  test("are parsed; what is not understood is none", () => {
    expect(frameOf({ event: "run", id: "3", data: JSON.stringify(CHANGED) })).toEqual({
      event: "run",
      id: "3",
      data: CHANGED,
    });
    expect(frameOf({ event: "hello", id: "3", data: '{"seq":3}' })?.event).toBe("hello");
    expect(frameOf({ event: "run", id: "3", data: "{" })).toBeNull();
    expect(frameOf({ event: "later", id: "3", data: "{}" })).toBeNull();
  });

  test("a change reaches the run, its project and the home page; the inbox only when control moved", () => {
    const keys = staleKeys({ ...CHANGED, what: ["metrics"] });
    expect(keys).toContainEqual(queryKeys.run("r1"));
    expect(keys).toContainEqual(queryKeys.project("p1"));
    expect(keys).toContainEqual(queryKeys.projects());
    expect(keys).not.toContainEqual(queryKeys.inbox());
    expect(keys).not.toContainEqual(queryKeys.projectRuns("p1"));
    expect(staleKeys({ ...CHANGED, what: ["control"] })).toContainEqual(queryKeys.inbox());
  });
});

/** Pauses that end when told, and refreshes that finish when told. */
function bench() {
  const pauses: (() => void)[] = [];
  const begun: string[] = [];
  const finish: ((error?: Error) => Promise<void>)[] = [];
  const refresher = createRefresher(350, (callback) => {
    pauses.push(callback);
    return () => pauses.splice(pauses.indexOf(callback), 1);
  });
  const refresh = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve, reject) => {
      finish.push(async (error) => {
        if (error) reject(error);
        else resolve();
        await Promise.resolve();
        await Promise.resolve();
      });
    });
  };
  const mark = (name: string) => refresher.mark(name, refresh(name));
  return { refresher, mark, begun, finish, pauses };
}

describe("the refresher", () => {
  test("refreshes at once, then gathers what comes during the refresh and the pause into one more", async () => {
    const { mark, begun, finish, pauses } = bench();
    mark("a");
    mark("a");
    mark("a");
    expect(begun).toEqual(["a"]);
    await finish[0]?.();
    mark("a");
    expect(begun).toEqual(["a"]);
    pauses.shift()?.();
    expect(begun).toEqual(["a", "a"]);
    await finish[1]?.();
    pauses.shift()?.();
    expect(begun).toEqual(["a", "a"]);
  });

  test("different things do not wait for each other", () => {
    const { mark, begun } = bench();
    mark("a");
    mark("b");
    expect(begun).toEqual(["a", "b"]);
  });

  test("a failure does not end it", async () => {
    const { mark, begun, finish, pauses } = bench();
    mark("a");
    mark("a");
    await finish[0]?.(new Error("offline"));
    pauses.shift()?.();
    expect(begun).toEqual(["a", "a"]);
  });

  test("stopped, it does nothing more", async () => {
    const { refresher, mark, begun, finish, pauses } = bench();
    mark("a");
    await finish[0]?.();
    refresher.stop();
    expect(pauses).toEqual([]);
    mark("b");
    expect(begun).toEqual(["a"]);
  });
});

const listOf = (...ids: string[]): RunList => ({
  rows: ids.map((id) => tableRow({ id })),
  total: ids.length,
  metrics: [],
});
const idsOf = ({ rows }: RunList) => rows.map(({ id }) => id);

test("known rows are replaced in their place, new ones go in front, deleted ones go", () => {
  const before = listOf("c", "b", "a");
  const now = { ...listOf("d", "a"), rows: [tableRow({ id: "d" }), tableRow({ id: "a", name: "new name" })] };
  const after = withRows(before, new Set(["a", "b", "d"]), now);
  expect(idsOf(after)).toEqual(["d", "c", "a"]);
  expect(after.rows.at(-1)?.name).toBe("new name");
  expect(after.total).toBe(3);
  expect(idsOf(before)).toEqual(["c", "b", "a"]);
});
