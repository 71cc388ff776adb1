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
  }
}

/** Read, and something in it can become a run. */
export const isImportable = ({ state }: ImportItem): boolean =>
  state.at === "ready" && state.preview.runs.length > 0;
