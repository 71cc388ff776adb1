import { expect, test } from "vitest";
import { groupChosen } from "@/lib/client/imports/collect-files";
import { importList, isImportable, type ImportItem, itemsByRun } from "@/lib/client/imports/import-list";
import type { ImportResponse } from "@/lib/contracts/imports";

const chosen = (...paths: string[]) => paths.map((path) => ({ path }));

test("event files of one folder go together, others alone, hidden ones nowhere", () => {
  const files = chosen(
    "b/x.csv",
    "a/events.out.tfevents.2",
    "a/events.out.tfevents.1",
    "c/events.out.tfevents.1",
    ".DS_Store",
    "b/.git/x.csv",
  );
  expect(groupChosen(files).map((group) => group.map(({ path }) => path))).toEqual([
    ["a/events.out.tfevents.1", "a/events.out.tfevents.2"],
    ["b/x.csv"],
    ["c/events.out.tfevents.1"],
  ]);
});

const preview = (runs: number): ImportResponse => ({
  dry_run: true,
  project: { id: null, name: "p" },
  files: [],
  runs: Array.from({ length: runs }, () => ({
    ...{ id: null, name: "r", outcome: "created" as const, reason: null },
    ...{ points: 1, values: 1, last_step: 0, lr_metric: null, preview: [] },
  })),
});

const item = (id: number, state: ImportItem["state"] = { at: "reading" }): ImportItem => ({
  id,
  files: [],
  mapping: {},
  state,
});

test("changes reach the item that they are about, and no other", () => {
  const two = importList([], { do: "add", items: [item(1), item(2)] });
  const read = importList(two, { do: "state", id: 2, state: { at: "ready", preview: preview(1) } });
  expect(read.map(isImportable)).toEqual([false, true]);
  const mapped = importList(read, { do: "map", id: 1, mapping: { step: "n" } });
  expect(mapped.map(({ mapping }) => mapping)).toEqual([{ step: "n" }, {}]);
  expect(importList(mapped, { do: "remove", id: 1 }).map(({ id }) => id)).toEqual([2]);
});

test("only what was read and can become a run is imported", () => {
  expect(isImportable(item(1, { at: "ready", preview: preview(0) }))).toBe(false);
  expect(isImportable(item(1, { at: "failed", reason: "x" }))).toBe(false);
  expect(isImportable(item(1, { at: "done", result: preview(1) }))).toBe(false);
});

test("files that turn out to be several runs become an item each, in the place of theirs", () => {
  const names = ["a", "b", "c", "d"];
  const files = names.map((path) => ({ path, file: new File([], path) }));
  const read = { ...item(1), files, mapping: { name: "x" } };
  const placed = (path: string, run: number | null): ImportResponse["files"][number] => ({
    ...{ path, run, bytes: 1, format: "tfevents", rows_read: 1, rows_refused: 0 },
    ...{ refusals: [], warnings: [path], columns: [], mapping: null },
  });
  const answer = {
    ...preview(2),
    files: [placed("a", 0), placed("b", 1), placed("c", 0), placed("d", null)],
  };
  let id = 10;
  const items = itemsByRun(read, answer, () => (id += 1));
  expect(items.map((one) => [one.id, one.files.map(({ path }) => path), one.mapping.name])).toEqual([
    [11, ["a", "c"], "x"],
    [12, ["b"], "x"],
    [13, ["d"], "x"],
  ]);
  expect(items.map(isImportable)).toEqual([true, true, false]);
  const previews = items.map(({ state }) => (state.at === "ready" ? state.preview : null));
  expect(previews.map((one) => one?.files.map(({ path, run }) => [path, run]))).toEqual([
    [
      ["a", 0],
      ["c", 0],
    ],
    [["b", 0]],
    [["d", null]],
  ]);
  const list = importList([item(0), read, item(2)], { do: "replace", id: 1, items });
  expect(list.map((one) => one.id)).toEqual([0, 11, 12, 13, 2]);
  expect(itemsByRun(read, preview(1), () => 99)).toEqual([
    { ...read, state: { at: "ready", preview: preview(1) } },
  ]);
});
