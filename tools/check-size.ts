import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

/** kB (1,000 bytes) after gzip. The list page is what everybody loads first; the create page is the heaviest. */
const budgets = [
  { what: "JavaScript of the list page", kind: "js", route: "PeeringsPage", limitKb: 95 },
  { what: "JavaScript of the create page in all", kind: "js", route: "CreatePeeringPage", limitKb: 165 },
  { what: "CSS in all", kind: "css", route: null, limitKb: 14 },
] as const

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

const results = budgets.map(({ what, kind, route, limitKb }) => {
  const keys = Object.keys(manifest).filter(
    (key) => manifest[key]?.isEntry === true || route === null || key.includes(`/${route}.`),
  )
  const files = new Set([...reach(keys)].flatMap((key) => filesOf(key, kind)))
  const sizeKb =
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1000
  return { what, sizeKb, limitKb, within: sizeKb <= limitKb && files.size > 0 }
})

for (const { what, sizeKb, limitKb, within } of results) {
  process.stdout.write(`${within ? "ok  " : "OVER"} ${what}: ${sizeKb.toFixed(1)} of ${limitKb} kB gzip\n`)
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
