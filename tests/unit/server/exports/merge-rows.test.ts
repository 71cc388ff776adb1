import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { decodeValue, nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import { compareStored, type Observation } from "@/lib/domain/metrics/observation";
import type { Series } from "@/lib/server/exports/lanes";
import { type Cell, mergedText } from "@/lib/server/exports/merge-rows";
import { runText } from "@/lib/server/exports/run-text";
import type { MetricStore, StoredRow } from "@/lib/server/metrics/store";

const observation = fc.record({
  step: fc.nat(6),
  time: fc.nat(2),
  value: fc.constantFrom(-1.5, 0, 1, 1e21, NaN, Infinity, -Infinity),
  epoch: fc.constantFrom(null, null, 0.5, 1),
});

/** What a database would hold: in order, each row once. */
const stored = (rows: readonly Observation[]): Observation[] =>
  [...rows]
    .sort(compareStored)
    .filter((row, i, all) => i === 0 || compareStored(row, all[i - 1] ?? row) !== 0);

const rowOf = ({ step, time, value, epoch }: Observation): StoredRow => [
  step,
  time,
  storedValue(value),
  nonfiniteCode(value),
  epoch,
];

/** A store of these metrics. */
function storeOf(metrics: readonly Observation[][]): Pick<MetricStore, "rowsAfter"> {
  return {
    async rowsAfter(seriesId, [step, time, value, code], to, limit) {
      const key = { step, time, value: decodeValue(value, code), epoch: null };
      const isFirst = step === 0 && time === -1;
      const rest = (metrics[seriesId] ?? []).filter((row) => isFirst || compareStored(row, key) > 0);
      return rest
        .filter((row) => row.step <= to)
        .slice(0, limit)
        .map(rowOf);
    },
  };
}

const seriesOf = (metrics: readonly unknown[], keys?: readonly string[]): Series[] =>
  metrics.map((_, id) => ({ id, key: keys?.[id] ?? `m${id}`, lastStep: 6 }));

/** Lines one by one: the earliest value, and the next value of each metric that has its step, time and epoch. */
function expectedLines(metrics: readonly Observation[][]): string[] {
  const rest = metrics.map((rows) => [...rows]);
  const lines: string[] = [];
  for (;;) {
    const heads = rest.map((rows) => rows[0]);
    let first: Observation | undefined;
    for (const head of heads) if (head && (!first || compareStored(head, first) < 0)) first = head;
    if (!first) return lines;
    const { step, time, epoch } = first;
    const values = heads.flatMap((head, place) => {
      if (!head || head.step !== step || head.time !== time || head.epoch !== epoch) return [];
      rest[place]?.shift();
      return [`${place}=${head.value}`];
    });
    lines.push(`${step} ${time} ${epoch}: ${values.join(" ")}\n`);
  }
}

const shown = (cells: readonly Cell[]): string => {
  const row = cells[0]?.row;
  const values = cells.map(({ place, row: [, , value, code] }) => `${place}=${decodeValue(value, code)}`);
  return `${row?.[0]} ${row?.[1]} ${row?.[4]}: ${values.join(" ")}\n`;
};

async function textOf(pieces: AsyncGenerator<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

/** The merge asks for nothing else of a store. */
const asStore = (store: Pick<MetricStore, "rowsAfter"> & Partial<Pick<MetricStore, "listSeries">>) =>
  store as MetricStore;

describe("a run's metrics side by side", () => {
  test.prop([fc.array(fc.array(observation, { maxLength: 12 }).map(stored), { maxLength: 6 })])(
    "are the lines that a walk from value to value gives",
    async (metrics) => {
      const text = await textOf(mergedText(asStore(storeOf(metrics)), seriesOf(metrics), shown));
      expect(text).toBe(expectedLines(metrics).join(""));
    },
  );

  test.prop([fc.array(fc.array(observation, { maxLength: 6 }).map(stored), { minLength: 4, maxLength: 4 })])(
    "as JSON are what JSON.stringify makes of objects",
    async (metrics) => {
      const keys = ["10", "9", "__proto__", 'a "b"'];
      const listed = { listSeries: () => Promise.resolve(seriesOf(metrics, keys)) };
      const store = asStore({ ...storeOf(metrics), ...listed });
      const text = await textOf(runText(store, { format: "jsonl", declared: {}, runId: "run" }));
      const want = expectedLines(metrics).map((line) => {
        const [head = "", values = ""] = line.trimEnd().split(": ");
        const [step, time, epoch] = head.split(" ").map((word) => (word === "null" ? null : Number(word)));
        const entries = values.split(" ").map((cell): [string, number | string] => {
          const [place = "", value = ""] = cell.split("=");
          return [keys[Number(place)] ?? "", Number.isFinite(Number(value)) ? Number(value) : value];
        });
        const point = {
          step,
          ...(epoch === null ? {} : { epoch }),
          time,
          metrics: Object.fromEntries(entries),
        };
        return `${JSON.stringify(point)}\n`;
      });
      expect(text).toBe(`{"lrscope":1,"run":{}}\n${want.join("")}`);
    },
  );

  test("many pages of many metrics", async () => {
    const metrics = Array.from({ length: 40 }, (_, metric) =>
      Array.from({ length: 1300 }, (__, i) => ({
        step: i * (1 + (metric % 7)),
        time: i,
        value: i,
        epoch: null,
      })),
    );
    const series = seriesOf(metrics).map((one) => ({ ...one, lastStep: 10_000 }));
    const text = await textOf(mergedText(asStore(storeOf(metrics)), series, shown));
    expect(text).toBe(expectedLines(metrics).join(""));
  });
});
