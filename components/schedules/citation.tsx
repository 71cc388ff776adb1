import type { z } from "zod";
import type { Source } from "@/lib/contracts/advise";

/** `Loshchilov & Hutter 2017`, linked where there is a page. */
export function Citation({ source }: { source: z.infer<typeof Source> }) {
  const text = `${source.authors} ${source.year}`;
  if (source.url === null) return <span title={source.title}>{text}</span>;
  return (
    <a
      href={source.url}
      target="_blank"
      rel="noreferrer"
      title={source.title}
      className="underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      {text}
    </a>
  );
}
