import { CompareQuery, type CompareQuestion, type CompareResponse } from "@/lib/contracts/compare";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import { chooseMetric } from "@/lib/presenters/compare/choose-metric";
import { bodyOf, isEmptyView, parseCompareView, questionOf, whichOf } from "@/lib/presenters/compare/view";
import { comparedMetrics } from "@/lib/server/compare/compared-metrics";
import type { Ctx } from "@/lib/server/context";
import { readJson } from "@/lib/server/http/wire";
import { orNotFound } from "@/lib/server/page-context";
import { runReading } from "@/lib/server/work/run-reading";

interface Loaded {
  primary: PrimaryMetric | null;
  initial: { question: CompareQuestion; answer: CompareResponse } | null;
}

/** The answer to an address, so that the page arrives with its verdict. */
export async function loadComparison(ctx: Ctx, search: URLSearchParams): Promise<Loaded> {
  const view = parseCompareView(search);
  if (isEmptyView(view)) return { primary: null, initial: null };
  const { metrics, primary: declared } = await orNotFound(comparedMetrics(ctx, whichOf(view)));
  const primary = chooseMetric(declared, metrics);
  const question = questionOf(view, primary);
  // What the API would refuse is left to it to explain.
  if (!CompareQuery.safeParse(question).success || !question) return { primary, initial: null };
  const answer = readJson(await runReading("compare", ctx, bodyOf(question, null)));
  return { primary, initial: { question, answer } };
}
