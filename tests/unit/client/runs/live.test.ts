import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, describe, expect, test, vi } from "vitest";
import { queryKeys } from "@/lib/client/query-keys";
import { refreshRow, withoutRun, withRun, type RunPages } from "@/lib/client/runs/refresh-row";
import { createRefresher } from "@/lib/client/runs/refresher";
import { frameOf, staleKeys } from "@/lib/client/runs/stale-keys";
import { wireRun } from "@/tests/support/wire";

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

const pages = (...ids: string[][]): RunPages => ({
  pages: ids.map((page) => ({ items: page.map((id) => wireRun({ id })), next_cursor: null })),
  pageParams: ids.map(() => null),
});
const idsOf = (data: RunPages | undefined) => data?.pages.map((page) => page.items.map(({ id }) => id));

describe("the table's rows", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("a known run is replaced in its place, a new one goes in front, a deleted one goes", () => {
    const before = pages(["c", "b"], ["a"]);
    const changed = withRun(before, wireRun({ id: "a", name: "new name" }));
    expect(idsOf(changed)).toEqual([["c", "b"], ["a"]]);
    expect(changed.pages[1]?.items[0]?.name).toBe("new name");
    expect(idsOf(withRun(before, wireRun({ id: "d" })))).toEqual([["d", "c", "b"], ["a"]]);
    expect(idsOf(withoutRun(before, "b"))).toEqual([["c"], ["a"]]);
    expect(idsOf(before)).toEqual([["c", "b"], ["a"]]);
  });

  test("are fetched only while the table is on the screen", async () => {
    const fetch = vi.fn(async () => Response.json(wireRun({ id: "b", status: "failed" })));
    vi.stubGlobal("fetch", fetch);
    const client = new QueryClient();
    const queryKey = queryKeys.projectRuns("p1");
    client.setQueryData(queryKey, pages(["b", "a"]));
    await refreshRow(client, "p1", "b");
    expect(fetch).not.toHaveBeenCalled();
    const observer = new QueryObserver<RunPages>(client, {
      queryKey,
      enabled: true,
      staleTime: Infinity,
      queryFn: () => pages([]),
    });
    const stop = observer.subscribe(() => {});
    await refreshRow(client, "p1", "b");
    expect(fetch).toHaveBeenCalledOnce();
    expect(client.getQueryData<RunPages>(queryKey)?.pages[0]?.items[0]?.status).toBe("failed");
    stop();
  });

  test("a run that is gone leaves the table", async () => {
    const problem = {
      type: "t",
      title: "t",
      status: 404,
      code: "not_found",
      detail: "no such run",
      request_id: "q",
    };
    vi.stubGlobal("fetch", async () => Response.json(problem, { status: 404 }));
    const client = new QueryClient();
    const queryKey = queryKeys.projectRuns("p1");
    client.setQueryData(queryKey, pages(["b", "a"]));
    const observer = new QueryObserver<RunPages>(client, {
      queryKey,
      staleTime: Infinity,
      queryFn: () => pages([]),
    });
    const stop = observer.subscribe(() => {});
    await refreshRow(client, "p1", "b");
    expect(idsOf(client.getQueryData<RunPages>(queryKey))).toEqual([["a"]]);
    stop();
  });
});
