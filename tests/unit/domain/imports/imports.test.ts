import { readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "@/lib/domain/imports/crc32c";
import { csvFormat, delimiterOf } from "@/lib/domain/imports/csv-dialect";
import { disarm, rearm } from "@/lib/domain/imports/formula";
import { applyMapping, columnsOf, guessMapping } from "@/lib/domain/imports/guess-columns";
import { parseLenient } from "@/lib/domain/imports/parse-json-line";
import { parseNumber, parseTime } from "@/lib/domain/imports/parse-number";
import { scalarOf } from "@/lib/domain/imports/scalar-tensor";

describe("CRC-32C", () => {
  test.each([
    // RFC 3720, appendix B.4.
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(0xff), 0x62a8ab43],
    [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    [new TextEncoder().encode("123456789"), 0xe3069283],
    [new Uint8Array(0), 0],
  ])("case %#", (bytes, sum) => expect(crc32c(bytes)).toBe(sum));

  test("masked as TFRecord stores it: the length of a version record, as TensorBoard wrote it", () => {
    const head = readFileSync(
      "tests/fixtures/tfevents/header_only/events.out.tfevents.1795463319.trainbox.18817.18",
    );
    expect(maskedCrc32c(head.subarray(0, 8))).toBe(head.readUInt32LE(8));
  });
});

test.each([
  ["1", 1],
  [" -2.5e-3 ", -0.0025],
  [".5", 0.5],
  ["5.", 5],
  [7, 7],
  ["NaN", Number.NaN],
  ["-nan", Number.NaN],
  ["inf", Infinity],
  ["+Infinity", Infinity],
  ["-INF", -Infinity],
  ["1e999", Infinity],
  ["", null],
  ["None", null],
  ["N/A", null],
  [null, null],
  [undefined, null],
  ["0x10", undefined],
  ["1,5", undefined],
  ["1 000", undefined],
  ["tensor(0.1)", undefined],
  ["--1", undefined],
  [true, undefined],
  [{}, undefined],
])("parseNumber(%j)", (text, value) => expect(parseNumber(text)).toEqual(value));

test.each([
  [1_700_000_000, 1_700_000_000],
  ["1700000000.5", 1_700_000_000.5],
  [1_700_000_000_500, 1_700_000_000.5],
  ["2024-01-02T00:00:00Z", 1_704_153_600],
  ["2024-01-02 00:00:00Z", 1_704_153_600],
  ["2024-99-02", undefined],
  ["yesterday", undefined],
  ["", null],
])("parseTime(%j)", (text, seconds) => expect(parseTime(text)).toEqual(seconds));

describe("spreadsheet formulas", () => {
  test.each(["=1+1", "+1", "-1", "@SUM", "\t=1", "'=1"])("%j is disarmed", (text) =>
    expect(disarm(text)).toBe(`'${text}`),
  );
  test.each(["loss", "a=b", "'quoted'", ""])("%j is left alone", (text) => expect(disarm(text)).toBe(text));
  property.prop([fc.array(fc.constantFrom("'", "=", "+", "a", "@", "\t")).map((parts) => parts.join(""))])(
    "import takes away what export put there, and nothing else",
    (text) => {
      expect(rearm(disarm(text))).toBe(text);
    },
  );
});

test.each([
  ['{"a": NaN, "b": [Infinity,-Infinity], "c": 1}', { a: "NaN", b: ["Infinity", "-Infinity"], c: 1 }],
  ["[NaN,NaN,NaN]", ["NaN", "NaN", "NaN"]],
  ['{"a": ": NaN,"}', { a: ": NaN," }],
])("parseLenient(%j)", (text, value) => expect(parseLenient(text)).toEqual(value));

test.each(["{", "nope", '{"a": nan}'])("%j is no JSON, however lenient", (text) =>
  expect(() => parseLenient(text)).toThrow(SyntaxError),
);

test.each([
  ["a,b;c,d", ","],
  ["a;b,c;d\n,,,,,", ";"],
  ["a\tb\tc", "\t"],
  ['"x;y;z",b', ","],
])("delimiterOf(%j)", (head, delimiter) => expect(delimiterOf(head)).toBe(delimiter));

test.each([
  [["epoch", "accuracy", "loss", "val_loss"], "keras_csv"],
  [["epoch", "train_loss", "eval_top1", "lr"], "timm_csv"],
  [["epoch", "step", "train_loss"], "lightning_csv"],
  [["step", "loss"], "csv"],
  [["loss", "epoch"], "csv"],
])("csvFormat(%j)", (names, format) => expect(csvFormat(names)).toBe(format));

const columns = (...rows: Record<string, unknown>[]) =>
  columnsOf(rows.map((row) => new Map(Object.entries(row))));

describe("which column is what", () => {
  test("a step before an iteration, an absolute time only, the LR by name, text left out", () => {
    const found = columns({
      iter: 0,
      "train/global_step": 5,
      epoch: "0",
      time: "1700000000",
      t: 3,
      lr: 0.1,
      loss: "",
      note: "x",
    });
    expect(guessMapping(found)).toEqual({
      step: "train/global_step",
      epoch: "epoch",
      time: "time",
      lr: "lr",
      metrics: ["iter", "t", "lr", "loss"],
    });
  });

  test("a time since the start is a metric", () => {
    const guess = guessMapping(columns({ epoch: 1, time: 12.5, loss: 1 }));
    expect(guess).toMatchObject({ step: null, time: null, metrics: ["time", "loss"] });
  });

  test("what somebody says wins: none, another column, only some metrics and the LR with them", () => {
    const found = columns({ step: 1, epoch: 1, n: 2, rate: 0.1, loss: 1 });
    expect(applyMapping(found, { step: "n", epoch: null, lr: "rate", metrics: ["loss"] })).toEqual({
      step: "n",
      epoch: null,
      time: null,
      lr: "rate",
      metrics: ["loss", "rate"],
    });
    expect(applyMapping(found, { step: "n" }).metrics).toEqual(["step", "rate", "loss"]);
  });
});

describe("scalars in tensors", () => {
  const tensor = (dtype: number, content: number[] | null, values: number[] = [], rank = 0) =>
    scalarOf({ dtype, rank, values, content: content && Uint8Array.from(content) });

  test.each([
    ["float", tensor(1, [0, 0, 0x80, 0x3f]), 1],
    ["double", tensor(2, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]), 1],
    ["int32", tensor(3, [0xff, 0xff, 0xff, 0xff]), -1],
    ["int64", tensor(9, [2, 0, 0, 0, 0, 0, 0, 0]), 2],
    ["half", tensor(19, [0, 0x3c]), 1],
    ["half, subnormal", tensor(19, [1, 0]), 2 ** -24],
    ["half, infinite", tensor(19, [0, 0xfc]), -Infinity],
    ["half, typed", tensor(19, null, [0xc000]), -2],
    ["bfloat16", tensor(14, [0x80, 0x3f]), 1],
    ["bfloat16, typed", tensor(14, null, [0xc000]), -2],
    ["typed", tensor(1, null, [0.5]), 0.5],
    ["a default left out", tensor(1, null), 0],
    ["a vector", tensor(1, null, [1, 2], 1), null],
    ["text", tensor(7, null), null],
    ["too few bytes", tensor(2, [0, 0]), null],
  ])("%s", (_, found, value) => expect(found).toEqual(value));
});
