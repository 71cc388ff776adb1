"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useDeferredValue } from "react";
import { PanelError } from "@/components/ui/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { adviseQuery } from "@/lib/client/schedules/tools";
import { useUrlState } from "@/lib/client/url/use-url-state";
import {
  adviseBody,
  readAdvisorForm,
  urlValue,
  type AdvisorField,
} from "@/lib/presenters/schedules/advisor-form";
import { AdvisorForm } from "./advisor-form";

/** Comes with every library's vocabulary, which the form does not need. */
const Answer = dynamic(() => import("./answer").then((file) => file.Answer), {
  ssr: false,
  loading: () => <Skeleton className="h-96" />,
});

/** From what is trained to schedules for it, with the reasons. The form stands in the URL. */
export function Advisor() {
  const [search, setUrl] = useUrlState();
  const form = readAdvisorForm((field) => search.get(field));
  const asked = adviseBody(form);
  const body = useDeferredValue("body" in asked ? asked.body : null);
  const { data, error, refetch } = useQuery(adviseQuery(body));
  return (
    <div className="mx-auto grid w-full max-w-[1400px] gap-x-8 gap-y-6 px-4 py-5 lg:grid-cols-[21rem_minmax(0,1fr)]">
      <AdvisorForm
        form={form}
        errors={"errors" in asked ? asked.errors : {}}
        onChange={(field: AdvisorField, text) => setUrl({ [field]: urlValue(field, text) })}
      />
      <section aria-label="Advice" className="flex min-w-0 flex-col gap-5">
        {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
        {data ? <Answer advice={data} /> : error ? null : <Skeleton className="h-96" />}
      </section>
    </div>
  );
}
