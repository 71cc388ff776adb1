import { describe, expect, test } from "vitest";
import { freshDatabase } from "@/tests/support/api";
import { advance, only, plateaued, point, states } from "@/tests/support/control";
import { dump } from "@/tests/support/dump";
import { ack, approve, inbox, reject } from "@/tests/support/routes";
import { controlOf, log, overlayOf } from "@/tests/support/seed";

freshDatabase();

describe("a policy that applies", () => {
  test("delivered in the reply that fired it, again until acknowledged, then verified by the log", async () => {
    const { run, reply, request } = await plateaued("apply");
    expect(reply.control).toMatchObject([
      {
        id: request.id,
        kind: "scale_lr",
        factor: 0.5,
        lr: 0.05,
        expected_lr: 0.1,
        status: "delivered",
        fired_step: 3,
      },
    ]);
    const again = await log(run.id, { points: [point(4, 0.1)] });
    expect(again.control).toEqual(reply.control);
    expect(states(await only(run.id))).toEqual(["approved", "delivered"]);

    const acked = await log(run.id, {
      points: [],
      acks: [{ id: request.id, outcome: "applied", lr: 0.05, step: 5 }],
    });
    expect(acked).toMatchObject({ control: [], warnings: [] });
    expect(await only(run.id)).toMatchObject({ status: "applied", applied_step: 5, applied_lr: 0.05 });

    await log(run.id, { points: [point(5, 0.05)] });
    expect(states(await only(run.id))).toEqual(["approved", "delivered", "applied", "verified"]);
    expect((await log(run.id, { points: [point(6, 0.05)] })).control).toEqual([]);
  });

  test("ack and confirming log in one request; the same ack again changes nothing", async () => {
    const { run, request } = await plateaued("apply");
    const body = {
      points: [point(4, 0.05)],
      acks: [{ id: request.id, outcome: "applied" as const, lr: 0.05, step: 4 }],
    };
    await log(run.id, body);
    const verified = await only(run.id);
    expect(verified.status).toBe("verified");
    expect(await log(run.id, body)).toMatchObject({ duplicates: 1, warnings: [] });
    expect(await only(run.id)).toEqual(verified);
  });

  test("applied, but the log shows the old LR: failed", async () => {
    const { run, request } = await plateaued("apply");
    await log(run.id, {
      points: [point(4, 0.1)],
      acks: [{ id: request.id, outcome: "applied", lr: 0.05, step: 4 }],
    });
    expect(states(await only(run.id))).toEqual(["approved", "delivered", "applied", "failed"]);
    expect((await overlayOf(run.id)).lr.effective).toBeNull();
  });

  test("the job says that it could not", async () => {
    const { run, request } = await plateaued("apply");
    await log(run.id, { points: [], acks: [{ id: request.id, outcome: "failed", message: "frozen" }] });
    expect(await only(run.id)).toMatchObject({ status: "failed", applied_step: null });
    expect((await only(run.id)).history.at(-1)).toMatchObject({ by: "job", note: "frozen" });
  });

  test("nothing is asked for at the policy's floor", async () => {
    const { run } = await plateaued("apply", { min_lr: 0.1 });
    expect(await controlOf(run.id)).toEqual([]);
  });
});

describe("a recommendation", () => {
  test("waits in the inbox with evidence, and is handed over once approved", async () => {
    const { run, reply, request } = await plateaued("recommend");
    expect(reply.control).toEqual([]);
    const item = (await inbox({ status: "recommended", limit: 200 })).items.find(
      ({ id }) => id === request.id,
    );
    expect(item).toMatchObject({
      status: "recommended",
      evidence: {
        metric: "loss",
        step: 3,
        best: 1,
        best_step: 0,
        checks_since_best: 3,
        patience: 2,
        current_lr: 0.1,
      },
      run: { name: run.name, project: run.project, status: "running", last_step: 3 },
    });
    expect(request.reason).toContain("loss");
    const approved = await approve(request.id, { note: "looks right" });
    expect(approved.body).toMatchObject({ status: "approved" });
    expect(approved.body.history.at(-1)).toMatchObject({ by: "local user", note: "looks right" });
    expect((await log(run.id, { points: [point(4, 0.1)] })).control).toMatchObject([
      { id: request.id, status: "delivered" },
    ]);
  });

  test("the second to approve is told that it is done already", async () => {
    const { run, request } = await plateaued("recommend");
    const answers = await Promise.all([approve(request.id), approve(request.id), approve(request.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(states(await only(run.id))).toEqual(["recommended", "approved"]);
  });

  test("rejected, it is never handed over", async () => {
    const { run, request } = await plateaued("recommend");
    expect((await reject(request.id)).body.status).toBe("rejected");
    const before = await dump();
    expect(await approve(request.id)).toMatchProblem(409, "conflict");
    expect(await reject(request.id)).toMatchProblem(409, "conflict");
    expect(await ack(request.id, { outcome: "applied" })).toMatchProblem(409, "conflict");
    expect(await dump()).toBe(before);
    expect((await log(run.id, { points: [point(4, 0.1)] })).control).toEqual([]);
  });

  test("late data that proves it wrong takes it back", async () => {
    const { run, request } = await plateaued("recommend");
    await log(run.id, { points: [{ step: 2, time: 9000, metrics: { loss: 0.5 } }] });
    expect(await only(run.id)).toMatchObject({ id: request.id, status: "withdrawn" });
  });

  test("a stale one cannot be approved", async () => {
    const { request } = await plateaued("recommend");
    advance(86_401);
    expect(await approve(request.id)).toMatchProblem(409, "conflict");
    expect((await inbox({ status: "recommended", limit: 200 })).items.map(({ id }) => id)).not.toContain(
      request.id,
    );
  });
});
