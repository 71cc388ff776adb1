"use client";

import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { useNotify } from "@/components/ui/toast";
import { useExampleLoad } from "@/lib/client/examples/use-example-load";
import type { LoadProgress } from "@/lib/client/examples/load-examples";
import { plural } from "@/lib/presenters/format/number";

/** Fills an empty tracker with recorded trainings, so that there is something to look at. */
export function ExampleLoader({ onLoaded }: { onLoaded?: () => void }) {
  const notify = useNotify();
  const { load, start, cancel } = useExampleLoad((progress) => {
    notify({ title: `Loaded ${plural(progress.total, "run")}`, detail: leftOut(progress) });
    onLoaded?.();
  });
  switch (load.state) {
    case "idle":
      return <Button onClick={start}>Load example runs</Button>;
    case "loading":
      return <Loading progress={load.progress} onCancel={cancel} />;
    case "done":
      return null;
    case "cancelled":
      return (
        <Again onStart={start} button="Resume loading">
          Stopped after {plural(load.progress?.done ?? 0, "run")}; they stay.
        </Again>
      );
    case "failed":
      return (
        <Again onStart={start} button="Try again">
          <span className="text-failed">The examples could not be loaded: {load.reason}</span>
        </Again>
      );
  }
}

function Loading({ progress, onCancel }: { progress: LoadProgress | null; onCancel: () => void }) {
  const { done = 0, total = 1 } = progress ?? {};
  return (
    <div className="flex w-full max-w-md flex-col items-start gap-3">
      <div className="w-full">
        <Progress
          value={done}
          max={total}
          label="Loading"
          text={progress ? `${done} of ${plural(total, "run")}` : "reading the index"}
        />
      </div>
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

/** What a job that died left torn. */
function leftOut({ unreadable }: LoadProgress): string | undefined {
  if (unreadable === 0) return undefined;
  return `${plural(unreadable, "unreadable line was", "unreadable lines were")} left out.`;
}

function Again({
  children,
  button,
  onStart,
}: {
  children: React.ReactNode;
  button: string;
  onStart: () => void;
}) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 text-sm">
      <span>{children}</span>
      <Button size="small" onClick={onStart}>
        {button}
      </Button>
    </div>
  );
}
