import { describe, expect, test } from "vitest";
import { freshDatabase } from "@/tests/support/api";
import { advance, cutRun, plateaued, point, states } from "@/tests/support/control";
import { dump } from "@/tests/support/dump";
import { ack, reject, rollback } from "@/tests/support/routes";
import { controlOf, createRun, finish, log, overlayOf, requestControl } from "@/tests/support/seed";

freshDatabase();

const byId = async (run_id: string, id: string) => (await controlOf(run_id)).find((row) => row.id === id)!;
const effectiveOf = async (run_id: string, to: number) =>
  (await overlayOf(run_id, { to })).lr.effective?.lrs[0];

/** Applies what waits for the job, at `step`, as a job at that LR would. */
async function carryOut(run_id: string, step: number, lr: number) {
  const { control } = await log(run_id, { points: [] });
  const acks = control.map(({ id }) => ({ id, outcome: "applied" as const, lr, step }));
  await log(run_id, { points: [point(step, lr)], acks });
  return control;
}

/** A change by hand that the job has applied at `step`. */
async function applied(run_id: string, body: Parameters<typeof requestControl>[1], step: number, lr: number) {
  const { id } = await requestControl(run_id, body);
  await carryOut(run_id, step, lr);
  return id;
}

describe("a cut is taken back", () => {
  test("by a request of its own, delivered and acknowledged like any other", async () => {
    const { run, id } = await cutRun();
    const asked = await rollback(id, { note: "too early" });
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({
      ...{ kind: "scale_lr", factor: 2, lr: 0.1, expected_lr: 0.05, min_lr: 0 },
      ...{ rollback_of: id, status: "approved", reason: "too early", policy_id: null },
    });
    expect((await byId(run.id, id)).status).toBe("verified");
    const [handed] = await carryOut(run.id, 8, 0.1);
    expect(handed).toMatchObject({ id: asked.body.id, status: "delivered" });
    expect(states(await byId(run.id, id)).at(-1)).toBe("rolled_back");
    expect((await byId(run.id, id)).history.at(-1)).toMatchObject({
      by: "job",
      note: "taken back at step 8",
    });
    expect(states(await byId(run.id, asked.body.id))).toEqual([
      "approved",
      "delivered",
      "applied",
      "verified",
    ]);
    expect(await effectiveOf(run.id, 9)).toEqual([0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.1, 0.1]);
  });

  test("also where the schedule has moved on: the former scale comes back, not the former LR", async () => {
    const run = await createRun({ schedule: { kind: "linear", from: 1, to: 0, steps: 10 } });
    await log(run.id, { points: [point(0, 1), point(1, 0.9)] });
    const id = await applied(run.id, { kind: "scale_lr", factor: 0.25 }, 2, 0.2);
    expect((await rollback(id)).body).toMatchObject({ kind: "scale_lr", factor: 4 });
    await carryOut(run.id, 6, 0.4);
    const lrs = await effectiveOf(run.id, 7);
    expect(lrs).toHaveLength(8);
    [1, 0.9, 0.2, 0.175, 0.15, 0.125, 0.4, 0.3].forEach((lr, step) =>
      expect(lrs?.[step]).toBeCloseTo(lr, 12),
    );
  });

  test("that the floor stopped: the LR from before is set, not the factor's inverse", async () => {
    const { run, request } = await plateaued("apply", { factor: 0.01, min_lr: 0.04 });
    await log(run.id, {
      points: [point(5, 0.04)],
      acks: [{ id: request.id, outcome: "applied", lr: 0.04, step: 5 }],
    });
    expect((await rollback(request.id)).body).toMatchObject({
      kind: "set_lr",
      lr: 0.1,
      expected_lr: 0.04,
      min_lr: 0,
    });
    await carryOut(run.id, 7, 0.1);
    expect(await effectiveOf(run.id, 7)).toEqual([0.1, 0.1, 0.1, 0.1, 0.1, 0.04, 0.04, 0.1]);
  });

  test("of a set LR under a moving schedule: by the ratio to what the schedule says", async () => {
    const run = await createRun({ schedule: { kind: "linear", from: 1, to: 0, steps: 10 } });
    await log(run.id, { points: [point(0, 1), point(1, 0.9)] });
    const id = await applied(run.id, { kind: "set_lr", lr: 0.2 }, 2, 0.2);
    expect((await rollback(id)).body).toMatchObject({ kind: "scale_lr", factor: 4 });
  });

  test("the last first: then the one below it may go too", async () => {
    const { run, id } = await cutRun();
    const second = await applied(run.id, { kind: "scale_lr", factor: 0.1 }, 6, 0.005);
    const before = await dump();
    const refused = await rollback(id);
    expect(refused).toMatchProblem(409, "conflict");
    expect(refused.problem?.detail).toContain("roll that one back first");
    expect(await dump()).toBe(before);
    expect((await rollback(second)).status).toBe(201);
    await carryOut(run.id, 7, 0.05);
    expect((await rollback(id)).status).toBe(201);
    await carryOut(run.id, 8, 0.1);
    expect((await effectiveOf(run.id, 8))?.slice(4)).toEqual([0.1, 0.05, 0.05 * 0.1, 0.05, 0.1]);
  });
});

describe("refused, with the reason", () => {
  const reasonOf = async (id: string) => {
    const answer = await rollback(id);
    expect(answer).toMatchProblem(409, "conflict");
    return answer.problem?.detail;
  };

  test("what was never applied, a stop, a rollback, and twice at once", async () => {
    const { request } = await plateaued("recommend");
    expect(await reasonOf(request.id)).toContain("cannot roll back a request that is recommended");
    const run = await createRun();
    expect(await reasonOf(await applied(run.id, { kind: "stop" }, 1, 1))).toContain("a stop cannot");
    const { run: cut, id } = await cutRun();
    const { body } = await rollback(id);
    expect(await reasonOf(id)).toContain("already");
    await carryOut(cut.id, 8, 0.1);
    expect(await reasonOf(id)).toContain("rolled back");
    expect(await reasonOf(body.id)).toContain("rollback itself");
  });

  test("after a day, after the run's end, and while another change is on its way", async () => {
    const ended = await cutRun();
    await finish(ended.run.id);
    expect(await reasonOf(ended.id)).toContain("the run is finished");
    const busy = await cutRun();
    const other = await requestControl(busy.run.id, { kind: "scale_lr", factor: 0.5 });
    expect(await reasonOf(busy.id)).toContain("on its way");
    await reject(other.id);
    const [one, two] = await Promise.all([rollback(busy.id), rollback(busy.id)]);
    expect([one.status, two.status].sort()).toEqual([201, 409]);
    const old = await cutRun();
    advance(86_401);
    expect(await reasonOf(old.id)).toContain("more than a day ago");
    expect(await rollback("nothing")).toMatchProblem(404, "not_found");
  });

  test("a set LR whose former one nobody knows", async () => {
    const run = await createRun();
    const id = await applied(run.id, { kind: "set_lr", lr: 0.2 }, 2, 0.2);
    expect(await reasonOf(id)).toContain("not known");
  });
});

describe("a rollback that does not happen", () => {
  test("leaves the change in force, and may be asked for again", async () => {
    const { run, id } = await cutRun();
    const first = (await rollback(id)).body;
    await reject(first.id);
    const second = (await rollback(id)).body;
    expect(second.rollback_of).toBe(id);
    await log(run.id, { points: [], acks: [] });
    await ack(second.id, { outcome: "failed", message: "frozen" });
    expect((await byId(run.id, id)).status).toBe("verified");
    expect((await rollback(id)).status).toBe(201);
  });

  test("in time but is acknowledged late, beside a second one: the job did both, so both count", async () => {
    const { run, id } = await cutRun();
    const first = (await rollback(id)).body;
    await log(run.id, { points: [] });
    advance(3601);
    await log(run.id, { points: [] });
    const second = (await rollback(id)).body;
    await carryOut(run.id, 8, 0.1);
    expect((await byId(run.id, id)).status).toBe("rolled_back");
    expect((await ack(first.id, { outcome: "applied", lr: 0.2, step: 9 })).body).toMatchObject({
      status: "applied",
    });
    expect((await byId(run.id, second.id)).rollback_of).toBe(id);
    expect((await effectiveOf(run.id, 9))?.slice(7)).toEqual([0.05, 0.1, 0.2]);
  });
});
