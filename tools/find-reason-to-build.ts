import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"

/** The last file that each build writes. */
const builds = ["apps/web/dist/index.html", "apps/web/dist-server/draw-page.js", "apps/bff/dist/main.js"]
const sources = [
  "apps/web",
  "apps/bff",
  "packages/shared-schemas",
  "packages/peering-rules",
  "pnpm-lock.yaml",
  "package.json",
]
const ignored = /(^|\/)(node_modules|dist|dist-server|test|coverage)(\/|$)|\.test\.tsx?$|\.tsbuildinfo$/

/** Returns why the web app and the server have to be built; null when their build is newer than every source. */
export function findReasonToBuild(root: string): string | null {
  const missing = builds.find((path) => !existsSync(join(root, path)))
  if (missing !== undefined) return `there is no ${missing}`
  const builtAt = Math.min(...builds.map((path) => statSync(join(root, path)).mtimeMs))
  const newer = sources
    .flatMap((path) => listFiles(root, path))
    .find((path) => statSync(join(root, path)).mtimeMs > builtAt)
  return newer === undefined ? null : `${newer} is newer than the build`
}

function listFiles(root: string, path: string): string[] {
  if (ignored.test(path) || !existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path)).flatMap((name) => listFiles(root, `${path}/${name}`))
}
