import { CopyButton } from "./copy-button";

/** Code to copy, as it is; long lines scroll. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="flex items-start rounded-md border border-line bg-surface">
      <pre
        tabIndex={0}
        aria-label={label}
        className="min-w-0 flex-1 overflow-x-auto rounded-md p-3 font-mono text-sm leading-5 text-ink"
      >
        {code}
      </pre>
      <div className="p-1">
        <CopyButton text={code} label={`Copy ${label}`} />
      </div>
    </div>
  );
}
