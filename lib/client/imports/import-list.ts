import type { ImportMapping, ImportResponse } from "@/lib/contracts/imports";
import type { ChosenFile } from "./collect-files";

export type ItemState =
  | { at: "reading" }
  | { at: "ready"; preview: ImportResponse }
  | { at: "importing"; preview: ImportResponse }
  | { at: "done"; result: ImportResponse }
  | { at: "failed"; reason: string };

/** Files that become one run, and how far they are. */
export interface ImportItem {
  id: number;
  files: readonly ChosenFile[];
  mapping: ImportMapping;
  state: ItemState;
}

export type ImportAction =
  | { do: "add"; items: readonly ImportItem[] }
  | { do: "map"; id: number; mapping: ImportMapping }
  | { do: "state"; id: number; state: ItemState }
  | { do: "replace"; id: number; items: readonly ImportItem[] }
  | { do: "remove"; id: number };

export function importList(items: readonly ImportItem[], action: ImportAction): readonly ImportItem[] {
  switch (action.do) {
    case "add":
      return [...items, ...action.items];
    case "remove":
      return items.filter(({ id }) => id !== action.id);
    case "map":
      return items.map((item) => (item.id === action.id ? { ...item, mapping: action.mapping } : item));
    case "state":
      return items.map((item) => (item.id === action.id ? { ...item, state: action.state } : item));
    case "replace":
      return items.flatMap((item) => (item.id === action.id ? action.items : [item]));
  }
}

/**
 * An item for each run that the server makes of its files: of event files without a folder only reading them tells.
 * Files that make none stand alone.
 */
export function itemsByRun(item: ImportItem, preview: ImportResponse, newId: () => number): ImportItem[] {
  if (preview.runs.length < 2) return [{ ...item, state: { at: "ready", preview } }];
  const parts = [
    ...preview.runs.map((run, place) => ({
      runs: [run],
      files: preview.files.filter((one) => one.run === place),
    })),
    ...preview.files.filter(({ run }) => run === null).map((file) => ({ runs: [], files: [file] })),
  ];
  return parts.map(({ runs, files }) => {
    const paths = new Set(files.map(({ path }) => path));
    const own = files.map((file) => ({ ...file, run: file.run === null ? null : 0 }));
    return {
      ...item,
      id: newId(),
      files: item.files.filter(({ path }) => paths.has(path)),
      state: { at: "ready", preview: { ...preview, runs, files: own } },
    };
  });
}

/** Read, and something in it can become a run. */
export const isImportable = ({ state }: ImportItem): boolean =>
  state.at === "ready" && state.preview.runs.length > 0;
