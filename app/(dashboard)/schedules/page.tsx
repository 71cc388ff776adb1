import type { Metadata } from "next";
import { GalleryView } from "@/components/schedules/gallery/gallery-view";
import { SchedulesTabs } from "@/components/schedules/schedules-tabs";
import { PageFrame } from "@/components/shell/page-frame";
import { PresetsResponse } from "@/lib/contracts/advise";
import { presentGallery } from "@/lib/presenters/schedules/gallery";
import { pageContext } from "@/lib/server/page-context";
import { schedulePresets } from "@/lib/server/schedules/advise";
import { listSaved } from "@/lib/server/schedules/saved-read";

export const metadata: Metadata = { title: "Schedules" };

export default async function SchedulesPage() {
  const saved = await listSaved(await pageContext(), { limit: 200 });
  return (
    <PageFrame crumbs={[{ label: "Schedules" }]}>
      <SchedulesTabs />
      <GalleryView gallery={presentGallery(PresetsResponse.parse(schedulePresets()))} saved={saved} />
    </PageFrame>
  );
}
