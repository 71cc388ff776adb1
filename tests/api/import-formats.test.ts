import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "@/tests/support/api";
import { filesIn, importFiles, importOne, observationsOf, type Sent } from "@/tests/support/imports";
import { getRun, mint } from "@/tests/support/seed";

freshDatabase();

/** Other people's files: read when they are here, never part of this repository. */
const RAW = path.resolve("../shared/data/raw");
const FIXTURES = "tests/fixtures/tfevents";

type Steps = Record<string, [number, number | string][]>;
/** What TensorBoard's own reader finds in them. */
const expected = (
  JSON.parse(readFileSync(`${FIXTURES}/expected.json`, "utf8")) as { runs: Record<string, Steps> }
).runs;

async function stepsOf(runId: string): Promise<Steps> {
  const found = await observationsOf(runId);
  return Object.fromEntries(
    Object.entries(found).map(([key, rows]) => [
      key,
      rows.map(([step, value]): [number, number | string] => [step, value]),
    ]),
  );
}

/** 0 and -0 are one number in the database. */
const positiveZero = ([step, value]: [number, number | string]): [number, number | string] => [
  step,
  value === 0 ? 0 : value,
];

const sorted = (steps: Steps): Steps =>
  Object.fromEntries(
    Object.entries(steps).map(([key, points]) => [
      key,
      points.map(positiveZero).sort(([a, x], [b, y]) => a - b || (String(x) < String(y) ? -1 : 1)),
    ]),
  );

const event = (folder: string): Sent => filesIn(`${FIXTURES}/${folder}`, FIXTURES);

describe("TensorBoard event files hold what TensorBoard's reader finds in them", () => {
  const whole = [
    "wsd_tf2_tensor",
    "onecycle_double_tensor",
    "newstyle_float_val",
    "mixed_kinds",
    "truncated_tail",
    "truncated_header",
  ];
  const restarted = ["restart_purge_first_without_start", "restart_no_purge"];

  test.each([...whole, ...restarted, "keras_layout/train", "keras_layout/validation"])(
    "%s",
    async (folder) => {
      const { id, run, file } = await importOne(event(folder), { project: mint("tb") });
      expect(sorted(await stepsOf(id))).toEqual(sorted(expected[folder]!));
      expect(run.name).toBe(folder);
      expect(file).toMatchObject({ format: "tfevents", rows_refused: 0 });
      const isCut = folder.startsWith("truncated");
      expect(file.warnings.length).toBe(isCut ? 1 : 0);
      if (isCut) expect(file.warnings[0]).toMatch(/cut off in record \d+, at byte \d+/);
    },
  );

  test("their times and tags are theirs, and folders are runs", async () => {
    const answer = await importFiles(event("keras_layout"), { project: mint("tb") });
    expect(answer.runs.map(({ name, lr_metric }) => [name, lr_metric])).toEqual([
      ["keras_layout/train", "epoch_learning_rate"],
      ["keras_layout/validation", null],
    ]);
    const { id } = await importOne(event("odd_tags"), { project: mint("tb") });
    const keys = Object.keys(expected.odd_tags!);
    expect(Object.keys(await stepsOf(id)).sort()).toEqual(keys.filter((key) => key.length <= 250).sort());
  });

  describe("without their folders", () => {
    const loose = (...folders: string[]): Sent =>
      Object.fromEntries(
        folders.flatMap((folder) =>
          Object.entries(event(folder)).map(([name, bytes]) => [path.basename(name), bytes] as const),
        ),
      );

    test("are a run each, unless they are parts of one; the preview says which", async () => {
      const folders = [
        "restart_no_purge",
        "restart_purge_first_without_start",
        "keras_layout",
        "wsd_tf2_tensor",
      ];
      const project = mint("loose");
      const sent = loose(...folders);
      const answer = await importFiles(sent, { project });
      const runs = answer.runs.map((_, place) =>
        answer.files.filter(({ run }) => run === place).map((file) => file.path.split(".").at(-1)),
      );
      expect(runs).toEqual([["1"], ["10", "11"], ["12", "13"], ["19"], ["20"]]);
      const warnings = new Map(answer.files.map((file) => [file.path.split(".").at(-1), file.warnings]));
      expect(warnings.get("13")).toEqual([
        "goes on with events.out.tfevents.1795463318.trainbox.18817.12 at step 40, so they are one run",
      ]);
      expect(warnings.get("12")).toEqual([]);
      for (const alone of ["1", "19", "20"]) expect(warnings.get(alone)?.[0]).toMatch(/a run of its own/);
      for (const [place, folder] of [
        [1, "restart_purge_first_without_start"] as const,
        [2, "restart_no_purge"] as const,
      ])
        expect(sorted(await stepsOf(answer.runs[place]!.id!))).toEqual(sorted(expected[folder]!));
      const parts = Object.entries(sent).filter(([name]) => /\.1[23]$/.test(name));
      const again = await importFiles(Object.fromEntries(parts), { project });
      expect(again.runs.map(({ id, outcome }) => [id, outcome])).toEqual([[answer.runs[2]!.id, "unchanged"]]);
    });

    test("all of them, as when each is chosen by hand", async () => {
      const names = ["bad_crc", "hparams", "mixed_kinds", "newstyle_float_val", "odd_tags"];
      const answer = await importFiles(loose(...names, "onecycle_double_tensor", "header_only"), {
        dry_run: "1",
      });
      expect(answer.runs).toHaveLength(6);
      expect(answer.files.filter(({ run }) => run === null).map(({ warnings }) => warnings)).toEqual([
        ["it holds no values"],
        ["it holds no values"],
      ]);
    });
  });

  test("non-finite values survive; a step beyond 2^53 is refused", async () => {
    const { id, file } = await importOne(event("nan_inf_steps"), { project: mint("tb") });
    const found = sorted(await stepsOf(id));
    const want = sorted(expected.nan_inf_steps!);
    for (const key of ["odd", "nostep"]) expect(found[key]).toEqual(want[key]);
    // Step 4 is there twice, with the same time and value: one observation.
    expect(found.unordered).toEqual(want.unordered!.filter(([step], i, all) => step !== all[i - 1]?.[0]));
    expect(found.big_step).toEqual(want.big_step!.filter(([step]) => typeof step === "number"));
    expect(file.rows_refused).toBe(want.big_step!.length - found.big_step!.length);
    expect(file.refusals[0]).toMatchObject({ field: "step" });
  });

  test("a record whose checksum is wrong is refused, and those after it are read", async () => {
    const { id, file } = await importOne(event("bad_crc"), { project: mint("tb") });
    expect(file.refusals).toEqual([
      { row: expect.any(Number), field: null, reason: "its checksum is wrong" },
    ]);
    const found = (await stepsOf(id))["train/loss"]!;
    expect(found.slice(0, 30)).toEqual(expected.bad_crc!["train/loss"]);
    expect(found.length).toBeGreaterThan(30);
  });

  test.each(["header_only", "zero_bytes"])("%s holds nothing, and makes no run", async (folder) => {
    const answer = await importFiles(event(folder), { project: mint("tb") });
    expect(answer.runs).toEqual([]);
    expect(answer.files[0]).toMatchObject({ format: "tfevents", run: null });
    expect(answer.files[0]!.warnings).toEqual(["it holds no values"]);
  });

  test("a length that lies ends the reading, and takes no memory", async () => {
    const [[name, bytes]] = Object.entries(event("newstyle_float_val")) as [[string, Uint8Array]];
    const torn = Uint8Array.from(bytes);
    const second = 12 + new DataView(torn.buffer).getUint32(0, true) + 4;
    torn.fill(0xff, second, second + 8);
    const answer = await importFiles({ [name]: torn }, { project: mint("tb") });
    expect(answer.runs).toEqual([]);
    expect(answer.files[0]!.refusals[0]).toMatchObject({
      row: 2,
      reason: "the checksum of its length is wrong",
    });
  });
});

const raw = (name: string): Sent => ({ [name]: new Uint8Array(readFileSync(path.join(RAW, name))) });

describe.skipIf(!existsSync(RAW))("files from the wild (skipped where they are absent)", () => {
  const csv = (name: string) => readFileSync(path.join(RAW, name), "utf8").trim().split(/\r?\n/);
  /** After a restart timm writes the column names again. */
  const rowsIn = (name: string) => csv(name).filter((line) => line !== csv(name)[0]);

  test.each([
    ["keras-csvlogger.csv", "keras_csv", "learning_rate"],
    ["timm-cosine-s1-summary.csv", "timm_csv", "lr"],
    ["timm-resumed-summary.csv", "timm_csv", "lr"],
    ["ultralytics-results.csv", "csv", "lr/pg0"],
  ])("%s counts in epochs", async (name, format, lr) => {
    const { id, run, file } = await importOne(raw(name), { project: mint("wild") });
    expect(file).toMatchObject({ format, rows_read: rowsIn(name).length, rows_refused: 0 });
    expect(file.mapping).toMatchObject({ step: null, epoch: "epoch", lr });
    expect(run.lr_metric).toBe(lr);
    expect(await getRun(id)).toMatchObject({ lr_metric: lr, steps_per_epoch: 1, status: "finished" });
    const names = csv(name)[0]!
      .split(",")
      .map((column) => column.trim());
    const last = csv(name).at(-1)!.split(",").map(Number);
    const found = await stepsOf(id);
    expect(found[lr]!.at(-1)).toEqual([last[0], last[names.indexOf(lr)]]);
  });

  test.each(["lightning-metrics.csv", "lightning-slm-v5-metrics.csv"])(
    "%s keeps empty cells empty",
    async (name) => {
      const { id, file } = await importOne(raw(name), { project: mint("wild") });
      expect(file).toMatchObject({ format: "lightning_csv", rows_refused: 0 });
      expect(file.mapping).toMatchObject({ step: "step", epoch: "epoch" });
      const names = csv(name)[0]!.split(",");
      const column = names.indexOf("val_loss");
      const filled = csv(name)
        .slice(1)
        .filter((line) => line.split(",")[column] !== "");
      expect((await observationsOf(id)).val_loss!.length).toBe(filled.length);
    },
  );

  test.each(readdirSync(existsSync(RAW) ? RAW : ".").filter((name) => name.endsWith("trainer_state.json")))(
    "%s",
    async (name) => {
      const state = JSON.parse(readFileSync(path.join(RAW, name), "utf8")) as {
        max_steps: number;
        log_history: Record<string, number>[];
      };
      const { id, file } = await importOne(raw(name), { project: mint("wild") });
      expect(file).toMatchObject({
        format: "trainer_state",
        rows_read: state.log_history.length,
        rows_refused: 0,
      });
      expect(await getRun(id)).toMatchObject({ total_steps: state.max_steps });
      const losses = state.log_history
        .filter(({ loss }) => loss !== undefined)
        .map(({ step, loss }) => [step, loss]);
      expect((await stepsOf(id)).loss ?? []).toEqual(losses);
    },
  );

  test.each(["events.out.tfevents.1585769947.cvp", "ultralytics-events.out.tfevents.1675348815"])(
    "%s",
    async (name) => {
      const index = JSON.parse(readFileSync(path.join(RAW, "index.json"), "utf8")) as {
        files: { file: string; scalars?: Record<string, { count: number; first: [number, number] }> }[];
      };
      const scalars = index.files.find(({ file }) => file === name)!.scalars!;
      const found = await stepsOf((await importOne(raw(name), { project: mint("wild") })).id);
      for (const [tag, { count, first }] of Object.entries(scalars)) {
        expect(found[tag]!.length, tag).toBe(count);
        expect(found[tag]).toContainEqual(first);
      }
    },
  );

  test("JSONL with a header in other words, bare NaN and Infinity", async () => {
    const { id, file } = await importOne(raw("own-diverged-bare-nan.jsonl"), { project: mint("wild") });
    expect(file).toMatchObject({ format: "jsonl", rows_refused: 0 });
    expect(file.warnings).toEqual([expect.stringContaining("schedule")]);
    expect(await getRun(id)).toMatchObject({
      name: "diverged-onecycle-s0",
      group: "diverged-onecycle",
      seed: 0,
    });
    const found = await stepsOf(id);
    expect(found.lr!.length).toBe(
      csv("own-diverged-bare-nan.jsonl").filter(
        (line) => line.startsWith('{"step"') && line.includes('"lr":'),
      ).length,
    );
    expect(JSON.stringify(found)).toContain('"NaN"');
  });

  test("a W&B export with the runs side by side is one run with their columns", async () => {
    const { file } = await importOne(raw("wandb-export-wide.csv"), { project: mint("wild") });
    expect(file.mapping).toMatchObject({ step: "train/global_step", lr: null });
    expect(file.rows_refused).toBe(0);
  });
});
