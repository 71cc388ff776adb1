import { beforeAll, describe, expect, test, vi } from "vitest";
import * as deliveriesRoute from "@/app/api/v1/notifications/deliveries/route";
import { listDeliveries } from "@/lib/contracts/endpoints/notifications";
import type { Delivery } from "@/lib/contracts/notifications";
import { WebhookBody } from "@/lib/contracts/notifications";
import { MAX_ATTEMPTS } from "@/lib/domain/notify/retry";
import { closeDatabase, database } from "@/lib/server/db/database";
import { purgeOld } from "@/lib/server/maintenance";
import { sendDue } from "@/lib/server/notify/sender";
import { call, freshDatabase } from "@/tests/support/api";
import {
  bringBack,
  change,
  channels,
  create,
  deliveries,
  remove,
  retry,
} from "@/tests/support/notifications";
import { mailReceiver, webReceiver } from "@/tests/support/receivers";
import { createRun, finish } from "@/tests/support/seed";

freshDatabase();
beforeAll(() => {
  vi.stubEnv("LRSCOPE_NOTIFY_PRIVATE", "1");
  vi.stubEnv("LRSCOPE_PUBLIC_URL", "https://lr.example");
});

type Receiver = Awaited<ReturnType<typeof webReceiver>>;

/** A run that finished, in a project of its own with one channel, whose message waits to be sent. */
async function finished(target: object) {
  const run = await createRun();
  const { id: channel } = (await create({ target, project: run.project.id, events: ["finished"] })).body;
  await finish(run.id);
  return { run, channel };
}

const hook = ({ url }: Pick<Receiver, "url">) => ({ kind: "webhook", url });
const only = async (channel: string): Promise<Delivery> => {
  const { items } = await deliveries({ channel });
  expect(items).toHaveLength(1);
  return items[0]!;
};
/** Sends what is due at the time that the delivery waits for. */
const sendWhenDue = async (channel: string) => sendDue(new Date((await only(channel)).due_at!));

describe("sending", () => {
  test("a message is sent once, with what happened", async () => {
    const receiver = await webReceiver();
    const { run, channel } = await finished(hook(receiver));
    expect(await only(channel)).toMatchObject({ status: "pending", attempts: 0, sent_at: null });
    await sendDue(new Date());
    await sendDue(new Date());
    expect(receiver.got).toHaveLength(1);
    const said = WebhookBody.parse(JSON.parse(receiver.got[0]!.body));
    const delivery = await only(channel);
    expect(delivery).toMatchObject({ status: "sent", attempts: 1, due_at: null, error: "" });
    expect(said).toMatchObject({
      id: delivery.id,
      event: "finished",
      title: `${run.name} finished`,
      project: run.project,
      run: {
        id: run.id,
        status: "finished",
        url: `https://lr.example/projects/${run.project.id}/runs/${run.id}`,
      },
    });
    expect(said.sent_at).toBeGreaterThanOrEqual(said.happened_at);
  });

  test("by e-mail, with a link and an id of its own", async () => {
    const { got, port } = await mailReceiver();
    const { run, channel } = await finished({
      kind: "email",
      host: "127.0.0.1",
      port,
      security: "none",
      from: "l@example.com",
      to: ["a@example.com"],
    });
    await sendDue(new Date());
    const { id } = await only(channel);
    expect(got[0]!.source).toContain(`Subject: ${run.name} finished`);
    expect(got[0]!.source).toContain(`Message-ID: <${id}@lrscope>`);
    expect(got[0]!.source.replaceAll("=\r\n", "")).toContain(`/runs/${run.id}`);
  });

  test("a server in trouble is tried again, later each time, until it takes the message", async () => {
    const receiver = await webReceiver([{ status: 500, body: "down" }, { status: 429 }]);
    const { channel } = await finished(hook(receiver));
    const waits = [];
    for (const [attempts, error] of [
      [1, "answered 500: down"],
      [2, "answered 429: ok"],
    ]) {
      const before = new Date((await only(channel)).due_at!);
      await sendWhenDue(channel);
      const after = await only(channel);
      expect(after).toMatchObject({ status: "pending", attempts, error });
      waits.push(new Date(after.due_at!).getTime() - before.getTime());
      expect(await sendDue(new Date(new Date(after.due_at!).getTime() - 1))).toBe(0);
    }
    expect(waits[0]).toBeGreaterThanOrEqual(10_000);
    expect(waits[0]).toBeLessThanOrEqual(20_000);
    expect(waits[1]).toBeGreaterThanOrEqual(20_000);
    await sendWhenDue(channel);
    expect(await only(channel)).toMatchObject({ status: "sent", attempts: 3, error: "" });
    const ids = receiver.got.map(({ headers }) => headers["x-lrscope-delivery"]);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(3);
  });

  test("one that never answers well has failed after its last try, with the reason, and can be tried again", async () => {
    const receiver = await webReceiver(Array.from({ length: MAX_ATTEMPTS }, () => ({ status: 503 })));
    const { channel } = await finished(hook(receiver));
    for (let i = 0; i < MAX_ATTEMPTS; i += 1) await sendWhenDue(channel);
    const failed = await only(channel);
    expect(failed).toMatchObject({
      status: "failed",
      attempts: MAX_ATTEMPTS,
      due_at: null,
      error: "answered 503: ok",
    });
    const again = await retry(failed.id);
    expect(again.body).toMatchObject({ status: "pending", attempts: 0 });
    expect(await retry(failed.id)).toMatchProblem(409, "conflict");
    await sendWhenDue(channel);
    expect(await only(channel)).toMatchObject({ status: "sent", attempts: 1 });
    expect(await retry(failed.id)).toMatchProblem(409, "conflict");
    expect(await retry("nothing")).toMatchProblem(404, "not_found");
  });

  test("a plain refusal is not tried again", async () => {
    const receiver = await webReceiver([{ status: 410, body: "gone" }]);
    const { channel } = await finished(hook(receiver));
    await sendDue(new Date());
    expect(await only(channel)).toMatchObject({ status: "failed", attempts: 1, error: "answered 410: gone" });
  });

  test("several servers send it once", async () => {
    const receiver = await webReceiver();
    const { channel } = await finished(hook(receiver));
    const now = new Date();
    const tried = await Promise.all([sendDue(now), sendDue(now), sendDue(now)]);
    expect(tried.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(receiver.got).toHaveLength(1);
    expect(await only(channel)).toMatchObject({ status: "sent", attempts: 1 });
  });
});

describe("after a restart", () => {
  test("what waited is sent", async () => {
    const receiver = await webReceiver([{ status: 502 }]);
    const { channel } = await finished(hook(receiver));
    await sendDue(new Date());
    await closeDatabase();
    await sendWhenDue(channel);
    expect(await only(channel)).toMatchObject({ status: "sent", attempts: 2 });
  });

  test("a try that a server took into its grave is taken over when its lease is over, not before", async () => {
    const receiver = await webReceiver();
    const { channel } = await finished(hook(receiver));
    const { writer } = await database();
    const lease = new Date(Date.now() + 60_000);
    await writer.prisma.notificationDelivery.updateMany({
      where: { channelId: channel },
      data: { attempts: 1, dueAt: lease },
    });
    await closeDatabase();
    expect(await sendDue(new Date(lease.getTime() - 1))).toBe(0);
    expect(await sendDue(lease)).toBe(1);
    expect(await only(channel)).toMatchObject({ status: "sent", attempts: 2 });
  });
});

describe("a channel that is switched off", () => {
  test("gives up what waits, hears nothing new, and can have the old again when it is on", async () => {
    const receiver = await webReceiver();
    const { run, channel } = await finished(hook(receiver));
    await change(channel, { enabled: false });
    const off = await only(channel);
    expect(off).toMatchObject({ status: "failed", error: "the channel was switched off" });
    expect(await retry(off.id)).toMatchProblem(409, "conflict");
    const next = await createRun({ project: run.project.name });
    await finish(next.id);
    expect(await sendDue(new Date())).toBe(0);
    await only(channel);
    await change(channel, { enabled: true });
    expect((await retry(off.id)).body.status).toBe("pending");
    await sendWhenDue(channel);
    expect(receiver.got).toHaveLength(1);
  });

  test("and one that is deleted takes its deliveries with it", async () => {
    const receiver = await webReceiver();
    const { channel } = await finished(hook(receiver));
    await remove(channel);
    expect(await sendDue(new Date())).toBe(0);
    expect((await deliveries()).items.map((item) => item.channel.id)).not.toContain(channel);
    expect(await call(deliveriesRoute.GET, listDeliveries, { query: { channel } })).toMatchProblem(
      404,
      "not_found",
    );
  });

  test("until it is brought back, with its secret: then what waited is sent, and nothing that came between", async () => {
    const receiver = await webReceiver();
    const secret = "a-secret-that-nobody-can-read-back";
    const { channel, run } = await finished({ ...hook(receiver), secret });
    const [waiting] = (await deliveries({ channel })).items;
    await remove(channel);
    expect(await retry(waiting!.id)).toMatchProblem(404, "not_found");
    const between = await createRun({ project: run.project.name });
    await finish(between.id);
    expect(await sendDue(new Date())).toBe(0);
    expect((await bringBack(channel)).body).toMatchObject({ id: channel, target: { has_secret: true } });
    expect((await bringBack(channel)).status).toBe(200);
    await sendWhenDue(channel);
    expect(receiver.got.map(({ body }) => JSON.parse(body).run.id)).toEqual([run.id]);
    expect(receiver.got[0]?.headers["x-lrscope-signature"]).toBeDefined();
    expect((await channels()).items.map(({ id }) => id)).toContain(channel);
  });

  test("is gone for good after 30 days, with its secret and its messages", async () => {
    const { channel } = await finished(hook(await webReceiver()));
    await remove(channel);
    const day = 86_400_000;
    await purgeOld(new Date(Date.now() + 29 * day));
    const { reader } = await database();
    const kept = () => reader.prisma.notificationDelivery.count({ where: { channelId: channel } });
    expect(await kept()).toBe(1);
    await purgeOld(new Date(Date.now() + 31 * day));
    expect(await kept()).toBe(0);
    expect(await bringBack(channel)).toMatchProblem(404, "not_found");
  });
});
