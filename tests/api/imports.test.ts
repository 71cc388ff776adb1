import { describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/imports/route";
import { importRuns } from "@/lib/contracts/endpoints/imports";
import { call, freshDatabase } from "@/tests/support/api";
import { dump } from "@/tests/support/dump";
import { importFiles, importOne, observationsOf, tryImport } from "@/tests/support/imports";
import { refusedFields } from "@/tests/support/problem";
import { createRun, getRun, log, mint } from "@/tests/support/seed";

freshDatabase();

const values = async (id: string, key: string) =>
  ((await observationsOf(id))[key] ?? []).map(([step, value]) => [step, value]);

const CSV = "step,lr,train/loss\n0,0.1,3\n1,0.1,2\n2,0.05,1\n";

test("a CSV file becomes a run that is over, with its LR found", async () => {
  const project = mint("csv");
  const { id, run, file, answer } = await importOne({ "runs/cosine-s0.csv": CSV }, { project });
  expect(run).toMatchObject({
    name: "cosine-s0",
    outcome: "created",
    points: 3,
    values: 6,
    last_step: 2,
    lr_metric: "lr",
  });
  expect(file).toMatchObject({
    format: "csv",
    run: 0,
    rows_read: 3,
    rows_refused: 0,
    refusals: [],
    warnings: [],
  });
  expect(file.mapping).toEqual({
    step: "step",
    epoch: null,
    time: null,
    lr: "lr",
    metrics: ["lr", "train/loss"],
  });
  expect(await getRun(id)).toMatchObject({
    project: answer.project,
    name: "cosine-s0",
    status: "finished",
    lr_metric: "lr",
    last_step: 2,
  });
  expect(await values(id, "train/loss")).toEqual([
    [0, 3],
    [1, 2],
    [2, 1],
  ]);
});

test("the same file again doubles nothing and says so, whatever it is called", async () => {
  const project = mint("twice");
  const first = await importOne({ "a.csv": CSV }, { project });
  const before = await dump();
  const again = await importOne({ "b.csv": CSV }, { project });
  expect(again.run).toMatchObject({ id: first.id, outcome: "unchanged" });
  expect(await dump()).toBe(before);
  const elsewhere = await importOne({ "a.csv": CSV }, { project: mint("else") });
  expect(elsewhere.run.outcome).toBe("created");
  expect(elsewhere.id).not.toBe(first.id);
});

test("an import that was cut off is gone on with", async () => {
  const project = mint("cut");
  const whole = await importOne({ "a.csv": CSV }, { project: mint("whole") });
  const { runs } = await importFiles(
    { "a.csv": CSV },
    { project: (await createRun({ project })).project.name, dry_run: "1" },
  );
  const id = runs[0]!.id!;
  await createRun({ id, project, name: "a", lr_metric: "lr", plateau: [] });
  await log(id, { points: [{ step: 0, metrics: { lr: 0.1, "train/loss": 3 } }] });
  const { run } = await importOne({ "a.csv": CSV }, { project });
  expect(run).toMatchObject({ id, outcome: "completed" });
  expect((await getRun(id)).status).toBe("finished");
  expect(await values(id, "train/loss")).toEqual(await values(whole.id, "train/loss"));
});

test("a dry run says what would happen, and writes nothing", async () => {
  const project = mint("dry");
  const before = await dump();
  const answer = await importFiles({ "a.csv": CSV }, { project, dry_run: "1" });
  expect(answer).toMatchObject({
    dry_run: true,
    project: { id: null, name: project },
    runs: [{ id: null, name: "a", outcome: "created", points: 3 }],
  });
  expect(answer.runs[0]!.preview[0]).toEqual({ step: 0, metrics: { lr: 0.1, "train/loss": 3 } });
  expect(answer.files[0]!.columns).toEqual([
    { name: "step", numeric: true, sample: ["0", "1", "2"] },
    { name: "lr", numeric: true, sample: ["0.1", "0.1", "0.05"] },
    { name: "train/loss", numeric: true, sample: ["3", "2", "1"] },
  ]);
  expect(await dump()).toBe(before);
});

describe("a mapping overrides what was guessed", () => {
  const odd = "n;when;rate;cost;note\n5;2024-01-02T00:00:00Z;0,5;1,25;x\n6;2024-01-02T00:00:01Z;0,25;1,5;y\n";
  const mapping = { "odd.csv": { name: "named", step: "n", time: "when", lr: "rate", metrics: ["cost"] } };

  test("without it the file is refused with what is missing; with it, it is read", async () => {
    const project = mint("map");
    const without = await importFiles({ "odd.csv": odd }, { project });
    expect(without.runs).toEqual([]);
    expect(without.files[0]).toMatchObject({ format: "csv", run: null });
    expect(without.files[0]!.warnings.join()).toContain("say which one");
    const { id, run } = await importOne({ "odd.csv": odd }, { project, mapping });
    expect(run).toMatchObject({ name: "named", lr_metric: "rate" });
    expect(await observationsOf(id)).toEqual({
      cost: [
        [5, 1.25, Date.parse("2024-01-02") / 1000, null],
        [6, 1.5, Date.parse("2024-01-02") / 1000 + 1, null],
      ],
      rate: [
        [5, 0.5, Date.parse("2024-01-02") / 1000, null],
        [6, 0.25, Date.parse("2024-01-02") / 1000 + 1, null],
      ],
    });
    expect((await getRun(id)).started_at).toBe("2024-01-02T00:00:00.000Z");
  });

  test("a column that is not there is named, and nothing is made", async () => {
    const answer = await importFiles(
      { "a.csv": CSV },
      { project: mint("map"), mapping: { "*": { step: "steps" } } },
    );
    expect(answer.runs).toEqual([]);
    expect(answer.files[0]!.warnings).toEqual(["there is no column steps"]);
  });
});

test("rows that cannot be read are refused by line and field; the others are kept", async () => {
  const csv = 'step,loss,"a\nb"\n0,1,2\n1,oops,2\n-1,1,2\n1.5,1,2\n,1,2\n7,1\n8,nan,\n9,-Inf,+inf\n';
  const { id, file } = await importOne({ "x.csv": csv }, { project: mint("rows") });
  expect(file).toMatchObject({ rows_read: 3, rows_refused: 5 });
  expect(file.mapping?.metrics).toEqual(["loss", "a b"]);
  expect(file.refusals.map(({ row, field }) => [row, field])).toEqual([
    [4, "loss"],
    [5, "step"],
    [6, "step"],
    [7, "step"],
    [8, null],
  ]);
  expect(await values(id, "loss")).toEqual([
    [0, 1],
    [8, "NaN"],
    [9, "-Infinity"],
  ]);
});

test("NDJSON is a run of its own, with what its first line declares", async () => {
  const lines = [
    {
      lrscope: 1,
      run: { name: "nd", tags: ["x"], config: { a: 1 }, seed: 3, schedule: { kind: "constant", value: 0.1 } },
    },
    { step: 0, metrics: { loss: 2 } },
    { step: 1, metrics: { loss: "NaN" } },
  ];
  const body = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"step":2,"metrics":{"loss":Infinity}}\n{"torn`;
  const { body: answer } = await call(POST, importRuns, {
    body: new Blob([body]),
    query: { project: mint("nd") },
    headers: { "content-type": "application/x-ndjson" },
  });
  expect(answer.files[0]).toMatchObject({ format: "jsonl", rows_read: 3, rows_refused: 1 });
  const run = await getRun(answer.runs[0]!.id!);
  expect(run).toMatchObject({
    name: "nd",
    tags: ["x"],
    config: { a: 1 },
    seed: 3,
    schedule_source: "declared",
  });
  expect(await values(run.id, "loss")).toEqual([
    [0, 2],
    [1, "NaN"],
    [2, "Infinity"],
  ]);
});

describe("refused as a whole", () => {
  const form = (body: string, boundary = "b") => ({
    body: new Blob([body]),
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
  });

  test.each([
    [
      "no form",
      { body: "{}", headers: { "content-type": "application/json" } },
      415,
      "unsupported_media_type",
    ],
    ["no boundary", { body: "x", headers: { "content-type": "multipart/form-data" } }, 400, "bad_request"],
    ["another boundary", form("--a\r\n\r\n--a--"), 400, "bad_request"],
    [
      "a part that does not end",
      form('--b\r\ncontent-disposition: form-data; name="f"; filename="x"\r\n\r\nstep'),
      400,
      "bad_request",
    ],
    ["a part without a name", form("--b\r\ncontent-type: text/csv\r\n\r\nx\r\n--b--"), 400, "bad_request"],
    [
      "no file",
      form('--b\r\ncontent-disposition: form-data; name="project"\r\n\r\nx\r\n--b--'),
      422,
      "invalid_parameters",
    ],
  ] as const)("%s", async (_, input, status, code) => {
    const before = await dump();
    expect(await call(POST, importRuns, input)).toMatchProblem(status, code);
    expect(await dump()).toBe(before);
  });

  test("what says that it is too large, before it is read", async () => {
    const huge = { "content-type": "multipart/form-data; boundary=b", "content-length": String(2 ** 40) };
    expect(await call(POST, importRuns, { headers: huge })).toMatchProblem(413, "payload_too_large");
  });

  test.each([
    [{ mapping: { "a.csv": { steps: "x" } } }, 'mapping["a.csv"].steps'],
    [{ project: " " }, "project"],
    [{ dry_run: "yes" }, "dry_run"],
  ])("%j", async (options, field) => {
    const answer = await tryImport({ "a.csv": CSV }, options as object);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)[0]).toContain(field.split(".")[0]);
  });
});

test.each([
  ["empty.csv", "", "empty"],
  ["list.json", '[{"step": 1}]', "JSON list"],
  ["doc.json", '{\n  "a": 1\n}\n', "log_history"],
  ["prose.txt", "The quick brown fox\njumps", "neither JSON nor a table"],
  ["wide.csv", new Uint8Array([0xff, 0xfe, 0x73, 0]), "UTF-16"],
  ["image.png", new Uint8Array([0x89, 0x50, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), "binary"],
])("%s is not recognised, and it is said why", async (name, content, why) => {
  const before = await dump();
  const answer = await importFiles({ [name]: content }, { project: mint("none") });
  expect(answer.runs).toEqual([]);
  expect(answer.files[0]).toMatchObject({ format: null, run: null });
  expect(answer.files[0]!.warnings.join()).toContain(why);
  expect(await dump()).toBe(before);
});

test("a project is made with its first run: files that hold none leave no trace", async () => {
  const project = mint("nothing");
  const answer = await importFiles({ "a.csv": CSV }, { project, mapping: { "*": { step: "nope" } } });
  expect(answer).toMatchObject({ project: { id: null, name: project }, runs: [] });
  expect(answer.files[0]?.warnings).toEqual(["there is no column nope"]);
  const mixed = await importFiles({ "a.csv": CSV, "b.csv": "step,loss\n" }, { project });
  expect(mixed.project.id).not.toBeNull();
  expect(mixed.runs).toMatchObject([{ outcome: "created" }]);
});
