import { cn } from "./class-names";
import { splitName } from "./split-name";

interface Props {
  text: string;
  className?: string;
}

/** A name in one line; where there is no room, its middle gives way, since names differ at their ends. */
export function MiddleText({ text, className }: Props) {
  const [head, tail] = splitName(text);
  if (tail === "") return <span className={cn("truncate", className)}>{text}</span>;
  return (
    <span className={cn("flex min-w-0", className)}>
      <span className="truncate whitespace-pre">{head}</span>
      <span className="shrink-0 whitespace-pre">{tail}</span>
    </span>
  );
}
