import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

/** The path of a Chromium on this machine: `CHROMIUM_PATH`, or the first one on the PATH; null when there is none. */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM_PATH"]
  if (named !== undefined && named !== "") return named
  const folders = (process.env["PATH"] ?? "").split(delimiter)
  return (
    folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path)) ??
    null
  )
}

/**
 * Installs what a package of Debian holds, as root on Debian.
 * @returns whether that was possible and worked
 */
export function installDebianPackage(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false
  try {
    const run = (args: string[]) => execFileSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"] })
    run(["-qq", "update"])
    run(["-qq", "-y", "install", name])
    return true
  } catch {
    return false
  }
}
