"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answers } from "@/lib/client/http/answers";
import { queryString } from "@/lib/client/http/request";
import { createRefresher, type Later } from "@/lib/client/runs/refresher";
import { refreshRows } from "@/lib/client/runs/refresh-rows";
import { frameOf, staleKeys } from "@/lib/client/runs/stale-keys";
import type { StreamStatus } from "@/lib/client/sse/backoff";
import { connect } from "@/lib/client/sse/connect";

/** At most about three refreshes of a query a second. */
const EVERY_MS = 350;
const POLL_MS = 5000;

export interface StreamScope {
  project?: string;
  run?: string;
}

/** `down`: nothing is asked for but whether the server is back. */
export type LiveState = StreamStatus | "down";

const later: Later = (callback, ms) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};

/**
 * Keeps the page's queries fresh: listens to the server's changes and refetches what they make stale. Mounted once, by
 * the frame of every page; a query under one of `queryKeys` needs nothing else to be live.
 */
export function useStream({ project, run }: StreamScope = {}): LiveState {
  const client = useQueryClient();
  const [status, setStatus] = useState<StreamStatus>("connecting");
  const [isDown, setDown] = useState(false);

  useEffect(() => {
    const refresher = createRefresher(EVERY_MS, later);
    // Runs of each project that changed since its rows were last asked for.
    const rows = new Map<string, Set<string>>();
    const connection = connect(`/api/v1/stream${queryString({ project, run })}`, {
      onStatus: setStatus,
      onEvent: (event) => {
        const frame = frameOf(event);
        if (frame?.event === "hello") {
          // Between the page's own reading and this moment anything may have changed, and nobody told us.
          refresher.mark("everything", () => client.invalidateQueries({}, { cancelRefetch: false }));
        }
        if (frame?.event !== "run") return;
        for (const queryKey of staleKeys(frame.data)) {
          const refetch = () => client.invalidateQueries({ queryKey }, { cancelRefetch: false });
          refresher.mark(queryKey.join(" "), refetch);
        }
        const { project_id, run_id } = frame.data;
        const changed = rows.get(project_id) ?? new Set();
        rows.set(project_id, changed.add(run_id));
        refresher.mark(`rows ${project_id}`, () => {
          rows.delete(project_id);
          return refreshRows(client, project_id, changed);
        });
      },
    });
    const onVisibility = () => (document.hidden ? connection.pause() : connection.resume());
    document.addEventListener("visibilitychange", onVisibility);
    onVisibility();
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      connection.close();
      refresher.stop();
    };
  }, [client, project, run]);

  useEffect(() => {
    if (status !== "polling") return;
    const poll = async () => {
      const there = await answers();
      setDown(!there);
      if (there) await client.invalidateQueries({}, { cancelRefetch: false });
    };
    void poll();
    const timer = setInterval(() => void poll(), POLL_MS);
    return () => clearInterval(timer);
  }, [client, status]);

  return status === "polling" && isDown ? "down" : status;
}
