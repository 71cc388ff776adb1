"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { LiveProvider } from "@/components/shell/live";
import { ToastProvider } from "@/components/ui/toast";
import { ProblemError } from "@/lib/client/http/problem-error";
import { DrawnAt } from "@/lib/client/time/use-now";

/** The stream says when something is stale, so nothing is refetched for having got the focus back. */
function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < 2 && error instanceof ProblemError && error.problem.code === "unavailable",
      },
    },
  });
}

interface Props {
  /** Milliseconds; as the server says, so that the browser's first drawing is the same. */
  now: number;
  children: ReactNode;
}

export function Providers({ now, children }: Props) {
  const [client] = useState(createClient);
  return (
    <DrawnAt value={now}>
      <QueryClientProvider client={client}>
        <ToastProvider>
          <LiveProvider>{children}</LiveProvider>
        </ToastProvider>
      </QueryClientProvider>
    </DrawnAt>
  );
}
