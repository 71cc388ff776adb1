import { describe, expect, test } from "vitest";
import { freshDatabase } from "@/tests/support/api";
import { advance, only, point } from "@/tests/support/control";
import { approve, inbox, reject, snooze } from "@/tests/support/routes";
import { controlOf, createRun, log, overlayOf, plateauOf, setPlateau } from "@/tests/support/seed";

freshDatabase();

const POLICY = {
  metric: "loss",
  detector: "torch",
  mode: "min",
  patience: 2,
  factor: 0.5,
  action: "recommend",
} as const;

/** Logs `losses` from step `from` on, five in a call, at an LR. */
async function logFrom(run_id: string, from: number, losses: readonly number[], lr = 0.1) {
  const points = losses.map((loss, i) => ({
    step: from + i,
    time: 1000 + from + i,
    metrics: { loss, lr },
  }));
  for (let i = 0; i < points.length; i += 5) await log(run_id, { points: points.slice(i, i + 5) });
}

/** A run that improved to 1 at step 1 and has stood still since, for `flat` checks. */
async function stalled(flat: number, policy: object = {}) {
  const run = await createRun({
    schedule: { kind: "constant", value: 0.1 },
    plateau: [{ ...POLICY, ...policy }],
  });
  await logFrom(run.id, 0, [2, 1, ...Array<number>(flat).fill(1)]);
  return run;
}

const waiting = async () => (await inbox({ status: "recommended", limit: 200 })).items.map(({ id }) => id);

describe("one plateau is one thing", () => {
  test("one request, whose id and version stay while its evidence is brought up to date", async () => {
    const run = await stalled(3);
    const first = await only(run.id);
    expect(first).toMatchObject({ status: "recommended", version: 1, fired_step: 4 });
    await logFrom(run.id, 5, Array<number>(40).fill(1));
    expect(await controlOf(run.id)).toHaveLength(1);
    const last = await only(run.id);
    expect(last).toMatchObject({
      ...{ id: first.id, version: 1, fired_step: 4, lr: first.lr, history: first.history },
      evidence: { best_step: 1, checks_since_best: 43, step: 44 },
      reason: "loss has not improved on 1 (step 1) by more than 0.01 % in 43 checks.",
    });
    expect(await waiting()).toContain(first.id);
  });

  test("one event and one band, which grows; every firing is the one request's", async () => {
    const run = await stalled(30);
    const { events } = await overlayOf(run.id);
    const [request] = await controlOf(run.id);
    expect(events).toEqual([
      {
        ...{ kind: "plateau", from_step: 1, to_step: 31, checks: 30, metric: "loss" },
        message: expect.stringContaining("loss has not improved on 1 (step 1)"),
        control_id: request!.id,
      },
    ]);
    const [policy] = await plateauOf(run.id);
    expect(policy!.fired.length).toBeGreaterThan(5);
    expect(new Set(policy!.fired.map(({ control_id: id }) => id))).toEqual(new Set([request!.id]));
    expect(policy!.fired.every(({ withheld }) => withheld === null)).toBe(true);
  });

  test("after an improvement the next plateau is another one, with a request of its own", async () => {
    const run = await stalled(8);
    await logFrom(run.id, 10, [0.5, 0.5, 0.5, 0.5, 0.5]);
    const bands = (await overlayOf(run.id)).events.map((event) =>
      event.kind === "plateau" ? [event.from_step, event.to_step, event.checks] : event.kind,
    );
    expect(bands).toEqual([
      [1, 9, 8],
      [10, 14, 4],
    ]);
    expect((await controlOf(run.id)).map(({ status, fired_step }) => [status, fired_step])).toEqual([
      ["recommended", 13],
      ["withdrawn", 4],
    ]);
  });

  test("it lasts as long as its plateau, a day beyond the last check", async () => {
    const run = await stalled(3);
    advance(80_000);
    await logFrom(run.id, 5, [1]);
    advance(80_000);
    const { id } = await only(run.id);
    expect(await waiting()).toContain(id);
    expect((await approve(id)).status).toBe(200);
  });

  test("also while it is snoozed", async () => {
    const run = await stalled(3);
    const { id } = await only(run.id);
    const { body } = await snooze(id, { for: 3600 });
    await logFrom(run.id, 5, [1, 1, 1, 1]);
    expect(await only(run.id)).toMatchObject({ id, snoozed_until: body.snoozed_until });
    expect(await waiting()).not.toContain(id);
  });

  test.each(["keras", "timm", "optax", "greedy", "trend"])("by the rule of %s", async (detector) => {
    const run = await stalled(60, { detector, mode: "min" });
    const requests = await controlOf(run.id);
    expect(requests).toMatchObject([{ status: "recommended", version: 1 }]);
    await logFrom(run.id, 62, [0.1, 0.1, 0.1, 0.1, 0.1]);
    expect((await controlOf(run.id)).find(({ id }) => id === requests[0]!.id)?.status).toBe("withdrawn");
  });
});

describe("a better value that the rule counts withdraws what nobody answered", () => {
  test("with that reason, and out of the inbox", async () => {
    const run = await stalled(5);
    const { id } = await only(run.id);
    await logFrom(run.id, 7, [0.8]);
    const request = await only(run.id);
    expect(request).toMatchObject({ id, status: "withdrawn" });
    expect(request.history.at(-1)).toMatchObject({ by: "policy", note: "loss improved at step 7" });
    expect(await waiting()).not.toContain(id);
    expect(await approve(id)).toMatchProblem(409, "conflict");
  });

  test("one within the threshold does not", async () => {
    const run = await stalled(5, { threshold: 0.1 });
    await logFrom(run.id, 7, [0.95]);
    expect((await only(run.id)).status).toBe("recommended");
  });

  test("nor does it call back what was approved", async () => {
    const run = await stalled(5);
    const { id } = await only(run.id);
    await approve(id);
    await logFrom(run.id, 7, [0.8]);
    expect(await only(run.id)).toMatchObject({ id, status: "delivered" });
  });
});

describe("an answer names the version that was read", () => {
  test("it stands while what is asked for is the same, however long the plateau has become", async () => {
    const run = await stalled(3);
    const read = await only(run.id);
    await logFrom(run.id, 5, [1, 1, 1, 1]);
    expect((await approve(read.id, { version: read.version })).body).toMatchObject({ status: "approved" });
  });

  test.each([
    ["approve", approve],
    ["reject", reject],
  ])("%s is refused once the LR that it leads to has changed", async (_, answer) => {
    const run = await stalled(3);
    const read = await only(run.id);
    await logFrom(run.id, 5, [1, 1], 0.04);
    const now = await only(run.id);
    expect(now).toMatchObject({
      id: read.id,
      version: 2,
      lr: 0.02,
      expected_lr: 0.04,
      status: "recommended",
    });
    const refused = await answer(read.id, { version: 1 });
    expect(refused).toMatchProblem(409, "conflict");
    expect(refused.problem?.detail).toContain("version 2 asks for a factor of 0.5 and an LR of 0.02");
    expect((await only(run.id)).status).toBe("recommended");
    expect((await answer(read.id, { version: 2 })).status).toBe(200);
  });

  test("and once its factor has, by another policy", async () => {
    const run = await stalled(3);
    const read = await only(run.id);
    await setPlateau(run.id, [{ ...POLICY, factor: 0.2 }]);
    await logFrom(run.id, 5, [1]);
    expect(await only(run.id)).toMatchObject({ id: read.id, version: 2, factor: 0.2 });
    expect(await approve(read.id, { version: 1 })).toMatchProblem(409, "conflict");
  });

  test("without a version whatever stands is answered", async () => {
    const run = await stalled(3);
    const { id } = await only(run.id);
    await logFrom(run.id, 5, [1], 0.04);
    expect((await approve(id)).status).toBe(200);
  });

  test("under a schedule that moves the LR by itself the factor is what was read", async () => {
    const run = await createRun({
      schedule: { kind: "linear", from: 0.1, to: 0, steps: 100 },
      plateau: [POLICY],
    });
    const lrAt = (step: number) => 0.1 * (1 - step / 100);
    for (let step = 0; step < 12; step += 1)
      await log(run.id, { points: [{ step, metrics: { loss: 1, lr: lrAt(step) } }] });
    const request = await only(run.id);
    expect(request).toMatchObject({ version: 1, factor: 0.5, evidence: { current_lr: lrAt(11) } });
    expect(request.lr).toBeCloseTo(lrAt(11) / 2, 12);
  });

  test("without a schedule an LR that moved counts once it stands", async () => {
    const run = await createRun({ plateau: [POLICY] });
    await logFrom(run.id, 0, [1, 1, 1, 1], 0.1);
    await logFrom(run.id, 4, [1], 0.05);
    expect(await only(run.id)).toMatchObject({ version: 1, lr: 0.05, evidence: { current_lr: 0.1 } });
    await logFrom(run.id, 5, [1], 0.05);
    expect(await only(run.id)).toMatchObject({ version: 2, lr: 0.025, expected_lr: 0.05 });
  });

  test("at the policy's floor there is nothing left to recommend", async () => {
    const run = await stalled(3, { min_lr: 0.04 });
    await logFrom(run.id, 5, [1], 0.04);
    const request = await only(run.id);
    expect(request.status).toBe("withdrawn");
    expect(request.history.at(-1)?.note).toContain("floor");
  });
});

test("a point without the metric leaves the recommendation as it is", async () => {
  const run = await stalled(3);
  const before = await only(run.id);
  await log(run.id, { points: [point(9, 0.02)] });
  expect(await only(run.id)).toEqual(before);
});
