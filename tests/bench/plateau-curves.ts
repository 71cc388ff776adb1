import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { estimateStall } from "@/lib/domain/plateau/backtest-stall";
import { normalQuantile } from "@/lib/domain/stats/normal";
import { seededRandom } from "@/lib/domain/stats/random";

/** A curve at a constant LR, and the check from which on no material improvement is left: its length when none is. */
export interface BenchCurve {
  name: string;
  values: number[];
  stall: number;
  /** Standard deviation of the noise, of the whole fall; null for a recorded curve. */
  noise: number | null;
}

const CHECKS = 320;
const REPEATS = 8;
export const NOISES = [0.002, 0.01, 0.03, 0.1];

/** All fall by 1; two never quite end, two stop for good. */
const SHAPES: Readonly<Record<string, (check: number) => number>> = {
  "fast exponential": (t) => Math.exp(-t / 20),
  "slow exponential": (t) => Math.exp(-t / 60),
  "line, then flat": (t) => Math.max(0, 1 - t / 120),
  "power, then flat": (t) => Math.max(0, ((1 + t / 10) ** -0.7 - 16 ** -0.7) / (1 - 16 ** -0.7)),
};

/** Known curves under AR(1) noise. Material is what `estimateStall` calls so: 2 % of the fall, or half the noise. */
export function syntheticCurves(): BenchCurve[] {
  const curves: BenchCurve[] = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    for (const noise of NOISES) {
      for (const phi of [0, 0.6]) {
        for (let k = 0; k < REPEATS; k++) {
          const random = seededRandom(curves.length + 1);
          const material = Math.max(0.02, 0.5 * noise);
          let stall = 0;
          while (shape(stall) > material) stall++;
          const floor = 0.5 + random();
          const errors = autoregressive(random, noise, phi);
          const values = errors.map((error, t) => floor + shape(t) + error);
          curves.push({ name, values, stall, noise });
        }
      }
    }
  }
  return curves;
}

function autoregressive(random: () => number, sd: number, phi: number): number[] {
  let error = 0;
  return Array.from({ length: CHECKS }, (_, t) => {
    const fresh = sd * normalQuantile(random() || 0.5);
    error = t === 0 ? fresh : phi * error + Math.sqrt(1 - phi * phi) * fresh;
    return error;
  });
}

const SHARED = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const OWN = "public/examples";

/** Trainings at a constant LR: ours, and where they lie beside the repository those of others. */
export function recordedCurves(): BenchCurve[] {
  const curves: BenchCurve[] = [];
  const add = (name: string, values: number[]) => {
    if (values.length < 40) return;
    const stall = estimateStall(values, "min")?.index ?? values.length;
    curves.push({ name, values, stall, noise: null });
  };
  const folders = existsSync(SHARED)
    ? ["digits-mlp", "digits-cnn", "gpl3-char", "mistakes"].map((folder) => `${SHARED}/digits/${folder}`)
    : [OWN];
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter((f) => /constant|long-plateau/.test(f))) {
      for (const metric of ["train/loss", "val/loss"])
        add(`${file} ${metric}`, readLog(`${folder}/${file}`, metric));
    }
  }
  for (const size of ["25M", "100M"]) {
    const folder = `${SHARED}/loss-curves/${size}`;
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).filter((f) => f.startsWith("constant"))) {
      const rows = readFileSync(`${folder}/${file}`, "utf8").trim().split("\n").slice(1);
      add(
        `${size} ${file}`,
        rows.map((row) => Number(row.split(",")[2])),
      );
    }
  }
  return curves;
}

function readLog(file: string, metric: string): number[] {
  const lines = gunzipSync(readFileSync(file)).toString("utf8").split("\n").slice(1);
  return lines.flatMap((line) => {
    const value = line.includes(`"${metric}":`) ? readValue(line, metric) : null;
    return value === null ? [] : [value];
  });
}

function readValue(line: string, metric: string): number | null {
  try {
    const parsed: unknown = JSON.parse(line);
    const metrics =
      typeof parsed === "object" && parsed !== null && "metrics" in parsed ? parsed.metrics : null;
    const value = Object.entries(metrics ?? {}).find(([key]) => key === metric)?.[1];
    return typeof value === "number" ? value : Number.NaN;
  } catch {
    return null;
  }
}
