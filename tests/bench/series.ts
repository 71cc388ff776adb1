import { cpuOf, median, report, timed } from "./figures";
import type { Client } from "./http-client";

const TIMES = 5;

/** What a chart of these runs asks for, as points and as the columns that our own charts take: bytes, CPU, and to parse. */
export async function benchSeries(
  client: Client,
  pid: number,
  runs: readonly string[],
  keys: readonly string[],
): Promise<void> {
  const asked = { runs, keys, buckets: 1000 };
  const columns = { ...asked, format: "columns", figures: ["min", "max", "count", "nonfinite"] };
  for (const [name, body] of [["points", asked] as const, ["columns", columns] as const]) {
    let text = await client.post("/api/v1/series", body);
    const before = cpuOf(pid);
    await timed(TIMES, async () => (text = await client.post("/api/v1/series", body)));
    const cpu = (cpuOf(pid) - before) / TIMES;
    const parse = median(await timed(TIMES, () => JSON.parse(text)));
    const details = { runs: runs.length, server_cpu_ms: cpu, parse_ms: parse };
    report({ name: `series of many runs as ${name}`, value: text.length / 1e6, unit: "MB", ...details });
  }
}
