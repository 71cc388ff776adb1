import { describe, expect, test } from "vitest";
import { database } from "@/lib/server/db/database";
import { tellStalled } from "@/lib/server/notify/stalled";
import { freshDatabase, type Input } from "@/tests/support/api";
import { change, create, deliveries } from "@/tests/support/notifications";
import { plateaued } from "@/tests/support/control";
import { createRun, finish, getRun, log, logValues, mint } from "@/tests/support/seed";

freshDatabase();

const MINUTE = 60_000;

/** A channel of a new project, or of every one, that wants such news. */
async function channelFor(events: string[], more: object = {}) {
  const project = mint("project");
  const run = await createRun({ project });
  const target = { kind: "webhook", url: "https://hooks.example.com/x" };
  const { body } = await create({ target, events, project, ...more });
  return { run, channel: body.id };
}

const told = async (channel: string, query: Input["query"] = {}) =>
  (await deliveries({ channel, ...query })).items;
const titles = async (channel: string) => (await told(channel)).map(({ title }) => title);

describe("finished", () => {
  test.each(["finished", "failed", "killed"])("a run that %s is told once", async (status) => {
    const { run, channel } = await channelFor(["finished"]);
    await logValues(run.id, "loss", [3, 2]);
    await finish(run.id, { status });
    await finish(run.id, { status });
    expect(await told(channel)).toMatchObject([
      { event: "finished", run: { id: run.id, project_id: run.project.id }, status: "pending" },
    ]);
    const words = { finished: "finished", failed: "failed", killed: "was killed" }[status];
    expect(await titles(channel)).toEqual([`${run.name} ${words}`]);
  });

  test("only channels that want it hear of it: of the project or of all", async () => {
    const { run, channel } = await channelFor(["finished"]);
    const other = await channelFor(["finished"]);
    const all = await channelFor(["finished"], { project: null });
    const deaf = await channelFor(["diverged", "stalled"], { project: run.project.id });
    await finish(run.id);
    const heard = await Promise.all(
      [channel, other.channel, all.channel, deaf.channel].map((id) => told(id)),
    );
    expect(heard.map(({ length }) => length)).toEqual([1, 0, 1, 0]);
  });

  test("a refused end tells nothing", async () => {
    const { run, channel } = await channelFor(["finished"]);
    await finish(run.id);
    await expect(finish(run.id, { status: "failed" })).rejects.toThrow();
    expect(await told(channel)).toHaveLength(1);
  });
});

describe("diverged", () => {
  test("a loss that is not finite, once a run, however often and from however many sides", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await logValues(run.id, "train/loss", [3, 2]);
    expect(await told(channel)).toEqual([]);
    const nan = (step: number) =>
      log(run.id, {
        points: [{ step, time: 1e9 + step, metrics: { "train/loss": "NaN", "val/loss": "Infinity" } }],
      });
    await Promise.all([nan(5), nan(6), nan(7), nan(8)]);
    await nan(9);
    expect(await titles(channel)).toEqual([`${run.name} diverged`]);
  });

  test("any other metric does not count, the primary one does", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await log(run.id, { points: [{ step: 0, time: 1e9, metrics: { grad_norm: "Infinity", score: "NaN" } }] });
    expect(await told(channel)).toEqual([]);
    const { writer } = await database();
    await writer.prisma.project.update({
      where: { id: run.project.id },
      data: { primaryMetricKey: "score", primaryMetricMode: "max" },
    });
    await log(run.id, {
      points: [{ step: 1, time: 1e9 + 1, metrics: { grad_norm: "Infinity", score: "NaN" } }],
    });
    expect(await titles(channel)).toEqual([`${run.name} diverged`]);
  });

  test("points that are refused tell nothing", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await finish(run.id);
    const late = { points: [{ step: 0, time: 1e9, metrics: { loss: "NaN" as const } }] };
    await expect(log(run.id, late)).rejects.toThrow();
    expect(await told(channel)).toEqual([]);
  });
});

describe("recommended", () => {
  test("a request that waits for a person is told, one that is approved at once is not", async () => {
    for (const [action, expected] of [
      ["recommend", 1],
      ["apply", 0],
    ] as const) {
      const { run: first, channel } = await channelFor(["recommended"]);
      const { run } = await plateaued(action, {}, { project: first.project.name });
      expect(await titles(channel)).toEqual(
        Array.from({ length: expected }, () => `${run.name}: a change of the LR waits for you`),
      );
    }
  });
});

describe("stalled", () => {
  const after = (iso: string | null, minutes: number) =>
    new Date(new Date(iso!).getTime() + minutes * MINUTE);

  test("a silent running run is told once for each silence", async () => {
    const { run, channel } = await channelFor(["stalled"], { stalled_minutes: 15 });
    await logValues(run.id, "loss", [3]);
    const first = (await getRun(run.id)).last_logged_at;
    await tellStalled(after(first, 14.9));
    expect(await told(channel)).toEqual([]);
    await Promise.all([tellStalled(after(first, 15)), tellStalled(after(first, 15))]);
    await tellStalled(after(first, 60));
    expect(await titles(channel)).toEqual([`${run.name} has been silent for 15 minutes`]);
    await logValues(run.id, "loss", [2], 1);
    const second = (await getRun(run.id)).last_logged_at;
    expect(second).not.toBe(first);
    await tellStalled(after(second, 15));
    expect(await told(channel)).toHaveLength(2);
  });

  test("also one that never logged; not one that ended, was deleted or belongs elsewhere", async () => {
    const { run, channel } = await channelFor(["stalled"], { stalled_minutes: 5 });
    const ended = await createRun({ project: run.project.name });
    await createRun();
    await finish(ended.id);
    await tellStalled(after(run.created_at, 5));
    expect(await titles(channel)).toEqual([`${run.name} has been silent for 5 minutes`]);
  });

  test("a silence from before the channel, or of weeks, is no news", async () => {
    const { run, channel } = await channelFor(["stalled"], { stalled_minutes: 5 });
    const { writer } = await database();
    const long = new Date(new Date(run.created_at).getTime() - 6 * MINUTE);
    await writer.prisma.run.update({ where: { id: run.id }, data: { createdAt: long } });
    await tellStalled(new Date());
    expect(await told(channel)).toEqual([]);
    await writer.prisma.run.update({ where: { id: run.id }, data: { createdAt: new Date(run.created_at) } });
    await tellStalled(after(run.created_at, 30 * 24 * 60));
    expect(await told(channel)).toEqual([]);
    await tellStalled(after(run.created_at, 24 * 60));
    expect(await told(channel)).toHaveLength(1);
  });

  test("each channel has a patience of its own", async () => {
    const { run, channel } = await channelFor(["stalled"], { stalled_minutes: 60 });
    const { channel: quick } = await channelFor(["stalled"], { stalled_minutes: 5, project: run.project.id });
    await tellStalled(after(run.created_at, 6));
    expect([await told(channel), await told(quick)].map(({ length }) => length)).toEqual([0, 1]);
    await change(quick, { enabled: false });
    await tellStalled(after(run.created_at, 61));
    expect([await told(channel), await told(quick)].map(({ length }) => length)).toEqual([1, 1]);
  });
});

test("deliveries are listed newest first, a page at a time", async () => {
  const { run, channel } = await channelFor(["finished"]);
  const runs = [
    run,
    await createRun({ project: run.project.name }),
    await createRun({ project: run.project.name }),
  ];
  for (const { id } of runs) await finish(id);
  const first = await deliveries({ channel, limit: 2 });
  expect(first.items.map((item) => item.run.id)).toEqual([runs[2]!.id, runs[1]!.id]);
  const rest = await deliveries({ channel, limit: 2, cursor: first.next_cursor! });
  expect([rest.items.map((item) => item.run.id), rest.next_cursor]).toEqual([[runs[0]!.id], null]);
  await expect(told("nowhere")).rejects.toThrow();
});
