import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

/** The run's page before its data: every part where it will be. */
export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Run" }]}>
      <div aria-busy className="flex w-full flex-col gap-2 px-4 py-2">
        <Skeleton className="h-9 w-96 max-w-full" />
        <Skeleton className="my-1 h-7 w-full" />
        <div className="grid gap-x-4 gap-y-3 xl:grid-cols-[minmax(0,1fr)_20rem] 2xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div>
            <Skeleton className="mt-8 h-[360px] md:h-[440px] xl:h-[clamp(420px,calc(100svh-460px),1100px)]" />
            <Skeleton className="mx-14 mt-1 h-8" />
          </div>
          <Skeleton className="h-24 xl:mt-2 xl:h-72" />
        </div>
        <Skeleton className="h-9" />
      </div>
    </PageFrame>
  );
}
