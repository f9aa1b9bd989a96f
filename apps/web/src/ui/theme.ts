import { keepStored } from "./stored.ts"

/** `system` follows the browser's own setting. */
export type Theme = "system" | "light" | "dark"

// `public/theme.js` reads it before the first paint.
const key = "peering-desk:theme"

/** Returns the theme that is applied to the page. */
export function readTheme(): Theme {
  const { theme } = document.documentElement.dataset
  return theme === "light" || theme === "dark" ? theme : "system"
}

/** Applies a theme, and keeps it for this browser. */
export function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"]
  else document.documentElement.dataset["theme"] = theme
  keepStored(key, theme === "system" ? null : theme)
}
