"use client";

import { PageFrame } from "@/components/shell/page-frame";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <PageFrame crumbs={[{ label: "Home", href: "/" }, { label: "Error" }]}>
      <EmptyState
        title="This page could not be shown"
        actions={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        The server met a problem that it did not expect. Your data is safe.
        {error.digest ? ` The server's log has it under ${error.digest}.` : null}
      </EmptyState>
    </PageFrame>
  );
}
