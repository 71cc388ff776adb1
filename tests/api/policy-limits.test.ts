import { describe, expect, test } from "vitest";
import * as plateauRoute from "@/app/api/v1/runs/[run_id]/plateau/route";
import { setPlateau as setPlateauApi } from "@/lib/contracts/endpoints/control";
import { call, freshDatabase } from "@/tests/support/api";
import { point } from "@/tests/support/control";
import { refusedFields } from "@/tests/support/problem";
import { approve, ask, reject } from "@/tests/support/routes";
import { controlOf, createRun, finish, log, logValues, plateauOf } from "@/tests/support/seed";

freshDatabase();

const torch = {
  metric: "loss",
  detector: "torch",
  mode: "min",
  patience: 1,
  factor: 0.5,
  action: "apply",
} as const;

/** Logs a flat loss one step at a time, and carries out what is handed over, as a job would. */
async function flat(run_id: string, from: number, to: number) {
  let acks: { id: string; outcome: "applied" }[] = [];
  for (let step = from; step <= to; step += 1) {
    const { control } = await log(run_id, { points: [{ step, metrics: { loss: 1 } }], acks });
    acks = control.map(({ id }) => ({ id, outcome: "applied" as const }));
  }
}

const askedAt = async (run_id: string) =>
  (await controlOf(run_id)).map(({ fired_step }) => fired_step).reverse();
const firings = async (run_id: string) =>
  (await plateauOf(run_id))[0]!.fired.map(({ step, withheld }) => [step, withheld]);

describe("a policy keeps silent", () => {
  test("during its first checks, and before the step that it names; the detector sees them all the same", async () => {
    const [plain, warm, late] = await Promise.all(
      [{}, { warmup: 5 }, { not_before: 6 }].map((limits) =>
        createRun({ plateau: [{ ...torch, ...limits }] }),
      ),
    );
    for (const { id } of [plain!, warm!, late!]) await flat(id, 0, 9);
    expect(await askedAt(plain!.id)).toEqual([2, 4, 6, 8]);
    expect(await askedAt(warm!.id)).toEqual([6, 8]);
    expect(await askedAt(late!.id)).toEqual([6, 8]);
    expect((await plateauOf(late!.id))[0]?.description).toContain("not before step 6");
  });

  test("after its last cut; one that was turned down is none", async () => {
    const run = await createRun({ plateau: [{ ...torch, action: "recommend", max_cuts: 1 }] });
    await flat(run.id, 0, 2);
    await reject((await controlOf(run.id))[0]!.id);
    await flat(run.id, 3, 4);
    await approve((await controlOf(run.id))[0]!.id);
    await flat(run.id, 5, 9);
    expect(await askedAt(run.id)).toEqual([2, 4]);
    expect((await firings(run.id)).at(-1)).toEqual([8, "the policy makes at most one cut"]);
  });

  test("while another change is on its way, so that two policies do not cut for one plateau", async () => {
    const run = await createRun({ plateau: [torch, { ...torch, metric: "val" }] });
    for (let step = 0; step < 3; step += 1)
      await log(run.id, { points: [{ step, metrics: { loss: 1, val: 1 } }] });
    expect(await controlOf(run.id)).toHaveLength(1);
    const second = (await plateauOf(run.id))[1];
    expect(second?.fired).toMatchObject([
      { step: 2, control_id: null, withheld: expect.stringContaining("on its way") },
    ]);
  });

  test("after a change by hand, as it would after its own: cooldown, then patience anew", async () => {
    const run = await createRun({ plateau: [{ ...torch, patience: 2, cooldown: 2 }] });
    await logValues(run.id, "loss", [1, 1]);
    const { body } = await ask(run.id, { kind: "scale_lr", factor: 0.5 });
    await log(run.id, { points: [] });
    await log(run.id, { points: [], acks: [{ id: body.id, outcome: "applied", step: 2 }] });
    await flat(run.id, 2, 14);
    // Its rule fires at 3 and, after cooldown and patience, at 8 and 13; the first lies 2 checks after the change by hand.
    expect(await firings(run.id)).toEqual([
      [3, "someone else changed the LR at step 2, 2 checks before"],
      [8, null],
      [13, null],
    ]);
    expect(await askedAt(run.id)).toEqual([1, 8, 13]);
  });

  test("on a run that has ended, and where the data show an improvement since", async () => {
    const ended = await createRun({ plateau: [torch], resume: "allow" });
    await logValues(ended.id, "loss", [1]);
    await finish(ended.id);
    await logValues(ended.id, "loss", [1, 1], 1);
    expect(await firings(ended.id)).toEqual([[2, "the run is finished"]]);

    const improved = await createRun({ plateau: [{ ...torch, action: "recommend" }] });
    await logValues(improved.id, "loss", [1, 1, 1, 0.5]);
    expect((await firings(improved.id))[0]?.[1]).toContain("improved again");
    expect([...(await controlOf(ended.id)), ...(await controlOf(improved.id))]).toEqual([]);
  });

  test("but for a plateau that lasts, though a fast job's batch holds many checks since it fired", async () => {
    const run = await createRun({ plateau: [{ ...torch, cooldown: 20 }] });
    const { control } = await logValues(run.id, "loss", [1, 1, 1, 1, 1, 1, 1]);
    expect(control).toMatchObject([{ fired_step: 2 }]);
    expect(await firings(run.id)).toEqual([[2, null]]);
  });

  test("but for the last of several firings in one batch, when it recommends", async () => {
    const run = await createRun({ plateau: [{ ...torch, action: "recommend" }] });
    await logValues(run.id, "loss", [1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(await controlOf(run.id)).toMatchObject([{ fired_step: 8, factor: 0.5 }]);
    expect(await firings(run.id)).toEqual([
      ...[2, 4, 6].map((step) => [step, "the plateau was over by the time its data arrived"]),
      [8, null],
    ]);
  });

  test("no firing of a batch, when it applies: the job is asked once for all of them", async () => {
    const run = await createRun({ plateau: [torch] });
    const { control } = await logValues(run.id, "loss", [1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(control).toMatchObject([
      { fired_step: 8, factor: 0.5 ** 4, evidence: { cuts: 4, first_step: 2 } },
    ]);
    const id = control[0]!.id;
    expect((await plateauOf(run.id))[0]?.fired).toMatchObject(
      [2, 4, 6, 8].map((step) => ({ step, withheld: null, control_id: id })),
    );
  });

  test("beyond its last cut, though one request stands for several", async () => {
    const run = await createRun({ plateau: [{ ...torch, max_cuts: 3 }] });
    const { control } = await logValues(run.id, "loss", [1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(control).toMatchObject([{ factor: 0.5 ** 3, evidence: { cuts: 3 } }]);
    await log(run.id, { points: [], acks: [{ id: control[0]!.id, outcome: "applied" }] });
    await logValues(run.id, "loss", [1, 1], 9);
    expect((await firings(run.id)).at(-1)).toEqual([10, "the policy makes at most 3 cuts"]);
  });

  test("at its floor, by group", async () => {
    const run = await createRun({ plateau: [{ ...torch, min_lr: 0.1 }] });
    await log(run.id, { points: [point(0, 0.1)] });
    await logValues(run.id, "loss", [1, 1, 1]);
    expect(await firings(run.id)).toEqual([[2, "the LR is at the policy's floor already"]]);
  });
});

test.each([
  [{ warmup: -1 }, "policies[0].warmup"],
  [{ not_before: 1.5 }, "policies[0].not_before"],
  [{ max_cuts: 0 }, "policies[0].max_cuts"],
  [{ max_cuts: "two" }, "policies[0].max_cuts"],
])("%j is refused by name", async (limits, field) => {
  const run = await createRun();
  const body = { policies: [{ ...torch, ...limits }] };
  const answer = await call(plateauRoute.PUT, setPlateauApi, { params: { run_id: run.id }, body });
  expect(refusedFields(answer)).toEqual([field]);
});

test("GreedyLR's own warmup stays its own", async () => {
  const run = await createRun({
    plateau: [{ metric: "loss", detector: "greedy", mode: "min", warmup: 7, max_cuts: 3 }],
  });
  expect((await plateauOf(run.id))[0]?.description).not.toContain("first 7 checks");
});
