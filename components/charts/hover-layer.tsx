import type { HoverCard, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { fractionOn } from "@/lib/presenters/charts/axis";
import { formatValue } from "@/lib/presenters/format/number";
import { inkCss, Swatch } from "./chart-legend";
import type { PlotArea } from "./layers-plugin";

interface Props {
  model: ReadyChart;
  card: HoverCard;
  area: PlotArea;
  /** Pointed at on another chart: the line and the dots, and a single value if there is but one. */
  guest: boolean;
}

/** The crosshair: a line over the canvas, a dot on each real sample, a card with the exact values beside it. */
export function HoverLayer({ model, card, area, guest }: Props) {
  const width = area.right - area.left;
  const height = area.bottom - area.top;
  const share = fractionOn(model.x, card.x);
  if (share < 0 || share > 1) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute"
      style={{ left: area.left, top: area.top, width, height }}
    >
      <div className="absolute inset-y-0 w-px bg-muted/60" style={{ left: share * width }} />
      {card.dots.map((dot, i) => {
        const axis = model[dot.axis];
        const x = fractionOn(model.x, dot.x);
        const y = axis ? fractionOn(axis, dot.y) : -1;
        if (x < 0 || x > 1 || y < 0 || y > 1) return null;
        return (
          <div
            key={i}
            className="absolute size-[7px] -translate-1/2 rounded-full border-[1.5px] border-ground"
            style={{ left: x * width, top: (1 - y) * height, background: inkCss(dot.ink) }}
          />
        );
      })}
      {guest ? <GuestValue card={card} /> : <Card card={card} style={cardPlace(share, width)} />}
    </div>
  );
}

function GuestValue({ card }: { card: HoverCard }) {
  const [row, ...more] = card.rows;
  if (!row || more.length > 0) return null;
  return (
    <span className="absolute top-0 right-0 rounded bg-ground/85 px-1 font-mono text-xs tabular-nums">
      {short(row.value)}
    </span>
  );
}

/** A glance's worth of digits; the chart's own card has them all. */
const short = (text: string): string => (Number.isFinite(Number(text)) ? formatValue(Number(text)) : text);

/** Beside the crosshair, on the roomier side; where the plot is narrow, against the edge of that side. */
function cardPlace(share: number, width: number): { left?: number; right?: number } {
  const narrow = width < 480;
  if (share > 0.5) return narrow ? { left: 0 } : { right: (1 - share) * width + 12 };
  return narrow ? { right: 0 } : { left: share * width + 12 };
}

function Card({ card, style }: { card: HoverCard; style: { left?: number; right?: number } }) {
  return (
    <div
      className="absolute top-1 z-10 w-max max-w-80 rounded-md bg-overlay p-2 text-xs shadow-overlay"
      style={style}
    >
      <div className="mb-1 font-medium tabular-nums">{card.title}</div>
      <table className="tabular-nums">
        <tbody>
          {card.rows.map((row) => (
            <tr key={row.series} className="align-baseline">
              <td className="pr-2">
                <Swatch ink={row.ink} dash={row.dash} />
              </td>
              <td className="max-w-32 truncate pr-3 text-muted">{row.label}</td>
              <td className="text-right font-mono">
                {row.value}
                {row.note ? <div className="font-sans text-muted">{row.note}</div> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {card.notes.map((note) => (
        <p key={note} className="mt-1 border-t border-line pt-1 text-pretty text-muted">
          {note}
        </p>
      ))}
    </div>
  );
}
