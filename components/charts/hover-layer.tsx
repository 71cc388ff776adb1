import type { HoverCard, ReadyChart } from "@/lib/presenters/charts/chart-model";
import { fractionOn } from "@/lib/presenters/charts/axis";
import { atGlance } from "@/lib/presenters/charts/readout";
import { inkCss, Swatch } from "./chart-legend";
import type { PlotArea } from "./layers-plugin";
import { useCopyReadout } from "./use-copy-readout";

interface Props {
  model: ReadyChart;
  card: HoverCard;
  area: PlotArea;
  /** Pointed at on another chart: the line and the dots, and a single value if there is but one. */
  guest: boolean;
  /** A stretch is being dragged over, and nothing may lie on it. */
  selecting: boolean;
}

/** The crosshair: a line over the canvas, a dot on each real sample, a readout beside it. */
export function HoverLayer({ model, card, area, guest, selecting }: Props) {
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
      {guest ? <GuestValue card={card} /> : null}
      {guest || selecting ? null : <Readout card={card} style={cardPlace(share, width)} />}
    </div>
  );
}

function GuestValue({ card }: { card: HoverCard }) {
  const [row, ...more] = card.rows;
  if (!row || more.length > 0) return null;
  return (
    <span className="absolute top-0 right-0 rounded bg-ground/85 px-1 font-mono text-xs tabular-nums">
      {atGlance(row.value)}
    </span>
  );
}

/** Beside the crosshair, on the roomier side; where the plot is narrow, against the edge of that side. */
function cardPlace(share: number, width: number): { left?: number; right?: number } {
  const narrow = width < 480;
  if (share > 0.5) return narrow ? { left: 0 } : { right: (1 - share) * width + 12 };
  return narrow ? { right: 0 } : { left: share * width + 12 };
}

function Readout({ card, style }: { card: HoverCard; style: { left?: number; right?: number } }) {
  useCopyReadout(card);
  return (
    <div
      className="absolute top-1 z-10 w-max max-w-96 rounded-md bg-overlay px-2 py-1.5 text-xs shadow-overlay"
      style={style}
    >
      <div className="mb-0.5 font-medium tabular-nums">{card.title}</div>
      <table className="tabular-nums">
        <tbody>
          {card.rows.map((row) => (
            <tr key={row.series} className="align-baseline">
              <td className="pr-2">
                <Swatch ink={row.ink} dash={row.dash} />
              </td>
              <td className="max-w-32 truncate pr-3 text-muted">{row.label}</td>
              <td className="text-right font-mono whitespace-nowrap">{atGlance(row.value)}</td>
              <td className="pl-2 text-muted">{[row.beside, row.note].filter(Boolean).join(" · ")}</td>
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
