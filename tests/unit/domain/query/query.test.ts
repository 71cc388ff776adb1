import { describe, expect, test } from "vitest";
import { predicateOf, type Value } from "@/lib/domain/query/evaluate";
import { printField } from "@/lib/domain/query/fields";
import { parseSort, printSort } from "@/lib/domain/query/order";
import { parseQuery } from "@/lib/domain/query/parse";
import { leavesOf, scalarOf, valueAt } from "@/lib/domain/query/path";
import { printQuery } from "@/lib/domain/query/print";
import { mentionsArchived } from "@/lib/domain/query/query";
import { durationOf, stretchOf } from "@/lib/domain/query/values";

const AT = Date.UTC(2026, 10, 23, 20, 10);
const ROW: Readonly<Record<string, Value>> = {
  name: "ResNet-18 s3",
  id: "run-7",
  status: "running",
  group: "a b",
  tag: ["baseline", "50%"],
  seed: 3,
  schedule: "warmup + cosine",
  created: AT,
  duration: 200,
  silent: 190,
  archived: false,
  "config.optimizer.lr": 0.01,
  "config.optimizer.name": "sgd",
  "config.text_lr": "1e-2",
  "config.nesterov": true,
  "schedule.peak": 0.1,
  "metric:val/loss": 0.08,
  "metric:val/loss:min": 0.05,
  "metric:train/loss": NaN,
};

function holds(text: string): boolean {
  const { query, error } = parseQuery(text);
  if (error) throw error;
  return predicateOf(query)((field) => ROW[printField(field)] ?? null);
}

describe("what a query lets through", () => {
  test.each([
    ["", true],
    ["resnet", true],
    ["resnet 50%", true],
    ["RESNET cosine", true],
    ["resnet vgg", false],
    ["resnet or vgg", true],
    ["vgg or (resnet s3)", true],
    ["s4 or vgg", false],
    ["_esnet", false],
    ['"ResNet-18 s3"', true],
    ["status:running", true],
    ["status:RUNNING", true],
    ["status:failed", false],
    ["tag:baseline", true],
    ["tag:base", false],
    ["tag~BASE", true],
    ["-tag:bad", true],
    ["not tag:baseline", false],
    ["tag!=bad", true],
    ['group:"a b"', true],
    ["group:a", false],
    ["name~resnet", true],
    ["name!~resnet", false],
    ["seed<3", false],
    ["seed<=3", true],
    ["seed:3.0", true],
    ["seed=3", true],
    ["seed!=3", false],
    ['schedule:"warmup + cosine"', true],
    ["schedule~cosine", true],
    ["config.optimizer.lr>=0.01", true],
    ["config.optimizer.lr:1e-2", true],
    ["config.optimizer.lr<0.01", false],
    ["config.text_lr:0.01", true],
    ["config.text_lr<0.02", true],
    ["config.optimizer.name:sgd", true],
    ["config.optimizer.name>1", false],
    ["config.nesterov:true", true],
    ["config.nesterov:1", false],
    ["config.missing:1", false],
    ["-config.missing:1", true],
    ["config.missing:*", false],
    ["config.optimizer.lr:*", true],
    ["schedule.peak:.1", true],
    ["metric:val/loss", true],
    ["metric:val/loss<0.1", true],
    ["metric:val/loss:min<0.05", false],
    ["metric:val/acc", false],
    ["metric:val/acc<1", false],
    ["metric:train/loss:NaN", true],
    ["metric:train/loss<1 or metric:train/loss>=1", false],
    ["created:2026", true],
    ["created:2026-11-23", true],
    ["created>2026-11-23", false],
    ["created>=2026-11-23", true],
    ["created<=2026-11-23", true],
    ["created<2026-11-23T20:10", false],
    ["created>2026-10", true],
    ["ended:*", false],
    ["duration>3m", true],
    ["duration>0.1h", false],
    ["silent>3m", true],
    ["archived:false", true],
    ["-(status:failed or seed:9)", true],
    ["status:running seed:3 (s3 or s4)", true],
  ])("%s: %s", (text, expected) => expect(holds(text)).toBe(expected));
});

describe("names as they stand on the screen", () => {
  const names = [
    { name: "val/loss:min", field: { kind: "metric", key: "val/loss", stat: "min" } },
    { name: "grad norm", field: { kind: "metric", key: "grad norm", stat: "last" } },
    { name: "val/loss", field: { kind: "metric", key: "val/loss", stat: "last" } },
    { name: "step time", field: { kind: "metric", key: "step time", stat: "last" } },
    { name: "LR now", field: { kind: "named", name: "lr" } },
    { name: "Best", field: { kind: "metric", key: "val/loss", stat: "min" } },
    { name: "loss", field: { kind: "metric", key: "loss", stat: "last" } },
    { name: "Loss", field: { kind: "metric", key: "Loss", stat: "last" } },
  ] as const;
  const read = (text: string, known: typeof names | [] = names) => {
    const { query, error } = parseQuery(text, known);
    return query === null ? error.message : printQuery(query);
  };

  test.each([
    ["val/loss<0.2", "metric:val/loss<0.2"],
    ["val/loss:min<0.2", "metric:val/loss:min<0.2"],
    ["best<0.09", "metric:val/loss:min<0.09"],
    ["-best<0.09 seed:3", "-metric:val/loss:min<0.09 seed:3"],
    ["lr now<1e-3", "lr<1e-3"],
    ['"lr now"<1e-3', "lr<1e-3"],
    ["grad norm>1", 'metric:"grad norm">1'],
    ["step time>1 step>2", 'metric:"step time">1 step>2'],
    ["loss<1 Loss<2", "metric:loss<1 metric:Loss<2"],
    ["best", "best"],
    ["val/loss", "val/loss"],
    ["worst<1", "There is no field named worst; a config value is config.worst."],
    ['"worst"<1', "There is no field named worst."],
  ])("%s", (text, expected) => expect(read(text)).toBe(expected));

  test("a name with a slash is a metric's where no name is known", () => {
    expect(read("val/loss:max<0.2", [])).toBe("metric:val/loss:max<0.2");
    expect(read("best<1", [])).toContain("no field named best");
  });
});

describe("what is no query says where and why", () => {
  test.each([
    ["status:dancing", 7, "status is one of running, finished, failed, killed, silent, lost."],
    ["status~run", 7, "Compare status with a colon, such as status:running."],
    ["seed<abc", 5, "abc is not a number."],
    ["name<3", 5, "name is text: compare it with : or ~."],
    ["seed~3", 5, "Only text can be searched with ~."],
    ["seed:", 5, "Write a value after seed:"],
    ["config.lr<fast", 10, "fast is not a number."],
    ["config.", 7, "Write a key after config."],
    ["a config.lr", 2, "Write a comparison after config.lr, such as config.lr:1."],
    ["metric:", 7, "Write a metric’s name after metric:, such as metric:val/loss."],
    ["lerning:3", 0, "There is no field named lerning; a config value is config.lerning."],
    ["created>yesterday", 8, "yesterday is not a date; write one such as 2026-11-23."],
    ["created:2026-02-30", 8, "2026-02-30 is not a date; write one such as 2026-11-23."],
    ["silent>long", 7, "long is not a length of time; write one such as 90s, 3m or 2h."],
    ["(a b", 0, "This bracket is never closed."],
    ["a b)", 3, "This bracket was never opened."],
    ['name:"a', 5, "This quotation mark is never closed."],
    ["a or", 4, "Something to look for is missing here."],
    ["a and", 5, "Something to look for is missing here."],
    ["-", 1, "Something to look for is missing here."],
    ["()", 1, ") is not expected here."],
    [":x", 0, ": is not expected here."],
  ])("%s", (text, position, message) => {
    expect(parseQuery(text).error).toMatchObject({ position, message });
  });

  test("nesting has an end", () => {
    expect(parseQuery("(".repeat(5000)).error?.message).toBe("This is nested too deeply.");
    expect(parseQuery("-".repeat(5000)).error?.message).toBe("This is nested too deeply.");
  });
});

test.each([
  ["a   b", "a b"],
  ["a and b", "a b"],
  ["a OR b c", "a or (b c)"],
  ["seed=3", "seed:3"],
  ["seed!=3", "-seed:3"],
  ["created_at>2026", "created>2026"],
  ['metric:"val loss":max>1', 'metric:"val loss":max>1'],
  ['config."a.b".c:x', 'config."a.b".c:x'],
  ["not (a or b)", "-(a or b)"],
])("%s is written %s", (text, canonical) => {
  const { query } = parseQuery(text);
  expect(query && printQuery(query)).toBe(canonical);
});

test("a query says whether it is about archived runs", () => {
  const asks = (text: string) => mentionsArchived(parseQuery(text).query ?? { type: "text", text: "" });
  expect(asks("a (b or archived:true)")).toBe(true);
  expect(asks("archived")).toBe(false);
});

describe("an order", () => {
  test.each([
    ["-created_at", "-created"],
    ["metric:loss:min", "metric:loss:min"],
    ["-metric:val loss:max", '-metric:"val loss":max'],
    ["-config.lr,name", "-config.lr,name"],
  ])("%s", (text, printed) => expect(printSort(parseSort(text))).toBe(printed));

  test.each(["", "size", "name,", "metric:", "-", "name seed"])("%j is none", (text) => {
    expect(() => parseSort(text)).toThrow();
  });
});

describe("paths", () => {
  const config = { optimizer: { lr: 0.1, "a.b": 2 }, "optimizer.name": "sgd", layers: [64, 32], none: null };

  test.each([
    ["optimizer.lr", 0.1],
    ["optimizer.a.b", 2],
    ["optimizer.name", "sgd"],
    ["layers.1", 32],
    ["layers", [64, 32]],
    ["none", null],
    ["optimizer.missing", undefined],
    ["toString", undefined],
    ["optimizer.lr.x", undefined],
  ])("%s", (path, value) => expect(valueAt(config, path.split("."))).toEqual(value));

  test("a list is shown as JSON", () => expect(scalarOf([64, 32])).toBe("[64,32]"));

  test("leaves are what is not an object", () => {
    expect(leavesOf(config).map(({ path }) => path.join("/"))).toEqual([
      "optimizer/lr",
      "optimizer/a.b",
      "optimizer.name",
      "layers",
      "none",
    ]);
    expect(leavesOf({})).toEqual([]);
  });
});

test("lengths of time and dates", () => {
  expect(["90", "90s", "3m", "1.5h", "2d", "x", ""].map(durationOf)).toEqual([
    90,
    90,
    180,
    5400,
    172_800,
    null,
    null,
  ]);
  expect(stretchOf("2026-12")).toEqual({ from: Date.UTC(2026, 11), to: Date.UTC(2027, 0) });
  expect(stretchOf("2026-11-23T20:10:05.5Z")?.from).toBe(Date.UTC(2026, 10, 23, 20, 10, 5));
  expect(stretchOf("2026-13")).toBeNull();
});
