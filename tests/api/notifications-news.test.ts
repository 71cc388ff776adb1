import { describe, expect, test } from "vitest";
import { database } from "@/lib/server/db/database";
import { tellDiverged } from "@/lib/server/notify/diverged";
import { purgeDeliveries } from "@/lib/server/notify/start";
import { payloadOf } from "@/lib/server/notify/stored";
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
  type Value = number | "NaN" | "Infinity";
  const logged = (runId: string, key: string, values: readonly Value[], from = 0) =>
    log(runId, {
      points: values.map((value, i) => ({ step: from + i, time: 1e9 + from + i, metrics: { [key]: value } })),
    });
  /** What the channel has been told after the next look. */
  const after = async (channel: string, now = new Date()) => {
    await tellDiverged(now);
    const { reader } = await database();
    const rows = await reader.prisma.notificationDelivery.findMany({ where: { channelId: channel } });
    return rows.map((row) => payloadOf(row).message);
  };
  const falling = Array.from({ length: 40 }, (_, i) => 2 * Math.exp(-i / 10) + 0.1);

  test("a value that is not finite is none as long as the loss comes back, three in a row are one", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await logged(run.id, "train/loss", [3, "NaN", 2, "NaN", "Infinity"]);
    expect(await after(channel)).toEqual([]);
    await logged(run.id, "train/loss", [2, "NaN", "NaN", "Infinity"], 5);
    const expected = ["train/loss is not finite from step 6 on. Nothing after it is of use."];
    expect(await after(channel)).toEqual(expected);
    expect(await titles(channel)).toEqual([`${run.name} diverged`]);
  });

  test("once a run, however often it is looked at and from however many servers", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await logged(run.id, "loss", ["NaN", "NaN", "NaN"]);
    await Promise.all([tellDiverged(new Date()), tellDiverged(new Date()), tellDiverged(new Date())]);
    await logged(run.id, "loss", [1, "NaN", "NaN", "NaN"], 3);
    expect(await after(channel)).toHaveLength(1);
  });

  test("a run that ended with one value that is not finite", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await logged(run.id, "val_loss", [3, 2, "NaN"]);
    expect(await after(channel)).toEqual([]);
    await finish(run.id, { status: "failed" });
    expect(await after(channel)).toEqual([
      "val_loss is not finite from step 2 on. Nothing after it is of use.",
    ]);
  });

  test("or after which nothing came for a while", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await logged(run.id, "loss", [3, 2, "NaN"]);
    expect(await after(channel)).toEqual([]);
    const later = new Date(Date.now() + MINUTE / 3);
    expect(await after(channel, later)).toEqual([
      "loss is not finite from step 2 on. Nothing after it is of use.",
    ]);
  });

  test("a loss that rises far above its best and stays there, not one that leaps and comes back", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await logged(run.id, "train/loss", [...falling, 9, 9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
    expect(await after(channel)).toEqual([]);
    await logged(run.id, "train/loss", Array<number>(4).fill(3), 48);
    expect(await after(channel), "not long enough").toEqual([]);
    await logged(run.id, "train/loss", Array<number>(12).fill(3), 52);
    expect(await after(channel)).toEqual([
      expect.stringMatching(/^train\/loss fell to 0\.1\d* .* then rose to 3/),
    ]);
    expect((await deliveries({ channel })).items[0]).toMatchObject({ event: "diverged", status: "pending" });
  });

  test("any other metric does not count, the primary one does", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    await logged(run.id, "grad_norm", ["Infinity", "Infinity", "Infinity"]);
    await logged(run.id, "score", ["NaN", "NaN", "NaN"]);
    expect(await after(channel)).toEqual([]);
    const { writer } = await database();
    await writer.prisma.project.update({
      where: { id: run.project.id },
      data: { primaryMetricKey: "score", primaryMetricMode: "max" },
    });
    expect(await after(channel)).toEqual(["score is not finite from step 0 on. Nothing after it is of use."]);
  });

  test("a run that has not logged for a while, or belongs elsewhere, is not looked at", async () => {
    const { run, channel } = await channelFor(["diverged"]);
    const other = await createRun();
    for (const { id } of [run, other]) await logged(id, "loss", ["NaN", "NaN", "NaN"]);
    await tellDiverged(new Date(Date.now() + 5 * MINUTE));
    expect(await told(channel)).toEqual([]);
    await tellDiverged(new Date());
    expect((await told(channel)).map((item) => item.run.id)).toEqual([run.id]);
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

test("what was sent or given up is forgotten after 30 days, what waits is not", async () => {
  const { run, channel } = await channelFor(["finished"]);
  await finish(run.id);
  const [waiting] = await told(channel);
  const in31Days = new Date(new Date(waiting!.created_at).getTime() + 31 * 24 * 60 * MINUTE);
  await purgeDeliveries(in31Days);
  expect(await told(channel)).toHaveLength(1);
  const { writer } = await database();
  await writer.prisma.notificationDelivery.update({ where: { id: waiting!.id }, data: { status: "failed" } });
  await purgeDeliveries(new Date(in31Days.getTime() - 2 * 24 * 60 * MINUTE));
  expect(await told(channel)).toHaveLength(1);
  await purgeDeliveries(in31Days);
  expect(await told(channel)).toEqual([]);
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
