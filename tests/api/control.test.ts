import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { ControlRequest } from "@/lib/contracts/control";
import { freshDatabase } from "@/tests/support/api";
import { dump } from "@/tests/support/dump";
import { refusedFields } from "@/tests/support/problem";
import { ack, approve, ask, inbox, pending, reject } from "@/tests/support/routes";
import {
  controlOf,
  createRun,
  finish,
  log,
  logValues,
  mint,
  overlayOf,
  requestControl,
} from "@/tests/support/seed";

freshDatabase();

/** A run at a constant LR of 0.1 whose policy fires at step 3: torch, patience 2, a loss that never improves. */
async function plateaued(action: "recommend" | "apply", more: object = {}) {
  const run = await createRun({
    schedule: { kind: "constant", value: 0.1 },
    plateau: [{ metric: "loss", detector: "torch", mode: "min", patience: 2, factor: 0.5, action, ...more }],
  });
  const reply = await log(run.id, {
    points: [1, 1, 1, 1].map((loss, step) => ({ step, time: 1000 + step, metrics: { loss, lr: 0.1 } })),
  });
  const [request] = await controlOf(run.id);
  return { run, reply, request: request! };
}

const states = ({ history }: ControlRequest) => history.map(({ status }) => status);
const only = async (run_id: string) => (await controlOf(run_id))[0]!;
const point = (step: number, lr: number) => ({ step, time: 2000 + step, metrics: { lr } });

/** Moves the server's clock, which the requests of this test then read. */
function advance(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  onTestFinished(() => void vi.useRealTimers());
}

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

  test("a later firing takes the place of one that nobody decided on", async () => {
    const { run, request } = await plateaued("recommend");
    await log(run.id, { points: [4, 5, 6].map((step) => ({ step, metrics: { loss: 1 } })) });
    expect((await controlOf(run.id)).map(({ status, fired_step }) => [status, fired_step])).toEqual([
      ["recommended", 6],
      ["superseded", 3],
    ]);
    expect(await approve(request.id)).toMatchProblem(409, "conflict");
  });

  test("late data that proves it wrong takes it back", async () => {
    const { run, request } = await plateaued("recommend");
    await log(run.id, { points: [{ step: 2, time: 9000, metrics: { loss: 0.5 } }] });
    expect(await only(run.id)).toMatchObject({ id: request.id, status: "superseded" });
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

describe("a request by hand", () => {
  test("is approved by whoever makes it, and says what the LR will be", async () => {
    const run = await createRun();
    await log(run.id, { points: [point(0, 0.4)] });
    expect(await requestControl(run.id, { kind: "scale_lr", factor: 0.25 })).toMatchObject({
      status: "approved",
      lr: 0.1,
      factor: 0.25,
    });
    expect(await requestControl(run.id, { kind: "set_lr", lr: 0.003, reason: "too hot" })).toMatchObject({
      lr: 0.003,
      reason: "too hot",
    });
    expect(await requestControl(run.id, { kind: "stop" })).toMatchObject({
      kind: "stop",
      status: "approved",
    });
    const { control } = await log(run.id, { points: [point(1, 0.4)] });
    expect(control.map(({ kind }) => kind)).toEqual(["scale_lr", "set_lr", "stop"]);
  });

  test("expires when the job does not come for it in time", async () => {
    const run = await createRun();
    await requestControl(run.id, { kind: "set_lr", lr: 0.1, expires_in: 1 });
    advance(2);
    expect((await log(run.id, { points: [point(0, 0.4)] })).control).toEqual([]);
    expect(states(await only(run.id))).toEqual(["approved", "expired"]);
  });

  test("handed over in time and applied late, it counts: the job's word is the truth about the LR", async () => {
    const run = await createRun({ schedule: { kind: "constant", value: 0.4 } });
    const { id } = await requestControl(run.id, { kind: "scale_lr", factor: 0.5, expires_in: 1 });
    await log(run.id, { points: [point(0, 0.4)] });
    advance(5);
    expect((await log(run.id, { points: [point(1, 0.4)] })).control).toEqual([]);
    expect((await ack(id, { outcome: "applied", lr: 0.2, step: 2 })).body).toMatchObject({
      status: "applied",
      applied_step: 2,
    });
    expect((await only(run.id)).history.at(-1)?.note).toContain("expired");
    expect((await overlayOf(run.id, { to: 3 })).lr.effective?.lrs).toEqual([[0.4, 0.4, 0.2, 0.2]]);
  });

  test("never handed over, an ack for it fits nothing", async () => {
    const run = await createRun();
    const { id } = await requestControl(run.id, { kind: "stop" });
    expect(await ack(id, { outcome: "applied" })).toMatchProblem(409, "conflict");
    const reply = await log(run.id, { points: [point(0, 1)], acks: [{ id, outcome: "applied" }] });
    expect(reply).toMatchObject({ accepted: 1, warnings: [expect.stringContaining(id)] });
  });

  test.each<[object, string]>([
    [{ kind: "scale_lr" }, "factor"],
    [{ kind: "set_lr" }, "lr"],
    [{ kind: "set_lr", lr: -1 }, "lr"],
    [{ kind: "set_lr", lr: 1, factor: 2 }, "factor"],
    [{ kind: "stop", lr: 1 }, "lr"],
    [{ kind: "scale_lr", factor: 0 }, "factor"],
    [{ kind: "scale_lr", factor: 1001 }, "factor"],
    [{ kind: "stop", expires_in: 0 }, "expires_in"],
    [{ kind: "stop", reason: "\u0000" }, "reason"],
    [{ kind: "pause" }, "kind"],
    [{ kind: "stop", force: true }, "force"],
  ])("%j is refused by name", async (body, field) => {
    const run = await createRun();
    const before = await dump();
    const answer = await ask(run.id, body);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual([field]);
    expect(await dump()).toBe(before);
  });

  test("there is nobody to carry it out on a run that ended, or is not there", async () => {
    const run = await createRun();
    await finish(run.id);
    expect(await ask(run.id, { kind: "stop" })).toMatchProblem(409, "conflict");
    expect(await ask("nobody", { kind: "stop" })).toMatchProblem(404, "not_found");
    expect(await approve("nothing")).toMatchProblem(404, "not_found");
    expect(await ack("nothing", { outcome: "applied" })).toMatchProblem(404, "not_found");
  });
});

test("an ack for an unknown request, or another run's, is a warning, and the points are kept", async () => {
  const [run, other] = [await createRun(), await createRun()];
  const { id } = await requestControl(other.id, { kind: "stop" });
  const acks = [
    { id: "nothing", outcome: "applied" as const },
    { id, outcome: "applied" as const },
  ];
  const reply = await log(run.id, { points: [point(0, 0.1)], acks });
  expect(reply).toMatchObject({
    accepted: 1,
    warnings: [expect.stringContaining("nothing"), expect.stringContaining(id)],
  });
  expect((await only(other.id)).status).toBe("approved");
});

describe("the long poll", () => {
  test("answers as soon as a request is approved", async () => {
    const { run, request } = await plateaued("recommend");
    const polled = pending(run.id, { wait: 30 });
    expect((await approve(request.id)).status).toBe(200);
    expect((await polled).body.control).toMatchObject([{ id: request.id, status: "delivered" }]);
    expect((await pending(run.id)).body.control).toMatchObject([{ id: request.id }]);
  });

  test("answers at once without a wait, and ends when the job hangs up", async () => {
    const run = await createRun();
    expect((await pending(run.id)).body.control).toEqual([]);
    const hangUp = new AbortController();
    const polled = pending(run.id, { wait: 30 }, hangUp.signal);
    hangUp.abort();
    expect((await polled).body.control).toEqual([]);
  });

  test("says at once that there is no such run, and that the wait is too long", async () => {
    expect(await pending("nobody", { wait: 30 })).toMatchProblem(404, "not_found");
    expect(await pending("nobody", { wait: 31 })).toMatchProblem(422, "invalid_parameters");
  });
});

describe("lists", () => {
  test("a run's requests and the inbox, newest first, a page at a time", async () => {
    const run = await createRun({ project: mint("inbox") });
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) made.unshift((await requestControl(run.id, { kind: "stop" })).id);
    expect((await controlOf(run.id)).map(({ id }) => id)).toEqual(made);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof inbox>> = await inbox({
        status: "approved",
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.filter(({ run_id }) => run_id === run.id).map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(made);
  });
});

test("a job that never logs an LR still gets what a policy asks for", async () => {
  const run = await createRun({
    plateau: [{ metric: "loss", detector: "torch", patience: 1, action: "apply" }],
  });
  await logValues(run.id, "loss", [1, 1]);
  const { control } = await logValues(run.id, "loss", [1], 2);
  expect(control).toMatchObject([{ kind: "scale_lr", factor: 0.1, status: "delivered" }]);
  expect(control[0]).not.toHaveProperty("lr");
});
