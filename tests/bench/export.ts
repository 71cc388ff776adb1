import { closeSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { fill } from "./chart-read";
import { cpuOf, median, report, round } from "./figures";
import type { Client } from "./http-client";
import { startRun } from "./ingest";

const TIMES = 5;
const PIECE = 64 * 1024;

interface Taken {
  ms: number;
  cpu: number;
}

type Row = [step: number, time: number, value: number, nonfinite: number, epoch: number | null];

/** The same rows read by one bare query and written to a file as they come: what an export cannot do without. */
function plainCopy(folder: string, points: number): Taken {
  const db = new Database(path.join(folder, "lrscope.db"), { readonly: true });
  const file = openSync(path.join(folder, "plain.csv"), "w");
  const [start, before] = [performance.now(), process.cpuUsage()];
  const rows = db
    .prepare<[], Row>(
      `SELECT "step", "time", "value", "nonfinite", "epoch" FROM "Observation"
        ORDER BY "seriesId", "step", "time", "value", "nonfinite"`,
    )
    .raw();
  let [text, count] = ["", 0];
  for (const [step, time, value, , epoch] of rows.iterate()) {
    text += `${step},${epoch ?? ""},${time},${value}\r\n`;
    count += 1;
    if (text.length < PIECE) continue;
    writeSync(file, text);
    text = "";
  }
  writeSync(file, text);
  const { user, system } = process.cpuUsage(before);
  closeSync(file);
  db.close();
  if (count !== points) throw new Error(`${count} rows of ${points}`);
  return { ms: performance.now() - start, cpu: (user + system) / 1000 };
}

/** A run as CSV over HTTP, in turn with a plain copy of its rows. On a busy machine the processor's time is the figure. */
export async function benchExport(
  client: Client,
  folder: string,
  pid: number,
  points: number,
): Promise<void> {
  const target = await startRun(client, `export-${points}`);
  await fill(client, target, points);
  const address = target.replace(/\/metrics$/, "/export?format=csv");
  const [ours, plain]: [Taken[], Taken[]] = [[], []];
  for (let i = 0; i < TIMES; i += 1) {
    const [start, before] = [performance.now(), cpuOf(pid)];
    const { length } = await client.request("GET", address);
    ours.push({ ms: performance.now() - start, cpu: cpuOf(pid) - before });
    if (length < points) throw new Error(`${length} characters for ${points} points`);
    plain.push(plainCopy(folder, points));
  }
  const middle = (taken: readonly Taken[], of: keyof Taken) => median(taken.map((one) => one[of]));
  report({
    name: "a run as CSV",
    value: middle(ours, "ms"),
    unit: "ms",
    points,
    cpu_ms: round(middle(ours, "cpu")),
    plain_ms: round(middle(plain, "ms")),
    plain_cpu_ms: round(middle(plain, "cpu")),
    against_plain: round(middle(ours, "ms") / middle(plain, "ms")),
    cpu_against_plain: round(middle(ours, "cpu") / middle(plain, "cpu")),
  });
}
