"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { LoadProgress } from "@/lib/client/examples/load-examples";
import { sentenceOf } from "@/lib/client/http/problem-error";

export type ExampleLoad =
  | { state: "idle" }
  | { state: "loading"; progress: LoadProgress | null }
  | { state: "done" }
  | { state: "cancelled"; progress: LoadProgress | null }
  | { state: "failed"; reason: string };

/** Loads the example runs on demand; `cancel` keeps what is loaded, and starting again goes on from there. */
export function useExampleLoad(onDone: (progress: LoadProgress) => void): {
  load: ExampleLoad;
  start: () => void;
  cancel: () => void;
} {
  const client = useQueryClient();
  const [load, setLoad] = useState<ExampleLoad>({ state: "idle" });
  const running = useRef<AbortController | null>(null);

  const start = useCallback(async () => {
    const controller = new AbortController();
    running.current = controller;
    let latest: LoadProgress | null = null;
    setLoad({ state: "loading", progress: null });
    try {
      const onProgress = (progress: LoadProgress) => {
        latest = progress;
        setLoad({ state: "loading", progress });
      };
      // Its parsers are for those who ask for the examples.
      const { loadExamples } = await import("@/lib/client/examples/load-examples");
      const progress = await loadExamples(onProgress, controller.signal);
      await client.invalidateQueries();
      setLoad({ state: "done" });
      onDone(progress);
    } catch (error) {
      if (controller.signal.aborted) setLoad({ state: "cancelled", progress: latest });
      else setLoad({ state: "failed", reason: sentenceOf(error) });
      await client.invalidateQueries();
    }
  }, [client, onDone]);

  return { load, start: () => void start(), cancel: () => running.current?.abort() };
}
