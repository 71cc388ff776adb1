import { statSync } from "node:fs";
import path from "node:path";
import { bareSqliteLimit } from "./bare-limit";
import { cpuOf, median, percentile, report, round } from "./figures";
import type { Client } from "./http-client";

const BATCH = 1000;

function batchOf(from: number, key = "train/loss"): object {
  const points = Array.from({ length: BATCH }, (_, i) => {
    const step = from + i;
    return {
      step,
      time: 1_795_461_560 + step / 100,
      metrics: { [key]: 2 * Math.exp(-step / 50_000) + 0.1 * Math.sin(step) },
    };
  });
  return { points };
}

export async function startRun(client: Client, id: string): Promise<string> {
  await client.post("/api/v1/runs", { project: "bench", id, resume: "allow" });
  return `/api/v1/runs/${id}/metrics`;
}

/** Points a second over HTTP in batches of 1000, one sender a run, against the bare limit. `pid` is the server's. */
export async function benchIngest(
  client: Client,
  folder: string,
  points: number,
  pid: number,
): Promise<void> {
  const bare = bareSqliteLimit(folder, "least", "FULL", points, BATCH);
  const ours = bareSqliteLimit(folder, "ours", "FULL", points, BATCH);
  for (const senders of [1, 4]) {
    const paths = await Promise.all(
      Array.from({ length: senders }, (_, i) => startRun(client, `ingest-${senders}-${i}`)),
    );
    // Bodies are made beforehand: making them is the client's cost, not the server's.
    const bodies = Array.from({ length: points / BATCH / senders }, (_, i) =>
      JSON.stringify(batchOf(i * BATCH)),
    );
    const [start, before] = [performance.now(), cpuOf(pid)];
    await Promise.all(
      paths.map(async (target) => {
        for (const body of bodies) await client.request("POST", target, body);
      }),
    );
    const batches = bodies.length * senders;
    const rate = (batches * BATCH) / ((performance.now() - start) / 1000);
    const cpu = (cpuOf(pid) - before) / batches;
    report({
      name: "ingest, batches of 1000",
      value: rate,
      unit: "points/s",
      senders,
      bare_sqlite: round(bare.rate),
      share_of_bare: round(rate / bare.rate),
      share_of_bare_with_our_row: round(rate / ours.rate),
      // Zero where the system does not tell: only Linux does.
      server_cpu_ms_a_batch: round(cpu),
      bare_cpu_ms_a_batch: round(bare.cpu),
    });
  }
}

/** Requests of 3 metrics over 8 connections: what many jobs that log every step look like. */
export async function benchSmallRequests(client: Client, requests: number): Promise<void> {
  const connections = 8;
  const paths = await Promise.all(
    Array.from({ length: connections }, (_, i) => startRun(client, `small-${i}`)),
  );
  const taken: number[] = [];
  const start = performance.now();
  await Promise.all(
    paths.map(async (target) => {
      for (let step = 0; step < requests / connections; step += 1) {
        const began = performance.now();
        await client.post(target, {
          points: [{ step, metrics: { "train/loss": 1 / (step + 1), lr: 0.1, grad_norm: 0.5 } }],
        });
        taken.push(performance.now() - began);
      }
    }),
  );
  const rate = requests / ((performance.now() - start) / 1000);
  report({
    name: "small requests, 3 metrics, 8 connections",
    value: rate,
    unit: "requests/s",
    median_ms: round(median(taken)),
    p99_ms: round(percentile(taken, 0.99)),
  });
}

/** Bytes a point of a dense series on disk, rollups and all; the empty database taken off. */
export function benchDisk(folder: string, emptyBytes: number, points: number): void {
  const bytes = databaseBytes(folder) - emptyBytes;
  report({ name: "disk", value: bytes / points, unit: "bytes/point", points });
}

export const databaseBytes = (folder: string): number => statSync(path.join(folder, "lrscope.db")).size;
