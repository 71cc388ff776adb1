import { cn } from "./class-names";

/** Holds the place of something that is loading, at its final size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse rounded bg-active", className)} />;
}
