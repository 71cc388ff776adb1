import fc from "fast-check";
import { expect, test } from "vitest";
import { toWire } from "@/lib/contracts/wire-number";
import { database } from "@/lib/server/db/database";
import { freshDatabase } from "@/tests/support/api";
import {
  type Logged,
  inForce,
  referenceLevel,
  referencePoints,
  withoutMeans,
} from "@/tests/support/reference";
import { createRun, log, metricsOf, readRaw, readSeries } from "@/tests/support/seed";

freshDatabase();

const RUNS = { numRuns: 25, seed: 20261123 };
const LONG = 200_000;

/** Without -0, which is 0 in storage and in JSON. */
const anyValue = fc
  .oneof(
    { weight: 8, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0, 5e-324, 1e300) },
  )
  .map((value) => value + 0);

/** Where steps lie: every step from 0, every step from somewhere, now and then, or very far apart. */
const anySteps = fc.oneof(
  fc.integer({ min: 1, max: 700 }).map((n) => Array.from({ length: n }, (_, i) => i)),
  fc
    .record({ from: fc.integer({ min: 0, max: 9000 }), n: fc.integer({ min: 1, max: 300 }) })
    .map(({ from, n }) => Array.from({ length: n }, (_, i) => from + i)),
  fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 40 }),
  // A few together, and far to the next few.
  fc
    .record({ n: fc.integer({ min: 1, max: 60 }), apart: fc.constantFrom(300, 1e6, 1e11) })
    .map(({ n, apart }) => Array.from({ length: n }, (_, i) => Math.floor(i / 3) * apart + (i % 3))),
);

/** A series with corrections: some steps have a second value, logged at another time. */
const anySeries = anySteps.chain((steps) =>
  fc
    .tuple(
      fc.array(anyValue, { minLength: steps.length, maxLength: steps.length }),
      fc.array(fc.tuple(fc.nat(steps.length - 1), anyValue), { maxLength: 20 }),
    )
    .map(([values, corrections]): Logged[] => [
      ...steps.map((step, i) => ({ step, time: 1000 + i, value: values[i]! })),
      ...corrections.map(([at, value], i) => ({
        step: steps[at]!,
        time: (i % 2 === 0 ? 900_000 : 10) + i,
        value,
      })),
    ]),
);

/** How it arrives: shuffled more or less, cut into batches, some of them sent twice. */
const anyArrival = fc.record({
  disorder: fc.constantFrom(0, 0, 3, 50, 1e9),
  sizes: fc.array(fc.integer({ min: 3, max: 200 }), { minLength: 1, maxLength: 8 }),
  repeat: fc.array(fc.nat(5), { maxLength: 3 }),
  noise: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
});

type Arrival = typeof anyArrival extends fc.Arbitrary<infer T> ? T : never;

function batchesOf(series: readonly Logged[], { disorder, sizes, repeat, noise }: Arrival): Logged[][] {
  const order = series.map((row, i) => ({ row, key: i + disorder * (noise.next().value ?? 0) }));
  order.sort((a, b) => a.key - b.key);
  const batches: Logged[][] = [];
  for (let at = 0; at < order.length;) {
    const size = sizes[batches.length % sizes.length]!;
    batches.push(order.slice(at, at + size).map(({ row }) => row));
    at += size;
  }
  return [...batches, ...repeat.flatMap((i) => (batches[i] ? [batches[i]] : []))];
}

async function store(batches: readonly Logged[][]): Promise<string> {
  const { id } = await createRun();
  for (const batch of batches) {
    await log(id, {
      points: batch.map(({ step, time, value }) => ({ step, time, metrics: { x: toWire(value) } })),
    });
  }
  return id;
}

/** Rollups and figures of the run's one metric, but for sums, whose last bits depend on the order of addition. */
async function stored(runId: string): Promise<unknown> {
  const { reader } = await database();
  const series = await reader.prisma.series.findFirstOrThrow({ where: { runId } });
  const rollups = await reader.prisma.rollup.findMany({
    where: { seriesId: series.id },
    orderBy: [{ level: "asc" }, { bucket: "asc" }],
  });
  return {
    figures: { ...series, id: null, runId: null, sum: null },
    rollups: rollups.map((rollup) => ({ ...rollup, seriesId: null, sum: null })),
  };
}

const anyWindow = fc.record({
  a: fc.double({ min: 0, max: 1.1, noNaN: true }),
  b: fc.double({ min: 0, max: 1.1, noNaN: true }),
  buckets: fc.constantFrom(1, 2, 7, 50, 400, 4000),
});
type Window = typeof anyWindow extends fc.Arbitrary<infer T> ? T : never;

async function expectChart(id: string, series: readonly Logged[], { a, b, buckets }: Window) {
  const last = Math.max(...series.map(({ step }) => step));
  const at = (share: number) => Math.min(Number.MAX_SAFE_INTEGER, Math.floor(share * last));
  const window = { from: at(Math.min(a, b)), to: at(Math.max(a, b)), buckets };
  const got = await readSeries(id, "x", window);
  const want = referencePoints(series, window);
  expect(got.level).toBe(referenceLevel(window.from, window.to, buckets));
  expect(got.points.length).toBeLessThanOrEqual(buckets);
  expect(withoutMeans(got.points)).toEqual(withoutMeans(want));
  got.points.forEach(({ mean }, i) => {
    const scale = Math.max(Math.abs(want[i]?.min ?? 0), Math.abs(want[i]?.max ?? 0));
    if (mean !== null) expect(mean).toBeRelativelyClose(want[i]!.mean!, 1e-9, scale);
  });
}

async function expectRaw(id: string, series: readonly Logged[]) {
  const distinct = new Set(
    series.map(({ step, time, value }) => JSON.stringify([step, time, toWire(value)])),
  );
  const got = await readRaw(id, "x", { limit: Math.ceil(distinct.size / 3) });
  expect(got.map(({ step, time, value }) => JSON.stringify([step, time, value])).sort()).toEqual(
    [...distinct].sort(),
  );
  expect(got.map(({ step }) => step)).toEqual(got.map(({ step }) => step).sort((a, b) => a - b));
  expect((await metricsOf(id))[0]).toMatchObject({
    count: distinct.size,
    last: toWire(inForce(series).at(-1)!.value),
  });
}

test(
  "what is stored is a function of the ordered series: rollups, figures, charts and observations, however it arrived",
  { timeout: 120_000 },
  () =>
    fc.assert(
      fc.asyncProperty(
        anySeries,
        anyArrival,
        fc.array(anyWindow, { minLength: 1, maxLength: 4 }),
        async (series, arrival, windows) => {
          const ordered = [...series].sort((a, b) => a.step - b.step || a.time - b.time);
          const [one, many] = [await store([ordered]), await store(batchesOf(series, arrival))];
          expect(await stored(many)).toEqual(await stored(one));
          for (const window of windows) await expectChart(many, series, window);
          await expectRaw(many, series);
        },
      ),
      RUNS,
    ),
);

const value = (step: number) => Math.sin(step / 500);
const SPIKE = { step: 77_777, value: 1000 };
const points = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    step: from + i,
    time: from + i,
    metrics: { x: from + i === SPIKE.step ? SPIKE.value : value(from + i) },
  }));

test(
  "a spike of one point shows at every zoom; earlier points stay as they are while it grows",
  { timeout: 60_000 },
  async () => {
    const { id } = await createRun();
    const fixed = { from: 0, to: LONG - 1, buckets: 300 };
    let shown = (await grow(id, 0)).points;
    for (let from = 10_000; from < LONG; from += 10_000) {
      const before = shown;
      shown = (await grow(id, from)).points;
      expect(shown.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    }
    for (let half = 2 ** 17; half >= 1; half = Math.floor(half / 4)) {
      for (const buckets of [1, 10, 500, 4000]) {
        const window = { from: Math.max(0, SPIKE.step - half), to: SPIKE.step + half, buckets };
        const { points: zoomed } = await readSeries(id, "x", window);
        expect(zoomed.length).toBeLessThanOrEqual(buckets);
        expect(zoomed.filter(({ max }) => max === SPIKE.value)).toHaveLength(1);
        expect(zoomed.reduce((sum, { count }) => sum + count, 0)).toBe(
          Math.min(LONG - 1, window.to) - window.from + 1,
        );
      }
    }

    async function grow(run: string, from: number) {
      await log(run, { points: points(from, from + 10_000) });
      return readSeries(run, "x", fixed);
    }
  },
);

test("what is stored beside the points follows their number, not how far apart their steps are", async () => {
  const many = 400;
  const { reader } = await database();
  for (const apart of [1, 50, 1e6, 1e11]) {
    const { id } = await createRun();
    const steps = (offset: number) => Array.from({ length: many / 2 }, (_, i) => (2 * i + offset) * apart);
    for (const offset of [0, 1]) {
      await log(id, { points: steps(offset).map((step) => ({ step, time: step, metrics: { x: 1 } })) });
    }
    const { id: seriesId } = await reader.prisma.series.findFirstOrThrow({ where: { runId: id } });
    expect(await reader.prisma.rollup.count({ where: { seriesId } })).toBeLessThan(many / 2);
  }
});
