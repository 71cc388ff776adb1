import type { Config } from "tailwindcss";

const variables = (...names: string[]) => Object.fromEntries(names.map((name) => [name, `var(--${name})`]));

/** Read through `@config` in app/globals.css, which holds the values for both themes. */
export default {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  darkMode: ["selector", '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: {
        ...variables("ground", "surface", "active", "overlay", "ink", "muted", "faint"),
        ...variables("line", "line-strong", "accent", "accent-hover", "accent-soft", "on-accent"),
        ...variables("recommended", "inflight", "verified", "failed", "drift"),
        ...variables("recommended-soft", "inflight-soft", "verified-soft", "failed-soft", "drift-soft"),
      },
      fontFamily: {
        sans: ["var(--font-geist-sans)", "system-ui", "sans-serif"],
        mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
      },
      fontSize: {
        xs: ["12px", "16px"],
        sm: ["13px", "18px"],
        base: ["14px", "20px"],
        lg: ["16px", "24px"],
        xl: ["20px", "28px"],
        "2xl": ["28px", "36px"],
      },
      boxShadow: { overlay: "0 8px 24px var(--shadow), 0 0 0 1px var(--line)" },
      transitionDuration: { DEFAULT: "140ms" },
      transitionTimingFunction: { DEFAULT: "cubic-bezier(0.2, 0, 0, 1)" },
    },
  },
} satisfies Config;
