import { afterEach, describe, expect, test } from "vitest";
import { KEPT_PARTS, PART } from "@/lib/domain/plateau/firings";
import { seededRandom } from "@/lib/domain/stats/random";
import { database } from "@/lib/server/db/database";
import { catchUp, runsBehind } from "@/lib/server/plateau/catch-up";
import { AT_ONCE } from "@/lib/server/plateau/fold-work";
import { Pool } from "@/lib/server/work/pool";
import { workers } from "@/lib/server/work/workers";
import { freshDatabase } from "@/tests/support/api";
import { controlOf, createRun, log, logValues, plateauOf, setPlateau } from "@/tests/support/seed";

freshDatabase();

const shared = globalThis as { __lrscopeWorkers?: ReturnType<typeof workers> };

/** Workers that have no time. */
function withoutTime(): void {
  const tasks = new Pool({ threads: 1, waiting: 10, limitMs: 1, heapMb: 256 });
  shared.__lrscopeWorkers = { ...workers(), tasks };
}

/** The next task gets new workers. */
const withTime = () => shared.__lrscopeWorkers?.tasks.close();
afterEach(withTime);

/** A check of it counts as 25 of torch's, and a value as four more: more values than fit into one request's transaction. */
const POLICY = { metric: "loss", detector: "trend", window: 100, patience: 5, mode: "min" } as const;
const MANY = Math.ceil(AT_ONCE / 25) + 100;
const random = seededRandom(3);
const VALUES = Array.from({ length: MANY }, (_, i) => Math.exp(-i / 900) + 0.05 * random());

const behindOf = async (runId: string) => {
  const { reader } = await database();
  const rows = await reader.prisma.plateauPolicy.findMany({ where: { runId } });
  return rows.map(({ behind }) => behind);
};

/** Without what differs between runs. */
const verdictOf = async (runId: string) =>
  (await plateauOf(runId)).map((policy) => ({
    ...policy,
    id: null,
    fired: policy.fired.map(({ step, since_step }) => ({ step, since_step })),
  }));

/** A few at a time, so that each call's values fit into its transaction. */
async function logInParts(runId: string): Promise<void> {
  for (let from = 0; from < MANY; from += 1000) {
    await logValues(runId, "loss", VALUES.slice(from, from + 1000), from);
  }
}

describe("more checks than a request may make in its transaction", () => {
  test("are made behind it, with the same verdict and one request, and the answer waits for them", async () => {
    const policies = [{ ...POLICY, action: "apply" as const }];
    const [all, parts] = [await createRun({ plateau: policies }), await createRun({ plateau: policies })];
    const { control } = await logValues(all.id, "loss", VALUES);
    expect(await behindOf(all.id)).toEqual([null]);
    expect(control).toMatchObject([{ kind: "scale_lr", status: "delivered" }]);
    expect(await controlOf(all.id)).toHaveLength(1);
    await logInParts(parts.id);
    expect(await verdictOf(all.id)).toEqual(await verdictOf(parts.id));

    const late = { points: [{ step: 0, time: 2e9, metrics: { loss: 0.1 } }] };
    for (const { id } of [all, parts]) await log(id, late);
    expect(await verdictOf(all.id)).toEqual(await verdictOf(parts.id));
    expect((await verdictOf(all.id))[0]?.best).not.toBeNull();
  });

  test("are made again for a policy that is set then, and none of it is news", async () => {
    const run = await createRun();
    await logInParts(run.id);
    await setPlateau(run.id, [POLICY]);
    const [policy] = await plateauOf(run.id);
    expect(policy?.last_step).toBe(MANY - 1);
    expect(policy?.fired.length).toBeGreaterThan(1);
    expect(new Set(policy?.fired.map(({ withheld }) => withheld))).toEqual(
      new Set(["it lies before the policy was added"]),
    );
    expect(await controlOf(run.id)).toEqual([]);
  });

  test("that were cut off are made later, with all that came meanwhile, late values too", async () => {
    const [cut, whole] = [await createRun({ plateau: [POLICY] }), await createRun({ plateau: [POLICY] })];
    withoutTime();
    expect((await logValues(cut.id, "loss", VALUES)).accepted).toBe(MANY);
    expect(await behindOf(cut.id)).toEqual(["append"]);
    await log(cut.id, { points: [{ step: 7, time: 2e9, metrics: { loss: 9 } }] });
    expect(await behindOf(cut.id)).toEqual(["late"]);
    await logValues(cut.id, "loss", [5, 5, 5], MANY);
    expect(await behindOf(cut.id)).toEqual(["late"]);
    withTime();
    expect(await runsBehind()).toEqual([cut.id]);
    await catchUp(cut.id);
    expect([await behindOf(cut.id), await runsBehind()]).toEqual([[null], []]);

    await logInParts(whole.id);
    await log(whole.id, { points: [{ step: 7, time: 2e9, metrics: { loss: 9 } }] });
    await logValues(whole.id, "loss", [5, 5, 5], MANY);
    expect(await verdictOf(cut.id)).toEqual(await verdictOf(whole.id));
  });
});

describe("a rule that fires at every check", () => {
  const eager = { metric: "loss", detector: "torch", patience: 0, mode: "min", factor: 0.5 } as const;

  test("costs a call what is new, and is remembered as far as anybody asks", async () => {
    const run = await createRun({ plateau: [eager] });
    const most = (KEPT_PARTS + 1) * PART;
    for (let from = 0; from < most + PART + 2; from += 5000) {
      await logValues(run.id, "loss", Array<number>(Math.min(5000, most + PART + 2 - from)).fill(1), from);
    }
    await logValues(run.id, "loss", [1], most + PART + 2);
    const { reader } = await database();
    const row = await reader.prisma.plateauPolicy.findFirstOrThrow({ where: { runId: run.id } });
    expect((JSON.parse(row.fired) as unknown[]).length).toBeLessThanOrEqual(PART);
    const [policy] = await plateauOf(run.id);
    expect(policy?.fired.length).toBeLessThanOrEqual(most);
    expect(policy?.fired.at(-1)?.step).toBe(most + PART + 2);

    // A late value that beats them all takes the same part of them.
    await log(run.id, { points: [{ step: 0, time: 2e9, metrics: { loss: 2 } }] });
    expect((await plateauOf(run.id))[0]?.fired.length).toBeLessThanOrEqual(most);
  });
});
