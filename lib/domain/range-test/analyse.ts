import { minimum, slide, steep, valley } from "./fastai";
import { lightning } from "./lightning";
import { fastaiWindow, type Suggestion, type Sweep } from "./sweep";
import { type Reading, readZones, type Zones } from "./zones";

/** What each method makes of the curve, usable or not; null where there are too few points for it. */
export interface Suggestions {
  valley: Suggestion | null;
  slide: Suggestion | null;
  minimum: Suggestion | null;
  steep: Suggestion | null;
  /** As the library has it, against the LR itself. */
  lightning: Suggestion | null;
}

export interface RangeTest {
  suggestions: Suggestions;
  /** Lightning's method against ln lr. */
  lightning_log: Suggestion | null;
  zones: Zones | null;
  /** Whether the curve has a fall and a minimum that a suggestion can rest on. Every method returns something anyway. */
  usable: boolean;
  /** The first suggestion, in the order of trust, that lies in the good zone; null when there is none. */
  recommended: (Suggestion & { method: keyof Suggestions | "lightning_log" }) | null;
  message: string;
}

/** The suggestions of fastai and Lightning for a sweep, and whether the curve bears any. */
export function analyseSweep(sweep: Sweep): RangeTest {
  const window = fastaiWindow(sweep);
  const suggestions: Suggestions = {
    valley: valley(window),
    slide: slide(window),
    minimum: minimum(window),
    steep: steep(window),
    lightning: lightning(sweep, "lr"),
  };
  const lightning_log = lightning(sweep, "log-lr");
  const reading = readZones(sweep);
  const zones = "zones" in reading ? reading.zones : null;
  const recommended = zones && recommend({ ...suggestions, lightning_log }, zones);
  const usable = zones !== null;
  return { suggestions, lightning_log, zones, usable, recommended, message: messageOf(reading, recommended) };
}

/** In the order of trust: fastai's default first, then the steepest descents. */
const METHODS = ["valley", "lightning_log", "steep", "minimum", "slide"] as const;

function recommend(
  suggestions: Suggestions & { lightning_log: Suggestion | null },
  { good }: Zones,
): RangeTest["recommended"] {
  for (const method of METHODS) {
    const found = suggestions[method];
    if (found && found.lr >= good.from && found.lr <= good.to) return { method, ...found };
  }
  return null;
}

const TROUBLE = {
  too_few: "No usable minimum: fewer than 20 finite losses. Run at least 100 updates.",
  flat: "No usable minimum: the loss hardly moves over the whole sweep. Sweep to higher learning rates, or check that the model trains at all.",
  rising:
    "No usable minimum: the loss only rises as the LR grows. Start the sweep at a lower LR, or check the model, its loss and its data.",
};

function messageOf(reading: Reading, recommended: RangeTest["recommended"]): string {
  if ("trouble" in reading) return TROUBLE[reading.trouble];
  const { good, too_high } = reading.zones;
  const range = `The loss falls between ${lrText(good.from)} and ${lrText(good.to)}.`;
  const start = recommended ? ` Start from ${lrText(recommended.lr)} (${recommended.method}).` : "";
  const end = too_high
    ? ""
    : " It was still falling when the sweep ended: sweep further for the upper limit.";
  return range + start + end;
}

const lrText = (lr: number): string => String(Number(lr.toPrecision(2)));
