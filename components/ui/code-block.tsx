import { CopyButton } from "./copy-button";

/** Code to copy, as it is; long lines scroll. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-md border border-line bg-surface">
      <pre
        tabIndex={0}
        aria-label={label}
        className="overflow-x-auto p-3 pr-12 font-mono text-sm leading-5 text-ink"
      >
        {code}
      </pre>
      <div className="absolute top-1 right-1 rounded-md bg-surface">
        <CopyButton text={code} label={`Copy ${label}`} />
      </div>
    </div>
  );
}
