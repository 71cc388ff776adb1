import { describe, expect, test } from "vitest";
import { freshDatabase } from "@/tests/support/api";
import { advance, only, point, states } from "@/tests/support/control";
import { dump } from "@/tests/support/dump";
import { refusedFields } from "@/tests/support/problem";
import { ack, approve, ask } from "@/tests/support/routes";
import {
  createRun,
  finish,
  getRun,
  log,
  logValues,
  overlayOf,
  requestControl,
  type RunBody,
} from "@/tests/support/seed";

freshDatabase();

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

  test("a stop says on the run's chart who asked for it", async () => {
    const run = await createRun();
    await log(run.id, { points: [point(0, 0.4)] });
    const { id } = await requestControl(run.id, { kind: "stop", reason: "overfits" });
    await log(run.id, { points: [point(1, 0.4)] });
    await ack(id, { outcome: "applied", step: 2 });
    await finish(run.id);
    const { events } = await overlayOf(run.id);
    expect(events).toMatchObject([
      { kind: "control", label: "stop", step: 2, message: "Asked for by local user: overfits" },
    ]);
    expect((await getRun(run.id)).status).toBe("killed");
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

describe("the LR that its author saw", () => {
  test("is the current one unless said otherwise, where nothing else moves it", async () => {
    const still = await createRun({ schedule: { kind: "constant", value: 0.4 } });
    const moving = await createRun({ schedule: { kind: "cosine", peak: 0.4, floor: 0, steps: 100 } });
    const undeclared = await createRun();
    for (const { id } of [still, moving, undeclared])
      await log(id, { points: [point(0, 0.4), point(1, 0.4)] });
    const half = { kind: "scale_lr", factor: 0.5 } as const;
    expect(await requestControl(still.id, half)).toMatchObject({ expected_lr: 0.4, lr: 0.2 });
    expect(await requestControl(undeclared.id, half)).toMatchObject({ expected_lr: 0.4 });
    expect(await requestControl(moving.id, half)).not.toHaveProperty("expected_lr");
    expect(await requestControl(moving.id, { ...half, expected_lr: 0.3 })).toMatchObject({
      expected_lr: 0.3,
    });
    await log(undeclared.id, { points: [point(2, 0.39)] });
    expect(await requestControl(undeclared.id, half)).not.toHaveProperty("expected_lr");
    expect(await requestControl(still.id, { kind: "stop" })).not.toHaveProperty("expected_lr");
  });
});

describe("a stop", () => {
  test("that the job obeyed ends the run as killed, whatever the job calls it, and is verified by the end", async () => {
    const run = await createRun();
    const { id } = await requestControl(run.id, { kind: "stop", reason: "diverges" });
    const { control } = await log(run.id, { points: [point(0, 0.4)] });
    await log(run.id, {
      points: [point(1, 0.4)],
      acks: [{ id: control[0]!.id, outcome: "applied", step: 2 }],
    });
    expect((await only(run.id)).status).toBe("applied");
    expect(await finish(run.id)).toMatchObject({ status: "killed" });
    expect(await finish(run.id)).toMatchObject({ status: "killed" });
    const stop = await only(run.id);
    expect(states(stop)).toEqual(["approved", "delivered", "applied", "verified"]);
    expect(stop).toMatchObject({ id, applied_step: 2, reason: "diverges" });
    expect(stop.history.at(-1)).toMatchObject({ by: "server", note: "the run ended as killed" });
  });

  test("that the job had not taken up yet leaves the end as it is", async () => {
    const run = await createRun();
    await requestControl(run.id, { kind: "stop" });
    await finish(run.id);
    expect((await getRun(run.id)).status).toBe("finished");
    expect(states(await only(run.id))).toEqual(["approved", "expired"]);
  });

  test("of a run that crashed does not hide the crash", async () => {
    const run = await createRun();
    const { id } = await requestControl(run.id, { kind: "stop" });
    await log(run.id, { points: [point(0, 0.4)] });
    await ack(id, { outcome: "applied" });
    expect(await finish(run.id, { status: "failed" })).toMatchObject({ status: "failed" });
  });
});

test.each<[string, RunBody["schedule"], object]>([
  ["a schedule by steps tells", { kind: "constant", value: 0.1 }, { current_lr: 0.1 }],
  ["a rule that follows a metric does not", { kind: "reduce_on_plateau", peak: 0.1, monitor: "loss" }, {}],
])("the LR of a job that logs none: %s", async (_, schedule, evidence) => {
  const run = await createRun({ schedule });
  await logValues(run.id, "loss", [1, 1, 1]);
  expect((await requestControl(run.id, { kind: "scale_lr", factor: 0.5 })).evidence).toEqual(evidence);
});
