import { PageFrame } from "@/components/shell/page-frame";
import { Skeleton } from "@/components/ui/skeleton";

/** The run's page before its data: every part where it will be. */
export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: "Run" }]}>
      <div aria-busy className="mx-auto flex w-full max-w-[1600px] flex-col gap-2 px-4 py-2">
        <Skeleton className="h-9 w-96 max-w-full" />
        <Skeleton className="my-1 h-7 w-full" />
        <Skeleton className="mt-8 h-[360px] md:h-[440px]" />
        <Skeleton className="mx-14 h-8" />
        <div className="mt-2 grid grid-cols-2 gap-3 max-sm:[&>:nth-child(n+3)]:col-span-2 xl:grid-cols-[1fr_1fr_1fr_1.4fr]">
          {["best", "lr", "plateau", "control"].map((card) => (
            <Skeleton key={card} className="h-[114px]" />
          ))}
        </div>
        <Skeleton className="mt-2 h-9" />
      </div>
    </PageFrame>
  );
}
