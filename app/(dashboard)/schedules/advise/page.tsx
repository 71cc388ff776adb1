import type { Metadata } from "next";
import { Advisor } from "@/components/schedules/advisor/advisor";
import { SchedulesTabs } from "@/components/schedules/schedules-tabs";
import { PageFrame } from "@/components/shell/page-frame";
import { pageContext } from "@/lib/server/page-context";

export const metadata: Metadata = { title: "Schedule advisor" };

export default async function AdvisePage() {
  await pageContext();
  return (
    <PageFrame crumbs={[{ label: "Schedules", href: "/schedules" }, { label: "Advisor" }]}>
      <SchedulesTabs />
      <Advisor />
    </PageFrame>
  );
}
