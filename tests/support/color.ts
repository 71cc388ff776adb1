import { readFileSync } from "node:fs";

/** Linear sRGB, each 0 to 1. */
export type Rgb = readonly [number, number, number];
export type Theme = "light" | "dark";

/** OKLCH to linear sRGB. Ottosson 2020. */
export function fromOklch(l: number, c: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [c * Math.cos(angle), c * Math.sin(angle)];
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** Linear sRGB to OKLab. Ottosson 2020. */
function toOklab([r, g, b]: Rgb): Rgb {
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

/** OKLab to linear sRGB. Ottosson 2020. */
const fromOklab = ([l, a, b]: Rgb): Rgb => fromOklch(l, Math.hypot(a, b), (Math.atan2(b, a) * 180) / Math.PI);

/** `color-mix(in oklab, a share%, b)`. */
export function mixed(a: Rgb, b: Rgb, share: number): Rgb {
  const [x, y] = [toOklab(a), toOklab(b)];
  const mix = (i: 0 | 1 | 2) => (x[i] * share + y[i] * (100 - share)) / 100;
  return fromOklab([mix(0), mix(1), mix(2)]);
}

/** Dichromacy, as matrices on linear sRGB. Machado, Oliveira and Fernandes 2009, table 1, severity 1.0. */
export const VISION: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

export function seen(color: Rgb, matrix: readonly Rgb[]): Rgb {
  const [r = 0, g = 0, b = 0] = matrix.map((row) =>
    clamp(row[0] * color[0] + row[1] * color[1] + row[2] * color[2]),
  );
  return [r, g, b];
}

/** Euclidean distance in OKLab; about 0.02 is just noticeable. */
export function difference(a: Rgb, b: Rgb): number {
  const [x, y] = [toOklab(a), toOklab(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

/** Contrast ratio, WCAG 2.2. */
export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * clamp(r) + 0.7152 * clamp(g) + 0.0722 * clamp(b);

/** The custom properties of one theme in app/globals.css that are opaque OKLCH colours. */
export function themeColors(theme: Theme): Map<string, Rgb> {
  const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
  const block = css.split(`[data-theme="${theme}"] {`)[1]?.split("\n}")[0] ?? "";
  const found = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g);
  return new Map(
    [...found].map(([, name = "", l, c, h]) => [name, fromOklch(Number(l), Number(c), Number(h))]),
  );
}
