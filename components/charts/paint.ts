import type { Ink } from "@/lib/presenters/charts/chart-model";

/** Turns an ink into a colour that a canvas takes; `share` dims it further. */
export type Paint = (ink: Ink, share?: number) => string;

/**
 * A canvas knows neither CSS variables nor every colour space Chart.js' own parser meets, so the browser resolves each
 * colour once per theme: the variable through a computed style, the rest through one painted pixel.
 */
export function createPaint(): Paint {
  if (typeof document === "undefined") return () => "transparent";
  const channels = new Map<string, string>();
  return ({ css, alpha }, share = 1) => {
    let rgb = channels.get(css);
    if (rgb === undefined) {
      rgb = resolve(css);
      channels.set(css, rgb);
    }
    return `rgba(${rgb}, ${Number((alpha * share).toFixed(3))})`;
  };
}

function resolve(css: string): string {
  const probe = document.createElement("span");
  probe.style.color = css;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return "128, 128, 128";
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `${red}, ${green}, ${blue}`;
}
