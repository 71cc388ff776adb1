import { Link } from "@/components/ui/link";
import { buttonClass } from "@/components/ui/button";
import type { SavedSchedule } from "@/lib/contracts/saved-schedules";
import type { Gallery } from "@/lib/presenters/schedules/gallery";
import { FamilyItem } from "./family-item";
import { PresetItem } from "./preset-item";
import { SavedLibrary } from "./saved-library";

interface Props {
  gallery: Gallery;
  saved: { items: SavedSchedule[]; next_cursor: string | null };
}

/** What there is: one's own schedules, those of published trainings, and every family. */
export function GalleryView({ gallery, saved }: Props) {
  return (
    <div className="mx-auto flex w-full max-w-[1400px] flex-col gap-8 px-4 py-5">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="flex-1 text-xl font-semibold tracking-tight">Schedules</h1>
        <Link href="/schedules/advise" className={buttonClass("secondary")}>
          Ask the advisor
        </Link>
        <Link href="/schedules/design" className={buttonClass("primary")}>
          New schedule
        </Link>
      </header>
      <SavedLibrary initial={saved} />
      <section aria-labelledby="presets">
        <Heading id="presets" title="From practice" text="As published trainings used them." />
        <ul className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-4 xl:grid-cols-5">
          {gallery.presets.map((preset) => (
            <PresetItem key={preset.id} preset={preset} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="families">
        <Heading
          id="families"
          title="Families"
          text="Every rule, when to use it, and what libraries call it."
        />
        <ul className="grid gap-x-8 sm:grid-cols-2 xl:grid-cols-3">
          {gallery.families.map((family) => (
            <FamilyItem key={family.id} family={family} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function Heading({ id, title, text }: { id: string; title: string; text: string }) {
  return (
    <div className="mb-3 flex flex-wrap items-baseline gap-x-3 border-b border-line pb-2">
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      <p className="text-sm text-muted">{text}</p>
    </div>
  );
}
