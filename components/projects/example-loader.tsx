"use client";

import { Link } from "@/components/ui/link";
import { Button, buttonClass } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { useExampleLoad } from "@/lib/client/examples/use-example-load";
import type { LoadProgress } from "@/lib/client/examples/load-examples";
import { plural } from "@/lib/presenters/format/number";
import { projectHref } from "@/lib/presenters/projects/project-card";

/** Fills an empty tracker with recorded trainings, so that there is something to look at. */
export function ExampleLoader() {
  const { load, start, cancel } = useExampleLoad();
  switch (load.state) {
    case "idle":
      return <Button onClick={start}>Load example runs</Button>;
    case "loading":
      return <Loading progress={load.progress} onCancel={cancel} />;
    case "done":
      return <Done progress={load.progress} />;
    case "cancelled":
      return (
        <Again onStart={start} button="Go on loading">
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

function Done({ progress }: { progress: LoadProgress }) {
  const skipped = progress.unreadable;
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 text-sm">
      <span>
        Loaded {plural(progress.total, "run")}
        {skipped > 0 ? `; ${plural(skipped, "torn line was", "torn lines were")} left out` : ""}.
      </span>
      {progress.projects.map(({ id, name }) => (
        <Link key={id} href={projectHref(id)} className={buttonClass("secondary", "small")}>
          Open {name}
        </Link>
      ))}
    </div>
  );
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
