"use client";

import { useState } from "react";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import { MAX_SELECTION, parseSelection, selectionText } from "@/lib/presenters/runs/run-selection";

interface Selection {
  ids: ReadonlySet<string>;
  choose: (ids: readonly string[]) => void;
}

/** The chosen runs: the URL holds those that can be drawn, this component the others besides. */
export function useSelection(search: URLSearchParams, setUrl: (patch: UrlPatch) => void): Selection {
  const [many, setMany] = useState<{ text: string; ids: ReadonlySet<string> } | null>(null);
  const text = search.get("runs");
  const choose = (ids: readonly string[]) => {
    const drawn = ids.length === 0 ? null : selectionText(ids.slice(0, MAX_SELECTION));
    setMany(drawn !== null && ids.length > MAX_SELECTION ? { text: drawn, ids: new Set(ids) } : null);
    setUrl({ runs: drawn });
  };
  return { ids: many?.text === text && many ? many.ids : new Set(parseSelection(text) ?? []), choose };
}
