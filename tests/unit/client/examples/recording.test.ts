import { readdirSync, readFileSync, statSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createBody, ExampleIndex, parseRecording, scheduleOf } from "@/lib/client/examples/recording";
import { gunzipText } from "@/lib/client/examples/gunzip";
import { LogMetricsBody } from "@/lib/contracts/metrics";
import { CreateRunBody } from "@/lib/contracts/runs";

const FOLDER = new URL("../../../../public/examples/", import.meta.url);
const index = ExampleIndex.parse(JSON.parse(readFileSync(new URL("index.json", FOLDER), "utf8")));
const read = (file: string) => readFileSync(new URL(file, FOLDER));

describe("the recordings that are shipped", () => {
  test("are those of the index, at most 3 MB", () => {
    const files = readdirSync(FOLDER).filter((name) => name !== "index.json");
    expect(files.sort()).toEqual(index.runs.map(({ file }) => file).sort());
    expect(files.reduce((sum, file) => sum + statSync(new URL(file, FOLDER)).size, 0)).toBeLessThanOrEqual(
      3_000_000,
    );
  });

  test("hold at least six schedules with three seeds each, and the mistakes", () => {
    const names = index.runs.map(({ id }) => id.replace(/^example-/, ""));
    for (const schedule of ["cosine", "step", "plateau", "constant", "warmup-cosine", "onecycle", "wsd"]) {
      expect(names.filter((name) => name.startsWith(`cnn-${schedule}-s`)).length).toBeGreaterThanOrEqual(3);
    }
    for (const mistake of [
      "perbatch-cosine",
      "resume-restart-dup",
      "warmup-not-used",
      "diverged",
      "crashed",
      "long-plateau",
    ]) {
      expect(names).toContain(`${mistake}-s0`);
    }
  });

  test.each(index.runs)("$id is a run and points that the API takes", (example) => {
    const recording = parseRecording(gunzipSync(read(example.file)).toString());
    expect(CreateRunBody.parse(createBody(example, recording))).toMatchObject({
      id: example.id,
      project: example.project,
    });
    expect(LogMetricsBody.parse({ points: recording.points }).points).toHaveLength(example.points);
  });

  test("a job that died leaves a torn line: it is counted and left out", () => {
    const torn = index.runs.find(({ id }) => id === "example-crashed-s0");
    const recording = parseRecording(gunzipSync(read(torn?.file ?? "")).toString());
    expect(recording.unreadable).toBe(1);
    expect(recording.points.at(-1)?.step).toBe(515);
  });
});

const HEADER = {
  name: "s0",
  group: null,
  seed: null,
  config: { steps_per_epoch: 20, total_steps: 100, lr: 1 },
  schedule: { base_lr: 0.1, constructor: null, kwargs: {}, unit: "epoch" },
  tags: [],
};

describe("a recording", () => {
  test("blank and unreadable lines are left out, the values that are no numbers stay", () => {
    const lines = [
      JSON.stringify(HEADER),
      "",
      '{"step":0,"t":5.5,"metrics":{"loss":"NaN"}}',
      "[]",
      '{"step":1',
      "  ",
    ];
    expect(parseRecording(lines.join("\n"))).toMatchObject({
      points: [{ step: 0, time: 5.5, metrics: { loss: "NaN" } }],
      unreadable: 2,
    });
  });

  test("without a run in front it is refused", () => {
    expect(() => parseRecording('{"step":0,"t":5,"metrics":{}}')).toThrow();
    expect(() => parseRecording("")).toThrow();
  });

  test("schedulers get their full names, inner ones too; none is a constant", () => {
    expect(scheduleOf({ ...HEADER.schedule, unit: "epoch" })).toEqual({ kind: "constant", value: 0.1 });
    const inner = { constructor: "LinearLR", kwargs: { total_iters: 5 } };
    const sequence = {
      base_lr: 0.1,
      unit: "step" as const,
      constructor: "SequentialLR",
      kwargs: { schedulers: [inner], milestones: [] },
    };
    expect(scheduleOf(sequence)).toEqual({
      library: "torch",
      constructor: "torch.optim.lr_scheduler.SequentialLR",
      kwargs: {
        schedulers: [{ ...inner, constructor: "torch.optim.lr_scheduler.LinearLR" }],
        milestones: [],
      },
      base_lrs: [0.1],
      stepping: { unit: "step" },
    });
    expect(
      scheduleOf({ ...sequence, constructor: "ReduceLROnPlateau", kwargs: {}, monitor: "val/loss" }),
    ).toMatchObject({
      monitor: "val/loss",
    });
  });
});

test("a packed file is unpacked, one that the server unpacked is taken as it is", async () => {
  const packed = new Uint8Array(read(index.runs[0]?.file ?? ""));
  const text = gunzipSync(packed).toString();
  expect(await gunzipText(new Response(packed))).toBe(text);
  expect(await gunzipText(new Response(text))).toBe(text);
});
