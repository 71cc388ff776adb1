import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { every } from "@/lib/server/every";
import { startNotifications } from "@/lib/server/notify/start";
import { freshDatabase } from "@/tests/support/api";
import { create, deliveries } from "@/tests/support/notifications";
import { webReceiver } from "@/tests/support/receivers";
import { createRun, finish, log } from "@/tests/support/seed";

freshDatabase();
beforeAll(() => void vi.stubEnv("LRSCOPE_NOTIFY_PRIVATE", "1"));

const shared = globalThis as { __lrscopeShutdown?: Set<() => void> };
const shutdown = () => {
  for (const stop of shared.__lrscopeShutdown ?? []) stop();
};
afterAll(shutdown);

test("what waited when the server started is sent, what happens later is told, until it shuts down", async () => {
  const receiver = await webReceiver();
  const run = await createRun();
  const target = { kind: "webhook", url: receiver.url };
  await create({ target, project: run.project.id, events: ["finished", "diverged"] });
  await log(run.id, {
    points: [0, 1, 2].map((step) => ({ step, time: 1e9 + step, metrics: { loss: "NaN" as const } })),
  });
  await finish(run.id);
  startNotifications();
  startNotifications();
  const events = () => receiver.got.map(({ headers }) => headers["x-lrscope-event"]).sort();
  await vi.waitFor(() => expect(events()).toEqual(["diverged", "finished"]), { timeout: 30_000 });
  shutdown();
  const next = await createRun({ project: run.project.name });
  await finish(next.id);
  expect((await deliveries({ limit: 1 })).items[0]).toMatchObject({ status: "pending", attempts: 0 });
});

test("a turn comes after the end of the one before, also of one that failed, until it is stopped", async () => {
  vi.useFakeTimers();
  const begun: number[] = [];
  let end: () => void = () => undefined;
  const stop = every("the test", 1000, (now) => {
    begun.push(now.getTime());
    return new Promise((resolve, reject) => {
      end = begun.length === 1 ? () => reject(new Error("the database is locked")) : () => resolve(null);
    });
  });
  const start = begun[0]!;
  await vi.advanceTimersByTimeAsync(5000);
  expect(begun).toEqual([start]);
  end();
  await vi.advanceTimersByTimeAsync(999);
  expect(begun).toEqual([start]);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual([start, start + 6000]);
  end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun).toEqual([start, start + 6000, start + 7000]);
  stop();
  end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(begun).toHaveLength(3);
  vi.useRealTimers();
});
