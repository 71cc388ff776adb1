import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { estimateStall } from "@/lib/domain/plateau/backtest-stall";
import { normalQuantile } from "@/lib/domain/stats/normal";
import { seededRandom } from "@/lib/domain/stats/random";

/** The curves that the trend rule was designed on (the synthetic ones with other seeds), and those that it was not. */
type Part = "design" | "held out";

/** A curve at a constant LR, and the check from which on no material improvement is left: its length when none is. */
export interface BenchCurve {
  name: string;
  part: Part;
  values: number[];
  stall: number;
  /** Standard deviation of the noise, of the whole fall; null for a recorded curve. */
  noise: number | null;
}

const CHECKS = 320;
export const NOISES = [0.002, 0.01, 0.03, 0.1];

type Shapes = Readonly<Record<string, (check: number) => number>>;

/** All fall by 1; two never quite end, two stop for good. */
const SHAPES: Shapes = {
  "fast exponential": (t) => Math.exp(-t / 20),
  "slow exponential": (t) => Math.exp(-t / 60),
  "line, then flat": (t) => Math.max(0, 1 - t / 120),
  "power, then flat": (t) => Math.max(0, ((1 + t / 10) ** -0.7 - 16 ** -0.7) / (1 - 16 ** -0.7)),
};

/** Shapes that were not looked at while the trend rule was designed: one that slows down for long, one with a knee. */
const OTHER_SHAPES: Shapes = {
  "stretched exponential": (t) => Math.exp(-Math.sqrt(t / 12)),
  "two lines, then flat": (t) => (t < 40 ? 1 - t / 57 : Math.max(0, (1 - 40 / 57) * (1 - (t - 40) / 110))),
};

interface Family {
  shapes: Shapes;
  part: Part;
  repeats: number;
  /** Share of the checks with a spike, of eight times the noise and up as losses do. */
  spikes: number;
}

/** Known curves under AR(1) noise. Material is what `estimateStall` calls so: 2 % of the fall, or half the noise. */
export const syntheticCurves = (): BenchCurve[] => [
  ...family(1, { shapes: SHAPES, part: "design", repeats: 8, spikes: 0 }),
  ...family(1001, { shapes: OTHER_SHAPES, part: "held out", repeats: 4, spikes: 0 }),
];

export const spikyCurves = (): BenchCurve[] =>
  family(2001, { shapes: { ...SHAPES, ...OTHER_SHAPES }, part: "held out", repeats: 1, spikes: 0.03 });

function family(firstSeed: number, { shapes, part, repeats, spikes }: Family): BenchCurve[] {
  const curves: BenchCurve[] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    for (const noise of NOISES) {
      for (const phi of [0, 0.6]) {
        for (let k = 0; k < repeats; k++) {
          const random = seededRandom(curves.length + firstSeed);
          const material = Math.max(0.02, 0.5 * noise);
          let stall = 0;
          while (shape(stall) > material) stall++;
          const floor = 0.5 + random();
          const errors = autoregressive(random, noise, phi);
          const spike = () => (spikes > 0 && random() < spikes ? 8 * noise : 0);
          const values = errors.map((error, t) => floor + shape(t) + error + spike());
          curves.push({ name, part, values, stall, noise });
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

export const isBatchLoss = ({ name }: { name: string }): boolean => name.endsWith("train/loss");

const SHARED = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const OWN = "public/examples";

/**
 * Trainings at a constant LR: ours, and where they lie beside the repository those of others. Of each kind every other
 * one was looked at while the trend rule was designed.
 */
export function recordedCurves(): BenchCurve[] {
  const curves: BenchCurve[] = [];
  const add = (name: string, values: number[]) => {
    if (values.length < 40) return;
    const stall = estimateStall(values, "min")?.index ?? values.length;
    const part = curves.filter((curve) => isBatchLoss(curve) === isBatchLoss({ name })).length % 2;
    curves.push({ name, part: part === 0 ? "design" : "held out", values, stall, noise: null });
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
