"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useReducer, useRef, useState } from "react";
import { sentenceOf } from "@/lib/client/http/problem-error";
import type { ImportMapping } from "@/lib/contracts/imports";
import { type ChosenFile, groupChosen } from "./collect-files";
import { type ImportItem, importList, isImportable, itemsByRun } from "./import-list";
import { sendImport } from "./send-import";

/** Reads what was chosen without writing anything, then imports it, one run after the other. */
export function useImport(project: string) {
  const client = useQueryClient();
  const [items, dispatch] = useReducer(importList, []);
  const [busy, setBusy] = useState(false);
  const counter = useRef(0);
  // A later reading of the same item makes an earlier one's answer stale.
  const readings = useRef(new Map<number, number>());

  const newId = () => (counter.current += 1);

  const read = async (item: ImportItem) => {
    const { id, files, mapping } = item;
    const reading = (readings.current.get(id) ?? 0) + 1;
    readings.current.set(id, reading);
    const isLatest = () => readings.current.get(id) === reading;
    try {
      const preview = await sendImport(files, { project, mapping, dryRun: true });
      const items = itemsByRun(item, preview, newId);
      if (isLatest()) dispatch({ do: "replace", id, items });
    } catch (error) {
      if (isLatest()) dispatch({ do: "state", id, state: { at: "failed", reason: sentenceOf(error) } });
    }
  };

  const add = async (chosen: readonly ChosenFile[]) => {
    const fresh = groupChosen(chosen).map((files): ImportItem => ({
      id: newId(),
      files,
      mapping: {},
      state: { at: "reading" },
    }));
    dispatch({ do: "add", items: fresh });
    for (const item of fresh) await read(item);
  };

  const map = (item: ImportItem, change: ImportMapping) => {
    const mapping = { ...item.mapping, ...change };
    dispatch({ do: "map", id: item.id, mapping });
    void read({ ...item, mapping });
  };

  const start = async () => {
    setBusy(true);
    for (const { id, files, mapping, state } of items.filter(isImportable)) {
      if (state.at !== "ready") continue;
      dispatch({ do: "state", id, state: { at: "importing", preview: state.preview } });
      try {
        const result = await sendImport(files, { project, mapping, dryRun: false });
        dispatch({ do: "state", id, state: { at: "done", result } });
      } catch (error) {
        dispatch({ do: "state", id, state: { at: "failed", reason: sentenceOf(error) } });
      }
    }
    setBusy(false);
    await client.invalidateQueries();
  };

  const remove = (id: number) => dispatch({ do: "remove", id });
  const retry = (item: ImportItem) => {
    dispatch({ do: "state", id: item.id, state: { at: "reading" } });
    void read(item);
  };
  return { items, busy, add, map, remove, retry, start };
}
