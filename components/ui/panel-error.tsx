import { Button } from "./button";

/** A part of the page that could not be loaded: why, and a button to try again. */
export function PanelError({ reason, onRetry }: { reason: string; onRetry: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm">
      <span className="text-failed">{reason}</span>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
