import type { Json } from "@/lib/presenters/docs/schema-example";

/** A call as code, ready to paste but for the parts in `<angle brackets>`. */
export interface CallExample {
  language: ExampleLanguage;
  label: string;
  code: string;
}

export const EXAMPLE_LANGUAGES = ["curl", "python"] as const;
export type ExampleLanguage = (typeof EXAMPLE_LANGUAGES)[number];

interface Call {
  /** In lower case. */
  method: string;
  /** Path parameters in braces: `…/runs/{run_id}`. */
  url: string;
  /** Null: the call has none. */
  body: Json | null;
}

export const callExamples = (call: Call): CallExample[] => [
  { language: "curl", label: "curl", code: curlOf(call) },
  { language: "python", label: "Python", code: pythonOf(call) },
];

const addressOf = (url: string): string => url.replace(/\{([^}]+)\}/g, "<$1>");

function curlOf({ method, url, body }: Call): string {
  const verb = method === "get" ? "curl" : `curl -X ${method.toUpperCase()}`;
  const address = `${verb} '${addressOf(url)}'`;
  if (body === null) return address;
  return `${address} \\\n  -H 'content-type: application/json' \\\n  -d '${JSON.stringify(body).replaceAll("'", `'\\''`)}'`;
}

/** By the `requests` package, which most environments have. */
function pythonOf({ method, url, body }: Call): string {
  const address = JSON.stringify(addressOf(url));
  const sent = body === null ? "" : `, json=${pythonLiteral(body)}`;
  return [
    "import requests",
    "",
    `answer = requests.${method}(${address}${sent})`,
    "answer.raise_for_status()",
    ...(method === "delete" ? [] : ["print(answer.json())"]),
  ].join("\n");
}

/** The value as Python writes it: `None`, `True` and `False` instead of JSON's words. */
export function pythonLiteral(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const entries = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}: ${pythonLiteral(inner)}`,
  );
  return `{${entries.join(", ")}}`;
}
