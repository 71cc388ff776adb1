import { describe, expect, test } from "vitest";
import { freshDatabase } from "@/tests/support/api";
import { only, states } from "@/tests/support/control";
import { createRun, log, requestControl } from "@/tests/support/seed";

freshDatabase();

/** Metric names of two param groups, as frameworks write them. */
const NAMINGS = [
  ["lr", "lr/group_1"],
  ["lr", "lr/1"],
  ["lr/group0", "lr/group1"],
  ["train/lr/0", "train/lr/1"],
  ["lr-AdamW/pg1", "lr-AdamW/pg2"],
] as const;

const at = (step: number, keys: readonly string[], lrs: readonly number[]) => ({
  step,
  time: 1000 + step,
  metrics: Object.fromEntries(keys.map((key, g) => [key, lrs[g] ?? 0])),
});

/** A run of two groups whose LRs stand still, with a request for one of them handed over. */
async function twoGroups(keys: readonly string[], body: Parameters<typeof requestControl>[1]) {
  const run = await createRun();
  await log(run.id, { points: [at(0, keys, [0.1, 0.2]), at(1, keys, [0.1, 0.2])] });
  const request = await requestControl(run.id, body);
  await log(run.id, { points: [] });
  return { run, request };
}

const half = { kind: "scale_lr", factor: 0.5 } as const;

describe.each(NAMINGS)("%s and %s", (...keys) => {
  test("a request tells and expects one LR a group, and each is judged by its own log", async () => {
    const { run, request } = await twoGroups(keys, { ...half, group: 1 });
    expect(request).toMatchObject({ lr: [0.1, 0.1], expected_lr: [0.1, 0.2], group: 1 });
    const acks = [{ id: request.id, outcome: "applied" as const, lr: [0.1, 0.1], step: 2 }];
    await log(run.id, { points: [at(2, keys.slice(0, 1), [0.1])], acks });
    expect((await only(run.id)).status).toBe("applied");
    await log(run.id, { points: [at(3, keys, [0.1, 0.1])] });
    expect((await only(run.id)).history.at(-1)).toMatchObject({
      status: "verified",
      note: "step 3 was logged with LR 0.1",
    });
  });

  test("a group that stayed as it was contradicts the job, whatever the first one does", async () => {
    const { run, request } = await twoGroups(keys, half);
    expect(request).toMatchObject({ lr: [0.05, 0.1], expected_lr: [0.1, 0.2] });
    const acks = [{ id: request.id, outcome: "applied" as const, lr: [0.05, 0.1], step: 2 }];
    await log(run.id, { points: [at(2, keys, [0.05, 0.2])], acks });
    const failed = await only(run.id);
    expect(states(failed)).toEqual(["approved", "delivered", "applied", "failed"]);
    expect(failed.history.at(-1)?.note).toBe("step 2 was still logged with LR 0.2");
  });
});

test("where only the first group's LR is logged, that one is verified, and the history says so", async () => {
  const { run, request } = await twoGroups(["lr"], half);
  const acks = [{ id: request.id, outcome: "applied" as const, lr: [0.05, 0.1], step: 2 }];
  await log(run.id, { points: [at(2, ["lr"], [0.05])], acks });
  expect((await only(run.id)).history.at(-1)).toMatchObject({
    status: "verified",
    note: expect.stringContaining("of 2 param groups only the first can be checked"),
  });
});

test("a metric that only looks numbered is no param group", async () => {
  const run = await createRun();
  const keys = ["lr", "lr/2", "lr_mult", "val/1"];
  await log(run.id, { points: [at(0, keys, [0.1, 7, 7, 7]), at(1, keys, [0.1, 7, 7, 7])] });
  expect(await requestControl(run.id, half)).toMatchObject({ lr: 0.05, expected_lr: 0.1 });
});
