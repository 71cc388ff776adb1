import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import type { ControlRequest } from "@/lib/contracts/control";
import { CONTROL_EVENTS, nextState } from "@/lib/domain/control/next-state";
import { closeDatabase } from "@/lib/server/db/database";
import { expireOverdueRequests } from "@/lib/server/maintenance";
import { freshDatabase } from "@/tests/support/api";
import { states } from "@/tests/support/control";
import { HonestJob } from "@/tests/support/honest-job";
import { approve, ask, reject, rollback, snooze } from "@/tests/support/routes";
import { controlOf, createRun, overlayOf } from "@/tests/support/seed";

freshDatabase();
afterEach(() => void vi.useRealTimers());

/** What the test believes: the histories as they were when last looked at. */
interface Model {
  histories: Map<string, string[]>;
}
interface World {
  job: HonestJob;
  requests: ControlRequest[];
}

/** One thing that somebody does; afterwards everything that must always hold is checked. */
class Deed implements fc.AsyncCommand<Model, World> {
  constructor(
    private readonly name: string,
    private readonly act: (world: World) => Promise<unknown>,
  ) {}
  check = () => true;
  toString = () => this.name;
  async run(model: Model, world: World): Promise<void> {
    await this.act(world);
    world.requests = await controlOf(world.job.runId);
    checkHistories(model, world.requests);
    checkEffect(world);
    const { events, lr } = await overlayOf(world.job.runId, {
      from: world.job.step + 5,
      to: world.job.step + 5,
    });
    expect(lr.effective?.lrs[0]?.at(-1) ?? 0.1).toBeCloseTo(0.1 * toldScale(world.job), 12);
    const firings = events.flatMap((event) => (event.kind === "plateau" ? [event.to_step] : []));
    expect(new Set(firings).size).toBe(firings.length);
  }
}

const toldScale = ({ told }: HonestJob) =>
  [...told.values()].reduce((product, factor) => product * factor, 1);

/** Every history is a path of the table from a beginning, and only ever grows. */
function checkHistories({ histories }: Model, requests: readonly ControlRequest[]): void {
  for (const request of requests) {
    const path = states(request);
    const known = histories.get(request.id) ?? [];
    expect(path.slice(0, known.length)).toEqual(known);
    histories.set(request.id, path);
    expect(path.at(-1)).toBe(request.status);
    expect(["recommended", "approved"]).toContain(path[0]);
    path.slice(1).forEach((to, i) => {
      const from = request.history[i]!.status;
      const late = from === "expired" && (to === "applied" || to === "failed") && path.includes("delivered");
      expect(late || CONTROL_EVENTS.some((event) => nextState(from, event) === to), path.join(" → ")).toBe(
        true,
      );
    });
    for (const once of ["approved", "delivered", "applied", "verified", "rolled_back"] as const) {
      expect(path.filter((state) => state === once).length, path.join(" → ")).toBeLessThan(2);
    }
  }
}

/** The server's idea of the scale is the product of what was applied and not taken back, and is what the job did. */
function checkEffect({ job, requests }: World): void {
  const done = requests.filter(({ status }) => ["applied", "verified"].includes(status));
  for (const { id } of done)
    expect(job.told.has(id), `${id} counts as applied, the job never said so`).toBe(true);
  const inForce = done.filter(({ rollback_of }) => rollback_of === null);
  const product = inForce.reduce((scale, { factor = 1 }) => scale * factor, 1);
  expect(product).toBeCloseTo(toldScale(job), 12);
  const fired = requests.flatMap(({ policy_id, fired_step }) =>
    policy_id ? [`${policy_id} ${fired_step}`] : [],
  );
  expect(new Set(fired).size).toBe(fired.length);
}

const nth = ({ requests }: World, n: number) => requests[n % Math.max(1, requests.length)];
/** Both at once; of two that cannot both be right at most one is told that it won. */
async function race(world: World, n: number, one: typeof approve, two: typeof approve) {
  const request = nth(world, n);
  if (!request) return;
  const answers = await Promise.all([one(request.id), two(request.id)]);
  for (const { status } of answers) expect([200, 201, 409]).toContain(status);
  if (one === two) expect(answers.filter(({ status }) => status < 300).length).toBeLessThan(2);
}

const which = fc.nat({ max: 4 });
const losses = fc.array(fc.constantFrom(1, 1, 1, 0.9), { minLength: 1, maxLength: 4 });
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const DEEDS = [
  losses.map((values) => new Deed(`log ${values}`, ({ job }) => job.log(values))),
  losses.map((values) => new Deed(`log ${values}`, ({ job }) => job.log(values))),
  fc
    .tuple(losses, fc.integer({ min: 1, max: 2 }))
    .map(
      ([values, lost]) =>
        new Deed(`log ${values}, ${lost} replies lost`, ({ job }) => job.log(values, { lost })),
    ),
  losses.map(
    (values) => new Deed(`log ${values}, acks held`, ({ job }) => job.log(values, { holdAcks: true })),
  ),
  which.map((n) => new Deed(`two approve ${n}`, (world) => race(world, n, approve, approve))),
  which.map((n) => new Deed(`approve and reject ${n}`, (world) => race(world, n, approve, reject))),
  which.map((n) => new Deed(`two roll back ${n}`, (world) => race(world, n, rollback, rollback))),
  which.map(
    (n) =>
      new Deed(`snooze ${n}`, async (world) => {
        const request = nth(world, n);
        if (request) expect([200, 409]).toContain((await snooze(request.id, { for: 600 })).status);
      }),
  ),
  fc
    .constantFrom(0.5, 2)
    .map(
      (factor) =>
        new Deed(`by hand ×${factor}`, ({ job }) =>
          ask(job.runId, { kind: "scale_lr", factor, expires_in: 120 }),
        ),
    ),
  fc
    .constantFrom(30, 3000, 90_000)
    .map((seconds) => new Deed(`${seconds} s pass`, async () => void later(seconds))),
  fc.constant(new Deed("a stop by hand", ({ job }) => ask(job.runId, { kind: "stop", expires_in: 120 }))),
  fc.constant(new Deed("the job asks", ({ job }) => job.poll())),
  fc.constant(new Deed("the job acknowledges apart", ({ job }) => job.ackApart())),
  fc.constant(new Deed("the job is killed and comes back", async ({ job }) => job.die())),
  losses.map((values) => new Deed(`late: ${values}`, ({ job }) => job.correct(values))),
  fc.constant(new Deed("the server restarts", closeDatabase)),
  fc.constant(new Deed("overdue requests are swept", () => expireOverdueRequests(new Date()))),
];

const policyThatWould = (action: "apply" | "recommend") =>
  ({ metric: "loss", detector: "torch", mode: "min", patience: 2, factor: 0.5, action }) as const;

async function begun(action: "apply" | "recommend"): Promise<World> {
  const run = await createRun({
    schedule: { kind: "constant", value: 0.1 },
    plateau: [policyThatWould(action)],
  });
  return { job: new HonestJob(run.id), requests: [] };
}

/** The deeds by name, for lives that have to occur whatever is drawn. */
const flat = (n: number, how = {}) =>
  new Deed(`${n} flat values`, ({ job }) => job.log(Array<number>(n).fill(1), how));
const pass = (seconds: number) => new Deed(`${seconds} s pass`, async () => void later(seconds));
const each = (name: string, act: (id: string) => Promise<unknown>) =>
  new Deed(name, async ({ requests }) => void (await Promise.all(requests.map(({ id }) => act(id)))));
const LIVES: readonly ["apply" | "recommend", string, readonly Deed[], readonly string[]][] = [
  [
    "apply",
    "a reply is lost",
    [flat(4, { lost: 2 }), flat(1), flat(1)],
    ["approved delivered applied verified"],
  ],
  [
    "apply",
    "acknowledged after it had expired",
    [flat(4), pass(90_000), new Deed("swept", () => expireOverdueRequests(new Date())), flat(1)],
    ["approved delivered expired applied verified"],
  ],
  [
    "apply",
    "the job dies with it in hand, is handed it again, and acknowledges apart",
    [
      flat(4),
      new Deed("killed", async ({ job }) => job.die()),
      new Deed("asks", ({ job }) => job.poll()),
      new Deed("restart", closeDatabase),
      new Deed("acknowledges", ({ job }) => job.ackApart()),
      flat(1),
    ],
    ["approved delivered applied verified"],
  ],
  [
    "apply",
    "the job is gone for good",
    [flat(4), pass(90_000), new Deed("swept", () => expireOverdueRequests(new Date()))],
    ["approved delivered expired"],
  ],
  ["recommend", "the plateau lasts", [flat(4), flat(3), flat(20)], ["recommended"]],
  [
    "recommend",
    "the metric improves, and stalls again",
    [flat(4), new Deed("improves", ({ job }) => job.log([0.5, 0.5, 0.5, 0.5]))],
    ["recommended", "recommended withdrawn"],
  ],
  ["recommend", "nobody decides", [flat(4), pass(90_000), flat(1)], ["recommended expired"]],
  ["recommend", "rejected", [flat(4), each("reject", reject), flat(1)], ["recommended rejected"]],
  [
    "recommend",
    "snoozed, then approved by two",
    [
      flat(4),
      each("snooze", (id) => snooze(id, { for: 600 })),
      new Deed("two approve", (world) => race(world, 0, approve, approve)),
      flat(1),
      flat(1),
    ],
    ["recommended recommended approved delivered applied verified"],
  ],
  [
    "apply",
    "rolled back",
    [flat(4), flat(1), each("roll back", rollback), flat(1), flat(1)],
    ["approved delivered applied verified rolled_back", "approved delivered applied verified"],
  ],
];

test.each(LIVES)("a policy that would %s: %s", async (action, _, deeds, expected) => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const world = await begun(action);
  const model: Model = { histories: new Map() };
  for (const deed of deeds) await deed.run(model, world);
  expect([...model.histories.values()].map((path) => path.join(" ")).sort()).toEqual([...expected].sort());
});

test.each(["apply", "recommend"] as const)(
  "a policy that would %s: whatever happens in whatever order, every request keeps to its life",
  async (action) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    await fc.assert(
      fc.asyncProperty(fc.commands(DEEDS, { maxCommands: 20, size: "max" }), async (deeds) => {
        const world = await begun(action);
        await fc.asyncModelRun(() => ({ model: { histories: new Map() }, real: world }), deeds);
        // Whatever was held back comes in the end, and nothing that the job did is lost.
        for (const loss of [0.5, 0.4, 0.3]) await world.job.log([loss]);
        await new Deed("the last word", ({ job }) => job.log([0.2])).run({ histories: new Map() }, world);
        expect(world.job.unsent).toEqual([]);
        expect(toldScale(world.job)).toBeCloseTo(world.job.scale, 12);
      }),
      { numRuns: 8 },
    );
  },
  120_000,
);
