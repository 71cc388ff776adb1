import { LogSnippets } from "./log-snippets";

/** A project without a run: how to log one into it. */
export function EmptyProject({ origin, project }: { origin: string; project: string }) {
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-4 py-10">
      <h2 className="text-xl font-semibold tracking-tight">No run here yet</h2>
      <p className="max-w-prose text-base text-muted">
        Run this, or change one line of a training of your own. The run appears here as soon as its first
        point arrives.
      </p>
      <LogSnippets origin={origin} project={project} />
    </div>
  );
}
