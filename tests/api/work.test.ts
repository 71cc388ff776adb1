import { afterEach, describe, expect, test, vi } from "vitest";
import * as evaluateRoute from "@/app/api/v1/schedules/evaluate/route";
import * as backtestRoute from "@/app/api/v1/plateau/backtest/route";
import * as auditRoute from "@/app/api/v1/runs/[run_id]/audit/route";
import { getAudit } from "@/lib/contracts/endpoints/audit";
import { backtest, evaluateSchedule } from "@/lib/contracts/endpoints/system";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { backtest as replay } from "@/lib/domain/plateau/replay";
import { keepInferred } from "@/lib/server/audit/keep-inferred";
import { Pool } from "@/lib/server/work/pool";
import { SMALL } from "@/lib/server/work/run-task";
import { workers } from "@/lib/server/work/workers";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { createRun, getRun, logValues, overlayOf } from "@/tests/support/seed";

freshDatabase();

const shared = globalThis as { __lrscopeWorkers?: ReturnType<typeof workers> };

/** The pools of this process, with another limit: real workers that have no time. */
function withoutTime(): void {
  const tasks = new Pool({ threads: 1, waiting: 10, limitMs: 1, heapMb: 256 });
  shared.__lrscopeWorkers = { ...workers(), tasks };
}

/** The next task gets new workers. */
afterEach(() => {
  shared.__lrscopeWorkers?.tasks.close();
});

const spec = { kind: "cosine" as const, peak: 0.1, floor: 0, steps: 50_000 };
const evaluate = (steps: number, signal?: AbortSignal) =>
  call(evaluateRoute.POST, evaluateSchedule, { body: { schedule: spec, steps }, signal });

describe("where a task runs", () => {
  test("here when it is small, in a worker beyond that", async () => {
    delete shared.__lrscopeWorkers;
    expect((await evaluate(10_000)).status).toBe(200);
    expect(shared.__lrscopeWorkers).toBeUndefined();
    expect((await evaluate(10_001)).status).toBe(200);
    expect(shared.__lrscopeWorkers).toBeDefined();
    expect(SMALL).toBe(10_000);
  });

  test("makes no difference to the answer", async () => {
    const { body } = await evaluate(40_000);
    expect(body.lrs).toEqual([...(compileDeclared(spec).lrs(0, 40_000)[0] ?? [])]);
    const policy = { detector: "torch", metric: "loss", mode: "min", patience: 3, factor: 0.5 };
    const metrics = Array.from({ length: 2000 }, (_, i) => Math.sin(i) + 1 / (i + 1));
    const given = { policy, metrics, base_lrs: [0.1] };
    const { lrs_after, events } = await ok(backtestRoute.POST, backtest, { body: given });
    expect({ lrs_after, events }).toMatchObject(
      (({ lrs_after: lrs, events: fired }) => ({ lrs_after: lrs, events: fired }))(
        replay(policy as never, metrics, [0.1]),
      ),
    );
  });

  test("makes no difference to a refusal", async () => {
    const body = {
      schedule: { constructor: "StepLR", kwargs: { gama: 1 }, base_lrs: [0.1] },
      steps: 1_000_000,
    };
    const far = await call(evaluateRoute.POST, evaluateSchedule, { body });
    const near = await call(evaluateRoute.POST, evaluateSchedule, { body: { ...body, steps: 10 } });
    expect(far.problem).toMatchObject({ status: 422, code: "invalid_parameters" });
    expect({ ...far.problem, request_id: "" }).toEqual({ ...near.problem, request_id: "" });
  });

  test("makes no difference to a body that is none", async () => {
    const broken = (body: string) => call(evaluateRoute.POST, evaluateSchedule, { body });
    for (const body of ["{", `{"schedule": ${" ".repeat(100_000)}`]) {
      expect((await broken(body)).problem).toMatchObject({ status: 400, code: "invalid_json" });
    }
  });
});

test("a client that leaves ends the work", async () => {
  const left = new AbortController();
  const body = {
    policy: { detector: "trend", window: 100, patience: 10, metric: "loss", mode: "min" },
    metrics: Array.from({ length: 200_000 }, (_, i) => Math.sin(i)),
  };
  const answer = call(backtestRoute.POST, backtest, { body, signal: left.signal });
  left.abort();
  expect((await answer).problem).toMatchObject({ detail: "the client left before it was answered" });
  expect((await evaluate(20_000)).status).toBe(200);
});

test("work that takes too long is refused with the limit and what would do", async () => {
  withoutTime();
  const { problem, response } = await evaluate(1_000_000);
  expect(problem).toMatchObject({
    status: 503,
    code: "unavailable",
    detail: expect.stringMatching(/stopped after 0\.001 seconds.*ask for less: fewer steps/) as string,
  });
  expect(response.headers.get("retry-after")).toBe("2");
});

test("what the pool of another bundle refuses is an error of this one's", async () => {
  withoutTime();
  vi.resetModules();
  const { runTask } = await import("@/lib/server/work/run-task");
  const { WorkLimitError } = await import("@/lib/server/work/work-limit-error");
  const { ServiceError } = await import("@/lib/server/errors");
  const bytes = new TextEncoder().encode(JSON.stringify({ schedule: spec, steps: 1_000_000 }));
  const { signal } = new AbortController();
  const refused = await runTask("evaluate", { bytes }, { signal }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WorkLimitError);
  shared.__lrscopeWorkers?.tasks.close();
  const body = { schedule: { constructor: "StepLR", kwargs: { gama: 1 } }, steps: 1_000_000 };
  const wrong = new TextEncoder().encode(JSON.stringify(body));
  const thrown = await runTask("evaluate", { bytes: wrong }, { signal }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ServiceError);
});

describe("a run whose log cannot be worked on in time", () => {
  const values = Array.from({ length: 40 }, (_, i) => 0.1 * 0.9 ** i);

  test("is shown without its audit, and not audited again before something changes", async () => {
    const run = await createRun({ schedule: spec });
    await logValues(run.id, "lr", values);
    withoutTime();
    const audit = () => call(auditRoute.GET, getAudit, { params: { run_id: run.id } });
    expect((await overlayOf(run.id)).audit.verdict).toBe("unfinished");
    expect((await audit()).problem).toMatchObject({ status: 503, code: "unavailable" });
    shared.__lrscopeWorkers?.tasks.close();
    expect((await audit()).problem).toMatchObject({ status: 503 });
    await logValues(run.id, "lr", [0.001], 40);
    expect((await audit()).body.verdict).toBe("drift");
  });

  test("gets no schedule from its log until it has grown", async () => {
    const run = await createRun();
    await logValues(run.id, "lr", values);
    withoutTime();
    await keepInferred();
    shared.__lrscopeWorkers?.tasks.close();
    await keepInferred();
    expect(await getRun(run.id)).toMatchObject({ schedule: null });
    await logValues(
      run.id,
      "lr",
      values.map((lr) => lr * 0.9 ** 40),
      40,
    );
    await keepInferred();
    expect(await getRun(run.id)).toMatchObject({ schedule_source: "inferred" });
  });
});
