import { findChromium } from "../../scripts/lib/chromium.mjs";

/** How Playwright starts the browser that was found. Chromium refuses its sandbox to root. */
export const launchOptions = {
  executablePath: findChromium(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
};
