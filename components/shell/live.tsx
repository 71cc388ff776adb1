"use client";

import { createContext, useContext, type ReactNode } from "react";
import { Status, type Shape, type Tone } from "@/components/ui/badge";
import { Tip } from "@/components/ui/tooltip";
import { useStream, type LiveState } from "@/lib/client/runs/use-stream";

const LiveContext = createContext<LiveState>("connecting");

/** One stream for the page, whatever it shows. */
export function LiveProvider({ children }: { children: ReactNode }) {
  return <LiveContext value={useStream()}>{children}</LiveContext>;
}

const WORDS: Record<LiveState, { word: string; tone: Tone; shape: Shape; detail: string }> = {
  connecting: {
    word: "Connecting",
    tone: "neutral",
    shape: "ring",
    detail: "Waiting for the server's changes.",
  },
  live: { word: "Live", tone: "verified", shape: "dot", detail: "Changes appear within a second." },
  polling: {
    word: "Every 5 s",
    tone: "recommended",
    shape: "clock",
    detail: "The live connection failed; the page refreshes every 5 seconds and keeps trying to reconnect.",
  },
  down: {
    word: "No answer",
    tone: "failed",
    shape: "cross",
    detail: "The server does not answer. The page shows what it has and keeps trying.",
  },
  paused: {
    word: "Paused",
    tone: "neutral",
    shape: "ring",
    detail: "Paused while this tab is in the background.",
  },
};

export function LiveStatus() {
  const { word, tone, shape, detail } = WORDS[useContext(LiveContext)];
  return (
    <Tip text={detail}>
      <button
        type="button"
        aria-label={`${word}: ${detail}`}
        className="flex h-8 items-center rounded-md px-2 text-xs"
      >
        <Status tone={tone} shape={shape}>
          <span className="max-sm:sr-only">{word}</span>
        </Status>
      </button>
    </Tip>
  );
}
