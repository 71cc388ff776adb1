"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { LiveProvider } from "@/components/shell/live";
import { ToastProvider } from "@/components/ui/toast";
import { ProblemError } from "@/lib/client/http/problem-error";

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

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createClient);
  return (
    <QueryClientProvider client={client}>
      <ToastProvider>
        <LiveProvider>{children}</LiveProvider>
      </ToastProvider>
    </QueryClientProvider>
  );
}
