/**
 * `npm run bench [part …]`: the figures of docs/benchmarks.md, one JSON line each. Parts: evaluate, infer, plateau, ingest,
 * small, chart, export, client (needs python3), runs, compare (needs Linux), stalls, frames, pages and large (the last three
 * need Chromium); all when none is named. `LRSCOPE_BENCH_QUICK=1` leaves out the ten-million-point run, compares and draws
 * runs of 10 000 points rather than 100 000, and infers from every thirteenth curve. Runs the built server on a loopback
 * port with a fresh database, so `npm run bench` builds first. Fails when a request does.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startServer } from "@/tests/support/server";
import { benchChartRead } from "./chart-read";
import { benchCompare } from "./compare";
import { benchEvaluate } from "./evaluate";
import { benchExport } from "./export";
import { benchInfer } from "./infer";
import { benchFrames } from "./frames";
import { benchLargePages } from "./large-pages";
import { benchPages } from "./pages";
import { benchRuns } from "./runs";
import { benchDisk, benchIngest, benchSmallRequests, databaseBytes } from "./ingest";
import { benchStalls } from "./stalls";
import { benchClientLog } from "./client-log";
import { Client } from "./http-client";
import { benchPlateau } from "./plateau";

const PARTS = [
  ...["evaluate", "infer", "plateau", "ingest", "small", "chart", "export", "client", "runs", "compare"],
  ...["stalls", "frames", "pages", "large"],
];
const QUICK = process.env.LRSCOPE_BENCH_QUICK === "1";

async function onServer(
  work: (client: Client, folder: string, server: { url: string; pid: number }) => Promise<void> | void,
): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "lrscope-bench-"));
  const server = await startServer({ dataDir: folder });
  const client = new Client(new URL(server.url), 8);
  try {
    await work(client, folder, { url: server.url, pid: server.child.pid ?? 0 });
  } finally {
    client.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(", ")}; there are ${PARTS.join(", ")}`);
const wanted = new Set(asked.length > 0 ? asked : PARTS);

if (wanted.has("evaluate")) await benchEvaluate();
if (wanted.has("infer")) benchInfer(QUICK ? 13 : 1);
if (wanted.has("plateau")) await benchPlateau();
if (wanted.has("ingest")) {
  await onServer(async (client, folder, { pid }) => {
    const empty = databaseBytes(folder);
    await benchIngest(client, folder, 400_000, pid);
    benchDisk(folder, empty, 800_000);
  });
}
if (wanted.has("small")) await onServer((client) => benchSmallRequests(client, 8000));
if (wanted.has("chart")) {
  await onServer((client) => benchChartRead(client, QUICK ? [10_000, 1_000_000] : undefined));
}
if (wanted.has("export")) {
  await onServer((client, folder, { pid }) => benchExport(client, folder, pid, QUICK ? 100_000 : 1_000_000));
}
if (wanted.has("client")) await onServer((_client, _folder, { url }) => benchClientLog(url));
if (wanted.has("runs")) await onServer(benchRuns);
if (wanted.has("compare")) await benchCompare(QUICK ? 10_000 : 100_000);
if (wanted.has("stalls")) await onServer((_client, _folder, { url }) => benchStalls(url));
if (wanted.has("frames")) {
  await onServer((client, _folder, server) => benchFrames(client, server, QUICK ? 10_000 : 100_000));
}
if (wanted.has("pages")) await onServer((_client, _folder, { url }) => benchPages(url));
if (wanted.has("large")) await onServer((client, _folder, { url }) => benchLargePages(client, url));
