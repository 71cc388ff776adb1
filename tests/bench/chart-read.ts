import { median, report, round, timed } from "./figures";
import { startRun } from "./ingest";
import type { Client } from "./http-client";

const SIZES = [10_000, 1_000_000, 10_000_000];
const BATCH = 10_000;
const READS = 40;

export async function fill(client: Client, target: string, points: number): Promise<void> {
  for (let from = 0; from < points; from += BATCH) {
    const count = Math.min(BATCH, points - from);
    const batch = Array.from({ length: count }, (_, i) => ({
      step: from + i,
      time: 1_795_461_560 + (from + i) / 100,
      metrics: { "train/loss": Math.exp(-(from + i) / 1e6) + Math.sin(from + i) * 0.1 },
    }));
    await client.post(target, { points: batch });
  }
}

/** A chart of 1000 buckets, and one of 800 over a random tenth of the run, by the length of the run. */
export async function benchChartRead(client: Client, sizes: readonly number[] = SIZES): Promise<void> {
  let smallest: number | undefined;
  for (const points of sizes) {
    const target = await startRun(client, `chart-${points}`);
    await fill(client, target, points);
    const whole = await timed(READS, () => client.request("GET", `${target}/train%2Floss?buckets=1000`));
    const zoomed = await timed(READS, (i) => {
      const from = Math.floor((points * 0.9 * i) / READS);
      return client.request(
        "GET",
        `${target}/train%2Floss?buckets=1000&from=${from}&to=${from + points / 10}`,
      );
    });
    smallest ??= median(whole);
    report({
      name: "chart read, 1000 buckets",
      value: median(whole),
      unit: "ms",
      points,
      zoomed_ms: round(median(zoomed)),
      against_smallest: round(median(whole) / smallest),
    });
  }
}
