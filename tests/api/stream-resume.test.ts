import { describe, expect, test, vi } from "vitest";
import * as bulkRoute from "@/app/api/v1/runs/bulk/route";
import * as streamRoute from "@/app/api/v1/stream/route";
import * as runsApi from "@/lib/contracts/endpoints/runs";
import { stream as streamApi } from "@/lib/contracts/endpoints/system";
import type { StreamFrame } from "@/lib/contracts/events";
import { database } from "@/lib/server/db/database";
import { transact } from "@/lib/server/db/transaction";
import { announceRun } from "@/lib/server/runs/touch";
import { call, freshDatabase, ok, onPostgres, requestFor } from "@/tests/support/api";
import { Listener, openStreams, runsIn, shared } from "@/tests/support/listener";
import { createRun, getRun, logValues, mint } from "@/tests/support/seed";

freshDatabase();

/** Runs of a project of their own, with its id, ended and without metrics. */
async function manyRuns(count: number): Promise<[project: string, ids: string[]]> {
  const { id, project } = await createRun({ project: mint("many") });
  const { writer } = await database();
  const at = new Date();
  const ids = Array.from({ length: count - 1 }, (_, i) => `${id}-${i}`);
  await writer.prisma.run.createMany({
    data: ids.map((one) => ({
      id: one,
      projectId: project.id,
      name: one,
      status: "finished",
      createdAt: at,
      startedAt: at,
    })),
  });
  return [project.id, [id, ...ids]];
}

const bulk = (action: "archive" | "unarchive", runs: string[]) =>
  ok(bulkRoute.POST, runsApi.bulkRuns, { body: { action, runs } });

describe("a reader that comes back", () => {
  test("after one change of 1501 runs gives each of them exactly once, and then what changes", async () => {
    const [project, ids] = await manyRuns(1501);
    const first = await Listener.open({ project });
    const { id: left } = await first.next();
    await first.close();
    const { changed } = await bulk("archive", ids);
    expect(changed).toHaveLength(1501);
    const [last] = [await createRun({ project })];
    const back = await Listener.open({ project }, left);
    const frames = (await back.until(last.id)).filter(({ event }) => event === "run");
    expect(runsIn(frames).sort()).toEqual([...ids, last.id].sort());
    const [next] = [await createRun({ project })];
    expect(runsIn(await back.until(next.id))).toEqual([next.id]);
  });

  test("cut off between the runs of one change, misses none of them", async () => {
    const [project, ids] = await manyRuns(40);
    const listener = await Listener.open({ project });
    const { id: from } = await listener.next();
    await bulk("archive", ids);
    for (const open of [listener, await Listener.open({ project }, from)]) {
      const frames: StreamFrame[] = [];
      while (runsIn(frames).length < 39) frames.push(await open.next());
      const back = await Listener.open({ project }, frames.at(-1)!.id);
      const again: StreamFrame[] = [];
      while (runsIn(again).length < 40) again.push(await back.next());
      expect(runsIn(again).sort()).toEqual([...ids].sort());
      const whole = [...frames, await open.next()];
      expect(whole.at(-1)!.id).toBe(again.at(-1)!.id);
      expect(Number(whole.at(-1)!.id)).toBeGreaterThan(Number(frames.at(-1)!.id));
    }
  });

  test("what changes while a reader is told of earlier changes comes after them, too much of it once more from the database", async () => {
    const [project, ids] = await manyRuns(1200);
    const [quiet] = [await createRun({ project })];
    const first = await Listener.open({ project });
    const { id: left } = await first.next();
    await first.close();
    await bulk("archive", ids);
    const back = await Listener.open({ project }, left);
    expect((await back.next()).event).toBe("hello");
    const [one] = [await back.next()];
    await bulk("unarchive", ids);
    await logValues(quiet.id, "x", [1]);
    const frames = [one, ...(await back.until(quiet.id))];
    const archived = await getRun(ids[0]!);
    expect(archived.archived_at).toBeNull();
    const lastOf = new Map(
      frames.flatMap((frame) => (frame.event === "run" ? [[frame.data.run_id, frame.id]] : [])),
    );
    expect(lastOf.size).toBe(1201);
    const numbers = frames.map(({ id }) => Number(id));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });
});

test.runIf(onPostgres)(
  "a change that is committed after a hundred later ones is missed by nobody",
  async () => {
    const late = await createRun({ project: mint("late") });
    const busy = await createRun({ project: late.project.name });
    const project = late.project.id;
    const listener = await Listener.open({ project });
    await listener.next();
    let commit = (): void => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    const slow = await new Promise<{ done: Promise<void> }>((begun) => {
      const done = transact(async (tx) => {
        await announceRun(tx, late.id, ["run"]);
        begun({ done });
        await held;
      });
    });
    const seen: StreamFrame[] = [];
    for (let step = 0; step < 100; step += 1) await logValues(busy.id, "x", [1], step);
    while (!seen.some(({ data }) => "last_step" in data && data.last_step === 99))
      seen.push(await listener.next());
    const hello = await (await Listener.open({ project })).next();
    commit();
    await slow.done;
    for (const left of [seen.at(-1)!.id, hello.id]) {
      const back = await Listener.open({ project }, left);
      expect(runsIn(await back.until(late.id))).toContain(late.id);
    }
    await listener.until(late.id);
    await logValues(busy.id, "x", [1], 100);
    const { id } = (await listener.until(busy.id)).at(-1)!;
    const { id: now } = await (await Listener.open({ project })).next();
    expect(id).toBe(now);
  },
);

describe("nothing is held by a stream", () => {
  /** The runs' table is away, as in a database that cannot be read. */
  async function withoutRuns(work: () => Promise<void>): Promise<void> {
    const { writer } = await database();
    await writer.prisma.$executeRawUnsafe(`ALTER TABLE "Run" RENAME TO "Away"`);
    await work().finally(() => writer.prisma.$executeRawUnsafe(`ALTER TABLE "Away" RENAME TO "Run"`));
  }

  const held = () => ({ streams: openStreams(), ends: shared.__lrscopeShutdown?.size });

  test("whose first look fails: 300 of them, and a stream still opens", async () => {
    const before = await quiet();
    await withoutRuns(async () => {
      for (let i = 0; i < 300; i += 1) {
        const answer = await call(streamRoute.GET, streamApi, {});
        expect(answer.status).toBeGreaterThanOrEqual(500);
      }
      expect(held()).toEqual(before);
    });
    expect((await (await Listener.open()).next()).event).toBe("hello");
  });

  test("that cannot look back: it ends, and a reader that comes back misses nothing", async () => {
    const before = await quiet();
    const [project, ids] = await manyRuns(600);
    await bulk("archive", ids);
    const listener = await Listener.open({ project }, "0");
    const seen = [await listener.next(), await listener.next()];
    await withoutRuns(async () => {
      await expect(
        (async () => {
          for (;;) seen.push(await listener.next());
        })(),
      ).rejects.toThrow("the stream ended");
      expect(held()).toEqual(before);
    });
    expect(runsIn(seen).length).toBeGreaterThanOrEqual(500);
    const back = await Listener.open({ project }, seen.at(-1)!.id);
    const again = new Set(runsIn(seen));
    while (again.size < 600) for (const run of runsIn([await back.next()])) again.add(run);
    expect([...again].sort()).toEqual([...ids].sort());
  });

  test("whose reader leaves: before the answer, in the middle, at the end, or asks for the head alone", async () => {
    const before = await quiet();
    const gone = AbortSignal.abort();
    const opened = (signal?: AbortSignal, method = "GET") =>
      streamRoute.GET(new Request(requestFor(streamApi, { signal }), { method }), {
        params: Promise.resolve({}),
      });
    await opened(gone);
    expect(held()).toEqual(before);
    const leaving = new AbortController();
    const left = await opened(leaving.signal);
    expect(held().streams).toBe(before.streams! + 1);
    leaving.abort();
    expect(held()).toEqual(before);
    await expect(left.text()).resolves.toContain("event: hello");
    const cancelled = await opened();
    await cancelled.body!.cancel();
    expect(held()).toEqual(before);
    expect((await opened(undefined, "HEAD")).body).toBeNull();
    expect(held()).toEqual(before);
  });

  test("that is ended twice", async () => {
    const before = await quiet();
    const listener = await Listener.open();
    await listener.next();
    const ends = [...(shared.__lrscopeShutdown ?? [])];
    for (const end of [...ends, ...ends]) end();
    await expect(listener.next()).rejects.toThrow("the stream ended");
    expect(held()).toEqual(before);
  });

  /** What is held when no stream is open. */
  async function quiet() {
    await vi.waitFor(() => expect(openStreams() ?? 0).toBe(0));
    shared.__lrscopeStreams = 0;
    return held();
  }
});
