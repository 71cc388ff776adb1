import type { ReactNode } from "react";

interface Props {
  iso: string;
  /** The exact time, for hovering. */
  exact: string;
  children: ReactNode;
  className?: string;
}

/** A time in words that grow old: what the server wrote may be a second behind the browser's clock. */
export function TimeText({ iso, exact, children, className }: Props) {
  return (
    <time dateTime={iso} title={exact} className={className} suppressHydrationWarning>
      {children}
    </time>
  );
}
