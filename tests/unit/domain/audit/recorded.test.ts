import { describe, expect, test } from "vitest";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import {
  auditRecorded,
  auditInput,
  readRun,
  recordedRuns,
  torchDeclared,
} from "@/tests/support/recorded-runs";
import { auditLr } from "@/lib/domain/audit/audit";

const FOLDERS = ["digits-mlp", "digits-cnn", "digits-sweep", "gpl3-char", "mistakes"];
const PATIENCE = { timeout: 120_000 };

/** What is wrong with the runs of a name; all others follow what they declare. */
const WRONG: readonly (readonly [RegExp, object])[] = [
  [/\/perbatch-/, { code: "time_scale", from_step: 0, to_step: 1199, params: { N: 20 } }],
  [/\/resume-restart-s/, { code: "restarted", from_step: 600, to_step: 1199, params: { restart_step: 600 } }],
  [
    /\/resume-restart-dup/,
    { code: "restarted", from_step: 400, to_step: 1199, params: { restart_step: 400 } },
  ],
  [/\/warmup-not-used/, { code: "warmup_missing", from_step: 0, params: { warmup_steps: 120 } }],
  [/\/char-nowarmup-declared/, { code: "warmup_missing", from_step: 0, params: { warmup_steps: 100 } }],
];

describe.each(FOLDERS)("recorded %s", (folder) => {
  const files = recordedRuns(`digits/${folder}`);
  test.skipIf(files === null)("each run has the findings that it deserves, and no others", PATIENCE, () => {
    for (const file of files ?? []) {
      const wrong = WRONG.find(([name]) => name.test(file))?.[1];
      expect({ file, ...auditRecorded(file) }).toMatchObject({
        file,
        verdict: wrong ? "drift" : "match",
        findings: wrong ? [wrong] : [],
      });
    }
  });
});

interface Declared {
  constructor: string | null;
  base_lr: number;
  kwargs: Record<string, unknown>;
}

/** Public runs name their schedule in their own way. */
function publicDeclared({ schedule }: { schedule: Declared | null }): DeclaredSchedule | null {
  if (!schedule?.constructor) return null;
  const { constructor, base_lr, kwargs } = schedule;
  if (constructor.startsWith("transformers"))
    return {
      library: "transformers",
      constructor: "get_scheduler",
      kwargs: { name: "linear", ...kwargs },
      base_lrs: [base_lr],
      stepping: { unit: "step" },
    };
  if (constructor === "timm CosineLRScheduler") {
    // An argument of timm's training script, not of the scheduler.
    const own = Object.entries(kwargs).filter(([name]) => name !== "cooldown_epochs");
    return {
      library: "timm",
      constructor: "timm.scheduler.CosineLRScheduler",
      kwargs: Object.fromEntries(own),
      base_lrs: [base_lr],
      stepping: { unit: "epoch" },
    };
  }
  if (!constructor.startsWith("warmup + cosine")) return null;
  const [warmup, steps, floor] = [
    Number(kwargs.warmup_steps),
    Number(kwargs.max_steps),
    Number(kwargs.min_lr),
  ];
  const then = { kind: "cosine" as const, peak: base_lr, floor, steps: steps - warmup };
  if (warmup === 0) return then;
  const up = {
    kind: "linear" as const,
    from: base_lr / warmup,
    to: base_lr * (1 + 1 / warmup),
    steps: warmup,
  };
  return {
    kind: "sequence",
    parts: [
      { spec: up, steps: warmup },
      { spec: then, steps },
    ],
  };
}

describe("recorded in public", () => {
  const files = ["hf-finetune", "gpt2-124m", "timm-digits"].flatMap(
    (folder) => recordedRuns(`public/${folder}`) ?? [],
  );
  const heard = files.filter((file) => publicDeclared(readRun(file).header as { schedule: Declared | null }));
  const audit = (file: string) => {
    const input = auditInput(file, (header) => publicDeclared(header as { schedule: Declared | null }));
    return input && input.log.length > 0 ? auditLr(input) : null;
  };

  test.skipIf(heard.length === 0)(
    "no alarm for runs that follow their schedule, printed with few digits or not",
    PATIENCE,
    () => {
      const quiet = heard.filter((file) => !file.includes("whisper"));
      expect(quiet.length).toBeGreaterThan(5);
      for (const file of quiet)
        expect({ file, findings: audit(file)?.findings ?? [] }).toEqual({ file, findings: [] });
    },
  );

  test.skipIf(heard.length === 0)("mixed precision skipped 2 updates at first and 4 in the end", () => {
    const file = heard.find((name) => name.includes("whisper")) ?? "";
    expect(audit(file)?.findings).toMatchObject([{ code: "lag", params: { k: 4, first_k: 2, changes: 2 } }]);
  });
});

test.skipIf(recordedRuns("digits/mistakes") === null)(
  "the mistakes are told while the run is still young",
  PATIENCE,
  () => {
    const young = (name: string, points: number) => {
      const input = auditInput(`digits/mistakes/${name}.jsonl.gz`, torchDeclared);
      return input && auditLr({ ...input, log: input.log.slice(0, points) }).findings.map(({ code }) => code);
    };
    expect(young("perbatch-exp-s0", 2)).toEqual([]);
    expect(young("perbatch-exp-s0", 12)).toEqual(["time_scale"]);
    expect(young("perbatch-cosine-s0", 30)).toEqual(["time_scale"]);
    expect(young("resume-restart-s0", 600)).toEqual([]);
    expect(young("resume-restart-s0", 606)).toEqual(["restarted"]);
    expect(young("resume-restart-dup-s0", 406)).toEqual(["restarted"]);
    expect(young("warmup-not-used-s0", 40)).toEqual(["warmup_missing"]);
  },
);
