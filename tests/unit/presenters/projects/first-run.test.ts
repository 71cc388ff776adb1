import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { LogMetricsBody } from "@/lib/contracts/metrics";
import { CreateRunBody } from "@/lib/contracts/runs";
import { CLIENT_WHEEL, firstRunSnippets } from "@/lib/presenters/projects/first-run";

const VERSION = path.resolve(import.meta.dirname, "../../../../python/src/lrscope/_version.py");
const [python, torch, curl] = firstRunSnippets("http://here:1", `it's "mine"`);

test("names the wheel that the server offers", () => {
  const version = /^__version__ = "(.+)"$/m.exec(readFileSync(VERSION, "utf8"))?.[1];
  expect(CLIENT_WHEEL).toBe(`lrscope-${version}-py3-none-any.whl`);
  expect(python?.install).toBe(`pip install http://here:1/clients/${CLIENT_WHEEL}`);
});

test.each([python, torch])("the Python of $label speaks of this server and quotes the project", (snippet) => {
  expect(snippet?.code).toContain(`project="it's \\"mine\\"", name="first-run", url="http://here:1"`);
});

test("the curl bodies are what the API takes, and an apostrophe does not end the shell's quotes", () => {
  expect(curl?.code).toContain(`"project":"it'\\''s`);
  const bodies = [...(curl?.code ?? "").matchAll(/-d '(.*?)'$/gms)].map(([, body = ""]) =>
    JSON.parse(body.replaceAll(`'\\''`, "'")),
  );
  expect(bodies).toHaveLength(2);
  expect(CreateRunBody.parse(bodies[0])).toMatchObject({ project: `it's "mine"`, id: "first-run" });
  expect(LogMetricsBody.parse(bodies[1]).points).toHaveLength(2);
});
