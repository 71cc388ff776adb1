import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sameLr } from "@/lib/domain/control/same-lr";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { replay } from "@/lib/domain/plateau/replay";
import { freshDatabase } from "@/tests/support/api";
import { ObedientJob } from "@/tests/support/obedient-job";
import { controlOf, createRun, log } from "@/tests/support/seed";

freshDatabase();

const DRAWS = 5;
const LENGTH = 24;

const TORCH = "torch.optim.lr_scheduler.ReduceLROnPlateau";

interface Policy {
  constructor: string;
  config: Record<string, unknown>;
}

/** The LRs by group after each value, as an object of the library in the job's own process would have set them. */
function localLrs(policy: Policy, bases: readonly number[], losses: readonly number[]): number[][] {
  const { lrs_after: lone, lrs_after_by_group: several } = replay(
    normalisePolicy(policy).spec,
    bases,
    losses,
  );
  const groups = several ?? [lone ?? []];
  return losses.map((_, i) => groups.map((lrs) => lrs[i]!));
}

/** How the job talks to the server; after each talk its LRs have to be what the local object says. */
type Talk = (job: ObedientJob, losses: readonly number[], settled: (done: number) => void) => Promise<void>;

const inBatches =
  (size: number): Talk =>
  async (job, losses, settled) => {
    for (let i = 0; i < losses.length; i += size) {
      await job.log(losses.slice(i, i + size));
      settled(Math.min(i + size, losses.length));
    }
  };

const TALKS: Record<string, Talk> = {
  "one by one, acknowledging with the next point": inBatches(1),
  "three at a time, acknowledging with the next three": inBatches(3),
  "one by one, acknowledging in a log call of its own": async (job, losses, settled) => {
    for (const [i, loss] of losses.entries()) {
      await job.log([loss]);
      settled(i + 1);
      await job.log([]);
    }
  },
  "one by one, acknowledging apart": async (job, losses, settled) => {
    for (const [i, loss] of losses.entries()) {
      await job.log([loss]);
      settled(i + 1);
      await job.ackApart();
    }
  },
  "one by one, acknowledging two calls late": async (job, losses, settled) => {
    for (const [i, loss] of losses.entries()) await job.log([loss], { holdAcks: i % 3 !== 2 });
    for (let i = 0; i < 3; i += 1) await job.log([]);
    settled(losses.length);
  },
};

async function follows(
  policy: Policy,
  bases: readonly number[],
  losses: readonly number[],
  talk: Talk,
): Promise<void> {
  const run = await createRun({ plateau: [{ metric: "loss", ...policy, action: "apply" }] });
  const job = new ObedientJob(run.id, bases);
  const local = localLrs(policy, bases, losses);
  await talk(job, losses, (done) => {
    const [got, want] = [job.lrs, local[done - 1]!];
    const same = want.every((lr, g) => sameLr(got[g]!, lr));
    expect(same, `after ${done}: commanded ${got.join(", ")}, local ${want.join(", ")}`).toBe(true);
  });
  expect(job.refused).toEqual([]);
}

const small = fc.nat({ max: 3 });
const factor = fc.constantFrom(0.1, 0.5, 0.7, 0.95);
const bases = fc.array(fc.constantFrom(3, 0.1, 1e-3, 2e-6, 1e-8), { minLength: 1, maxLength: 3 });
const losses = fc.array(fc.constantFrom(5, 4, 3, 3, 2, 2, 1, 1, 0.9, 0.5), {
  minLength: LENGTH,
  maxLength: LENGTH,
});
const threshold = fc.constantFrom(0, 1e-4, 0.1, 0.6);
const eps = fc.constantFrom(0, 1e-8, 1e-4, 0.02);
/** One floor, or one for each group. */
const floorFor = (groups: number) => {
  const floor = fc.constantFrom(0, 1e-9, 1e-4, 0.05);
  return fc.oneof(floor, fc.array(floor, { minLength: groups, maxLength: groups }));
};

type Drawn = [policy: Policy, bases: number[]];

/** Every rule with arguments drawn from all that its constructor takes. */
const RULES: Record<string, fc.Arbitrary<Drawn>> = {
  torch: bases.chain((rates) =>
    fc
      .record({
        ...{ factor, threshold, eps, patience: small, cooldown: small },
        mode: fc.constantFrom("min", "max"),
        threshold_mode: fc.constantFrom("rel", "abs"),
        min_lr: floorFor(rates.length),
      })
      .map((config): Drawn => [{ constructor: TORCH, config }, rates]),
  ),
  keras: fc
    .tuple(
      fc.record({
        factor,
        min_delta: threshold,
        patience: small,
        cooldown: small,
        mode: fc.constantFrom("min", "max"),
        min_lr: fc.constantFrom(0, 1e-4, 0.05, 2),
      }),
      bases.map((rates) => rates.slice(0, 1)),
    )
    .map(([config, rates]): Drawn => [{ constructor: "keras.callbacks.ReduceLROnPlateau", config }, rates]),
  timm: bases.chain((rates) =>
    fc
      .record({
        ...{ decay_rate: factor, threshold, patience_t: small, cooldown_t: small },
        lr_min: fc.constantFrom(0, 1e-4),
        mode: fc.constantFrom("min", "max"),
        warmup_t: fc.constantFrom(0, 0, 3),
        warmup_lr_init: fc.constant(1e-5),
      })
      .map((config): Drawn => [{ constructor: "timm.scheduler.PlateauLRScheduler", config }, rates]),
  ),
  optax: fc
    .tuple(
      fc.record({
        ...{ factor, rtol: fc.constantFrom(1e-4, 0.2), atol: fc.constantFrom(0, 0.1) },
        ...{ patience: small, cooldown: small },
        accumulation_size: fc.constantFrom(1, 2),
        min_scale: fc.constantFrom(0, 0.2),
      }),
      bases,
    )
    .map(([config, rates]): Drawn => [{ constructor: "optax.contrib.reduce_on_plateau", config }, rates]),
  greedy: bases.chain((rates) =>
    fc
      .record({
        ...{
          factor,
          threshold,
          eps: fc.constantFrom(0, 1e-8),
          patience: small,
          cooldown: small,
          warmup: small,
        },
        threshold_mode: fc.constantFrom("rel", "abs"),
        min_lr: floorFor(rates.length),
        max_lr: fc.constantFrom(1, 5),
        smooth: fc.boolean(),
        window_size: fc.constant(3),
        reset_start: fc.constantFrom(1, 2, 500),
      })
      .map((config): Drawn => [{ constructor: "transformers.optimization.GreedyLR", config }, rates]),
  ),
};

describe.each(Object.entries(RULES))("a job that obeys a policy by the rule of %s", (_, drawn) => {
  test.each(Object.entries(TALKS))(
    "has the LR that the library's own object would give it: %s",
    async (__, talk) => {
      await fc.assert(
        fc.asyncProperty(drawn, losses, ([policy, rates], values) => follows(policy, rates, values, talk)),
        { numRuns: DRAWS },
      );
    },
    600_000,
  );
});

describe("what a request leaves alone", () => {
  const flat = Array<number>(10).fill(1);

  test("an LR that the rule would change by no more than its eps", async () => {
    await follows({ constructor: TORCH, config: { patience: 0 } }, [1e-8], flat, inBatches(1));
    const run = await createRun({
      plateau: [{ metric: "loss", detector: "torch", patience: 0, eps: 0.02, factor: 0.9, action: "apply" }],
    });
    await new ObedientJob(run.id, [0.1]).log([1, 1]);
    expect(await controlOf(run.id)).toEqual([]);
  });

  test("the groups that are at their floors, or within eps, while the others are cut", async () => {
    const config = { patience: 1, min_lr: [0.05, 0, 0], eps: 1e-8 };
    await follows({ constructor: TORCH, config }, [0.1, 0.1, 1e-9], flat, inBatches(1));
  });
});

test.each([
  ["a declared schedule", { schedule: { kind: "constant" as const, value: 0.1 } }],
  ["its acknowledgements", {}],
])("a job that does not log its LR is known by %s", async (_, body) => {
  const config = { patience: 0, factor: 0.5, min_lr: 0.03, cooldown: 1 };
  const policy = { constructor: TORCH, config };
  const run = await createRun({ ...body, plateau: [{ metric: "loss", ...policy, action: "apply" }] });
  const job = new ObedientJob(run.id, [0.1], { logsLr: false, readsBack: true });
  const values = [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5];
  const local = localLrs(policy, [0.1], values);
  for (const [i, value] of values.entries()) {
    await job.log([value]);
    expect(job.lrs[0]).toBeCloseTo(local[i]![0]!, 12);
  }
  // At the floor there is nothing more to ask for.
  expect(await controlOf(run.id)).toHaveLength(2);
});

test("a job's backlog from before the last minute is one cut at most, and none when it is over", async () => {
  const plateau = [{ metric: "loss", constructor: TORCH, config: { patience: 0 }, action: "apply" as const }];
  const late = async (values: readonly number[]) => {
    const run = await createRun({ plateau });
    await log(run.id, {
      points: values.map((loss, step) => ({ step, time: 1e6 + 61 * step, metrics: { loss, lr: 0.1 } })),
    });
    return (await controlOf(run.id)).map(({ factor: cut, fired_step }) => [cut, fired_step]);
  };
  expect(await late([1, 1, 1, 1])).toEqual([[0.1, 3]]);
  expect(await late([1, 1, 1, 0.5])).toEqual([]);
});
