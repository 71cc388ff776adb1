import { Prose } from "@/components/ui/prose";
import type { ApiBody, ApiOperation, ApiReference as Reference } from "@/lib/presenters/docs/api-reference";
import { listOperations } from "@/lib/presenters/docs/find-operations";
import { CallExamples, ExampleLanguageProvider } from "./example-language";
import { FieldTable } from "./field-table";
import { OperationList } from "./operation-list";

/** The whole API on one page, so that the browser's find reaches all of it. */
export function ApiReference({ api }: { api: Reference }) {
  return (
    <ExampleLanguageProvider>
      <div className="mx-auto grid w-full max-w-7xl gap-8 [&_code]:font-mono px-4 py-6 lg:grid-cols-[19rem_minmax(0,1fr)]">
        <OperationList groups={listOperations(api)} />
        <div className="flex min-w-0 flex-col gap-10">
          <header className="flex flex-col gap-2">
            <h1 className="text-xl font-semibold tracking-tight">API</h1>
            <p className="max-w-prose text-base text-pretty text-muted">
              <Prose text={api.description || "JSON over HTTP."} /> Version {api.version}. The same as a
              document for programs:{" "}
              <a className="text-accent underline" href="/api/v1/openapi.json">
                /api/v1/openapi.json
              </a>
              .
            </p>
            {api.failure ? (
              <details className="text-sm">
                <summary className="cursor-pointer rounded py-1 text-muted">
                  What every call answers when it fails
                </summary>
                <Body caption={api.failure.types.join(" or ")} body={api.failure} />
              </details>
            ) : null}
          </header>
          {api.groups.map(({ tag, anchor, operations }) => (
            <section key={tag} aria-labelledby={anchor} className="flex flex-col gap-6">
              <h2
                id={anchor}
                className="border-b border-line pb-2 text-xl font-semibold tracking-tight capitalize"
              >
                {tag}
              </h2>
              {operations.map((operation) => (
                <Operation key={operation.anchor} operation={operation} />
              ))}
            </section>
          ))}
        </div>
      </div>
    </ExampleLanguageProvider>
  );
}

function Operation({ operation }: { operation: ApiOperation }) {
  const { anchor, method, path, summary, description, parameters, body, responses, examples } = operation;
  return (
    <article aria-labelledby={anchor} className="flex flex-col gap-3 border-b border-line pb-6 last:border-0">
      <h3 id={anchor} className="flex flex-wrap items-baseline gap-x-3 font-mono text-base">
        <span className="font-semibold">{method}</span>
        <a href={`#${anchor}`} className="break-all hover:underline">
          {path}
        </a>
      </h3>
      {summary ? (
        <p className="max-w-prose text-base">
          <Prose text={summary} />
        </p>
      ) : null}
      {description ? (
        <p className="max-w-prose text-sm text-pretty text-muted">
          <Prose text={description} />
        </p>
      ) : null}
      {parameters.length > 0 ? <FieldTable caption="Parameters" fields={parameters} /> : null}
      {body ? <Body caption={`Body, ${body.types.join(" or ")}`} body={body} /> : null}
      <Responses responses={responses} />
      <CallExamples examples={examples} call={`${method} ${path}`} />
    </article>
  );
}

function Body({ caption, body }: { caption: string; body: ApiBody }) {
  if (body.fields.length > 0) return <FieldTable caption={caption} fields={body.fields} />;
  return (
    <p className="text-sm">
      <span className="text-muted">{caption}: </span>
      <code className="font-mono break-words">{body.type}</code>
    </p>
  );
}

function Responses({ responses }: Pick<ApiOperation, "responses">) {
  return (
    <ul className="flex flex-col gap-2">
      {responses.map(({ status, description, body }) => (
        <li key={status} className="text-sm">
          <details>
            <summary className="cursor-pointer rounded py-1">
              <span className="font-mono font-semibold">{status}</span>{" "}
              <span className="text-muted">
                <Prose text={description} />
              </span>
            </summary>
            <div className="pt-1 pl-4">
              {body ? <Body caption={body.types.join(" or ")} body={body} /> : "No body."}
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
