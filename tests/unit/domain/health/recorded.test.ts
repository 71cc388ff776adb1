import { describe, expect, test } from "vitest";
import { judgedLoss } from "@/lib/domain/health/goal";
import { judgeHealth } from "@/lib/domain/health/judge";
import { findLossKeys } from "@/lib/domain/health/loss-keys";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { readRun, recordedRuns } from "@/tests/support/recorded-runs";

/** The notes of a recorded training. */
function notesOf(file: string) {
  const { rows } = readRun(file);
  const keys = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics ?? {})))];
  const latest = (key: string | null) => {
    const values = new Map<number, number>();
    for (const { step, metrics } of rows) {
      const value = key === null ? undefined : metrics?.[key];
      if (value !== undefined) values.set(step, Number(value));
    }
    return [...values].sort(([a], [b]) => a - b);
  };
  const loss = (key: string | null) =>
    key === null
      ? null
      : {
          key,
          points: latest(key).map(([step, value]) => {
            const finite = Number.isFinite(value);
            return {
              step,
              value: finite ? value : NaN,
              max: finite ? value : NaN,
              nonfinite: finite ? 0 : 1,
            };
          }),
        };
  const { train, validation } = findLossKeys(keys);
  // None of them is reinforcement learning, or adversarial: an alarm is kept quiet by their curves alone.
  expect(judgedLoss({ train, validation }, keys, null).whyNot).toBeNull();
  return judgeHealth({
    train: loss(train),
    validation: loss(validation),
    lrs: latest(findLrKey(keys.map((key) => ({ key })))).map(([step, lr]) => ({ step, lr })),
  });
}

const known = new Map<string, string[]>();

function codesOf(file: string): string[] {
  const codes = known.get(file) ?? notesOf(file).map(({ code }) => code);
  known.set(file, codes);
  return codes;
}

/** What went wrong on purpose. */
const TROUBLED: readonly [RegExp, string[]][] = [
  [/mistakes\/diverged/, ["nan", "too_high"]],
  [/mistakes\/collapsed/, ["diverged", "too_high"]],
  [/range-test/, ["diverged", "too_high"]],
  [/sweep-lr1\.0-s[01]/, ["diverged", "too_high"]],
  [/sweep-lr0\.003|perbatch-exp/, ["too_low"]],
];
/** Never learned anything, and never moved: there is nothing to tell why. */
const SILENT = /sweep-lr1\.0-s2|lightning-slm-v5/;

const folders = ["digits-mlp", "digits-cnn", "digits-sweep", "gpl3-char", "mistakes"].map(
  (name) => `digits/${name}`,
);
const published = ["gpt2-124m", "modded-nanogpt", "hf-finetune", "keras", "lightning", "timm-digits", "yolo"];
const files = [...folders, ...published.map((name) => `public/${name}`)].flatMap(
  (folder) => recordedRuns(folder) ?? [],
);

describe.skipIf(files.length === 0)("recorded trainings", () => {
  const troubleOf = (file: string) => TROUBLED.find(([name]) => name.test(file))?.[1];

  test.each(files.filter(troubleOf))("%s is in trouble, and the notes say which", (file) => {
    expect(codesOf(file)).toEqual(troubleOf(file));
  });

  test.each(files.filter((file) => !troubleOf(file) && !SILENT.test(file)))("%s raises no alarm", (file) => {
    const codes = codesOf(file);
    expect(codes).toContain("good");
    expect(codes.filter((code) => code !== "good" && code !== "overfitting")).toEqual([]);
  });

  test("overfitting is told where validation really rose", () => {
    const overfitted = files.filter((file) => codesOf(file).includes("overfitting"));
    expect(overfitted).toContain("digits/mistakes/long-plateau-s0.jsonl.gz");
    expect(overfitted.length).toBeLessThan(files.length / 10);
  });
});
