import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

/**
 * kB (1,000 bytes) after gzip, of the entry and the named lazy pages. The list page comes with the entry: it is what
 * everybody loads first; the create page is the heaviest.
 */
const budgets = [
  { what: "JavaScript of the list page", kind: "js", pages: [], limitKb: 110 },
  { what: "JavaScript of the create page in all", kind: "js", pages: ["CreatePeeringPage"], limitKb: 180 },
  { what: "CSS in all", kind: "css", pages: ["CreatePeeringPage", "PeeringPage"], limitKb: 14 },
] as const

/** The share of a limit from which the check warns; it fails over the limit (docs/decisions/0014-two-bundle-budgets.md). */
const warnFrom = 0.95

interface ManifestChunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  css?: string[]
}

const dist = fileURLToPath(new URL("../apps/web/dist", import.meta.url))
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Record<
  string,
  ManifestChunk
>

const results = budgets.map(({ what, kind, pages, limitKb }) => {
  const keys = Object.entries(manifest).filter(
    ([key, { isEntry }]) => isEntry === true || pages.some((page) => key.endsWith(`/${page}.tsx`)),
  )
  const files = new Set([...reach(keys.map(([key]) => key))].flatMap((key) => filesOf(key, kind)))
  const sizeKb =
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1000
  return { what, sizeKb, limitKb, within: sizeKb <= limitKb && keys.length === pages.length + 1 }
})

for (const { what, sizeKb, limitKb, within } of results) {
  const mark = !within ? "OVER" : sizeKb > warnFrom * limitKb ? "WARN" : "ok  "
  process.stdout.write(`${mark} ${what}: ${sizeKb.toFixed(1)} of ${limitKb} kB gzip\n`)
}
process.exitCode = results.every(({ within }) => within) ? 0 : 1

/** The chunks that load together with some, imports of imports too. */
function reach(keys: Iterable<string>, seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue
    seen.add(key)
    reach(manifest[key]?.imports ?? [], seen)
  }
  return seen
}

function filesOf(key: string, kind: "js" | "css"): string[] {
  const { file = "", css = [] } = manifest[key] ?? {}
  return [file, ...css].filter((name) => name.endsWith(`.${kind}`))
}
