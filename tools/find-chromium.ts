import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"

// The shell is Chromium without its windows: the same pages for a sixth less processor time.
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
]

/** Returns the path of a Chromium on this machine: `CHROMIUM_PATH`, or the first on the PATH; null when it has none. */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM_PATH"]
  if (named !== undefined && named !== "") return named
  return names.map(findProgram).find((path) => path !== null) ?? null
}

/** Returns the path of a program on the PATH; null when there is none. */
export function findProgram(name: string): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}
