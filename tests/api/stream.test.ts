import { describe, expect, test, vi } from "vitest";
import * as streamRoute from "@/app/api/v1/stream/route";
import { stream as streamApi } from "@/lib/contracts/endpoints/system";
import type { StreamFrame } from "@/lib/contracts/events";
import type { RunChange } from "@/lib/server/db/transaction";
import { call, freshDatabase, onPostgres } from "@/tests/support/api";
import { Listener, openStreams, runsIn, shared } from "@/tests/support/listener";
import { ack, approve, pending } from "@/tests/support/routes";
import { controlOf, createRun, finish, log, logValues, mint, requestControl } from "@/tests/support/seed";

freshDatabase();

/** What the database layer does after a commit. */
const announce = (changes: RunChange[]) => shared.__lrscopeAnnounce?.(changes);

const lastStepOf = (frame?: StreamFrame) => (frame?.event === "run" ? frame.data.last_step : null);

test("hello first, then a frame for what changed and nothing of before", async () => {
  await createRun();
  const listener = await Listener.open();
  const hello = await listener.next();
  expect(hello.event).toBe("hello");
  const run = await createRun();
  await logValues(run.id, "loss", [3, 2, 1]);
  const frames = [await listener.next()];
  while (lastStepOf(frames.at(-1)) !== 2) frames.push(await listener.next());
  expect(new Set(runsIn(frames))).toEqual(new Set([run.id]));
  expect(frames.at(-1)).toMatchObject({
    event: "run",
    data: { run_id: run.id, project_id: run.project.id, status: "running", last_step: 2 },
  });
  expect(new Set(frames.flatMap((frame) => (frame.event === "run" ? frame.data.what : [])))).toEqual(
    new Set(["metrics", "run"]),
  );
  // An early frame may bear the number of the hello: no later one was settled when it was sent.
  const ids = [hello, ...frames].map(({ id }) => Number(id));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(ids.at(-1)).toBeGreaterThan(Number(hello.id));
});

describe("what is watched", () => {
  test("one project, by id or by name", async () => {
    const project = mint("watched");
    const mine = await createRun({ project });
    for (const name of [project, mine.project.id]) {
      const listener = await Listener.open({ project: name });
      await listener.next();
      await createRun();
      await logValues(mine.id, mint("x"), [1]);
      expect(runsIn(await listener.until(mine.id))).toEqual([mine.id]);
    }
  });

  test("one run", async () => {
    const project = mint("watched");
    const [mine, other] = [await createRun({ project }), await createRun({ project })];
    const listener = await Listener.open({ run: mine.id });
    await listener.next();
    await logValues(other.id, "x", [1]);
    await finish(mine.id, { status: "killed" });
    const frames = await listener.until(mine.id);
    expect(runsIn(frames)).toEqual([mine.id]);
    expect(frames[0]).toMatchObject({ data: { status: "killed" } });
  });

  test("an unknown project is 404, a wrong run id 422", async () => {
    expect(await call(streamRoute.GET, streamApi, { query: { project: "nobody" } })).toMatchProblem(
      404,
      "not_found",
    );
    expect(await call(streamRoute.GET, streamApi, { query: { run: "a/b" } })).toMatchProblem(
      422,
      "invalid_parameters",
    );
  });
});

describe("coming back with Last-Event-ID", () => {
  test("gives each run that changed since, once, and none that did not", async () => {
    const [old, changed, ended] = [await createRun(), await createRun(), await createRun()];
    const first = await Listener.open({ run: ended.id });
    await first.next();
    await logValues(ended.id, "x", [1]);
    const left = (await first.until(ended.id)).at(-1)!.id;
    await first.close();
    await logValues(changed.id, "x", [1]);
    await logValues(changed.id, "x", [2], 1);
    await finish(ended.id);
    const [last] = [await createRun()];
    const back = await Listener.open({}, left);
    expect(await back.next()).toMatchObject({ event: "hello", id: left });
    const frames = await back.until(last.id);
    expect(runsIn(frames)).toEqual([changed.id, ended.id, last.id]);
    expect(runsIn(frames)).not.toContain(old.id);
    expect(frames.map(({ id }) => Number(id))).toEqual(
      [...frames.map(({ id }) => Number(id))].sort((a, b) => a - b),
    );
  });

  test("misses no run, whoever logged at the same moment", async () => {
    const runs = await Promise.all(Array.from({ length: 12 }, () => createRun()));
    const listener = await Listener.open();
    const { id } = await listener.next();
    await Promise.all(runs.map((run) => logValues(run.id, "x", [1])));
    const seen = new Map<string, string>();
    while (seen.size < runs.length) {
      const frame = await listener.next();
      if (frame.event === "run") seen.set(frame.data.run_id, frame.id);
    }
    // On PostgreSQL one with a lower number may still have been under way.
    if (!onPostgres) expect(new Set(seen.values()).size).toBe(runs.length);
    const [lost] = [...seen].sort((a, b) => Number(b[1]) - Number(a[1]));
    const back = await Listener.open({}, String(Number(lost![1]) - 1));
    await back.next();
    expect(runsIn(await back.until(lost![0])).at(-1)).toBe(lost![0]);
    const all = await Listener.open({}, id);
    await all.next();
    const again = new Set<string>();
    while (runs.some((run) => !again.has(run.id)))
      for (const run of runsIn([await all.next()])) again.add(run);
    expect(again.size).toBeGreaterThanOrEqual(runs.length);
  });

  test("what a job does without logging is not missed either", async () => {
    const run = await createRun();
    const { id: request } = await requestControl(run.id, { kind: "stop" });
    const listener = await Listener.open({ run: run.id });
    const hello = await listener.next();
    await pending(run.id);
    expect(await listener.next()).toMatchObject({ data: { what: ["control"] } });
    await log(run.id, { points: [], acks: [{ id: request, outcome: "applied" }] });
    expect(await listener.next()).toMatchObject({ data: { what: ["control"] } });
    const back = await Listener.open({ run: run.id }, hello.id);
    expect((await back.next()).event).toBe("hello");
    expect(runsIn(await back.until(run.id))).toEqual([run.id]);
    expect((await controlOf(run.id))[0]?.status).toBe("applied");
    expect(await approve(request)).toMatchProblem(409, "conflict");
    expect((await ack(request, { outcome: "applied" })).status).toBe(200);
  });

  test.each(["x", "NaN", "1e400", "Infinity", "-1", "1.5", "0x10", "1e2", "+1", "9007199254740992", "5, 7"])(
    "%j is refused by name",
    async (id) => {
      const answer = await call(streamRoute.GET, streamApi, { headers: { "last-event-id": id } });
      expect(answer).toMatchProblem(422, "invalid_parameters");
      expect(answer.problem?.invalid_params?.[0]?.name).toBe("Last-Event-ID");
      expect(openStreams()).toBe(0);
    },
  );

  test("an empty id is none, and one from before an older copy was restored stands for the beginning", async () => {
    const { id, project } = await createRun();
    const fresh = await Listener.open({ project: project.id }, "");
    const hello = await fresh.next();
    expect(Number(hello.id)).toBeGreaterThan(0);
    const restored = await Listener.open({ project: project.id }, "9007199254740991");
    expect(await restored.next()).toMatchObject({ event: "hello", id: "0" });
    expect(runsIn(await restored.until(id))).toEqual([id]);
  });
});

test("a reader that falls too far behind gets what waits and the end, and comes back for the rest", async () => {
  const { project } = await createRun();
  const listener = await Listener.open({ project: project.id });
  const { id: from } = await listener.next();
  const left = Number(from);
  const change = (i: number): RunChange => ({
    run_id: `behind-${i}`,
    project_id: project.id,
    status: "running",
    last_step: i,
    what: ["metrics"],
    seq: left + i,
  });
  announce(Array.from({ length: 10_000 }, (_, i) => change(i + 1)));
  // Sent away with the first ten thousand, so it does not hear of this one.
  await vi.waitFor(() => expect(openStreams()).toBe(0));
  announce([change(10_001)]);
  const frames: StreamFrame[] = [];
  await expect(
    (async () => {
      for (;;) frames.push(await listener.next());
    })(),
  ).rejects.toThrow("the stream ended");
  const steps = frames.map((frame) => (frame.event === "run" ? frame.data.last_step : null));
  expect(steps).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
  // On PostgreSQL no number is settled that no transaction has taken.
  const ids = frames.map((_, i) => (onPostgres ? left : left + i + 1));
  expect(frames.map(({ id }) => Number(id))).toEqual(ids);
});

test("streams are limited, and a cancelled one makes room", async () => {
  const listeners: Listener[] = [];
  for (let i = 0; i < 200; i += 1) listeners.push(await Listener.open());
  expect(await call(streamRoute.GET, streamApi, {})).toMatchProblem(429, "too_many_requests");
  await listeners.pop()?.close();
  const listener = await Listener.open();
  expect((await listener.next()).event).toBe("hello");
});
