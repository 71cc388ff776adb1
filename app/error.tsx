"use client";

import { useEffect, useState } from "react";
import { PageFrame } from "@/components/shell/page-frame";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { answers } from "@/lib/client/http/answers";

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

const EVERY_MS = 2000;

/** A part of the page could not be fetched: it stays missing until the page is loaded anew. */
const isMissingPart = ({ name, message }: Error): boolean =>
  name === "ChunkLoadError" || /load(ing)? chunk/i.test(message);

export default function ErrorPage({ error, reset }: Props) {
  const isDown = useDown();
  const again = isMissingPart(error) ? () => window.location.reload() : reset;
  return (
    <PageFrame crumbs={[{ label: "Home", href: "/" }, { label: "Error" }]}>
      <EmptyState
        title={isDown ? "The server does not answer" : "This page could not be shown"}
        actions={
          <Button variant="primary" onClick={again}>
            Try again
          </Button>
        }
      >
        {isDown ? "Check that it is running; the page reloads on its own." : reasonOf(error)}
      </EmptyState>
    </PageFrame>
  );
}

function reasonOf(error: Props["error"]): string {
  if (isMissingPart(error)) return "A part of the page could not be fetched.";
  const told = "The server ran into an unexpected problem. Your data is safe.";
  return error.digest ? `${told} See ${error.digest} in the server log.` : told;
}

/** Whether the server is away; loads the page anew once it is back. */
function useDown(): boolean {
  const [isDown, setDown] = useState(false);
  useEffect(() => {
    let wasDown = false;
    const ask = async () => {
      const there = await answers();
      if (there && wasDown) window.location.reload();
      wasDown = !there;
      setDown(!there);
    };
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return isDown;
}
