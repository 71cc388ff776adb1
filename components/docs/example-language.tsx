"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import type { CallExample, ExampleLanguage } from "@/lib/presenters/docs/call-examples";

const Language = createContext<[ExampleLanguage, (language: ExampleLanguage) => void]>([
  "curl",
  () => undefined,
]);

/** One choice of language for all examples below it. */
export function ExampleLanguageProvider({ children }: { children: ReactNode }) {
  return <Language value={useState<ExampleLanguage>("curl")}>{children}</Language>;
}

/** A call in the language that the reader chose, here or at any other example. */
export function CallExamples({ examples, call }: { examples: readonly CallExample[]; call: string }) {
  const [language, setLanguage] = use(Language);
  const tabs = examples.map(({ language: value, label, code }) => ({
    value,
    label,
    content: <CodeBlock code={code} label={`the ${label} example of ${call}`} />,
  }));
  const choose = (value: string) => {
    const chosen = examples.find((example) => example.language === value);
    if (chosen) setLanguage(chosen.language);
  };
  return <Tabs label={`Language of the example of ${call}`} tabs={tabs} value={language} onChange={choose} />;
}
