import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

/** Headings stand under the page's own; a task's box is a sign, since it cannot be ticked here. */
const COMPONENTS: Components = {
  h1: ({ children }) => <h3 className="text-lg font-semibold">{children}</h3>,
  h2: ({ children }) => <h3 className="text-base font-semibold">{children}</h3>,
  h3: ({ children }) => <h4 className="font-semibold">{children}</h4>,
  h4: ({ children }) => <h4 className="font-medium">{children}</h4>,
  h5: ({ children }) => <h4 className="font-medium">{children}</h4>,
  h6: ({ children }) => <h4 className="font-medium">{children}</h4>,
  a: ({ children, href }) => (
    <a href={href} rel="noreferrer" className="text-accent underline underline-offset-2">
      {children}
    </a>
  ),
  input: ({ checked }) => (
    <span role="img" aria-label={checked ? "done" : "to do"} className="font-mono">
      {checked ? "☑" : "☐"}
    </span>
  ),
  table: ({ children }) => (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Table">
      <table className="tabular-nums [&_td]:border [&_td]:border-line [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:border-line [&_th]:px-2 [&_th]:py-1 [&_th]:font-medium">
        {children}
      </table>
    </div>
  ),
  pre: ({ children }) => (
    <pre tabIndex={0} className="overflow-x-auto rounded-md bg-surface p-3 text-xs">
      {children}
    </pre>
  ),
};

const TEXT = [
  "flex flex-col gap-2 text-sm break-words",
  "[&_ol]:list-decimal [&_ol]:pl-5 [&_ul]:list-disc [&_ul]:pl-5 [&_.contains-task-list]:list-none [&_.contains-task-list]:pl-0",
  "[&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-muted",
  "[&_code]:font-mono [&_hr]:border-line [&_:not(pre)>code]:rounded [&_:not(pre)>code]:bg-active [&_:not(pre)>code]:px-1",
].join(" ");

/** Markdown as GitHub writes it. HTML inside it stays text, and nothing is fetched from elsewhere. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={TEXT}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={COMPONENTS} disallowedElements={["img"]}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
