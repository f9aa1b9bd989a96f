import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

interface Budget {
  what: string
  kind: "js" | "css"
  /** Names of the files that count together with the entry. */
  pages: readonly string[]
  /** kB (1,000 bytes) after gzip. */
  limitKb: number
  /** With the document, its stylesheet and its stream, a page asks for at most eight files. */
  mostFiles: number
}

/** All that each family of pages loads. Overview and the lists come with the entry, so everybody loads them first. */
const budgets: readonly Budget[] = [
  { what: "JavaScript of Overview and the lists", kind: "js", pages: [], limitKb: 148, mostFiles: 3 },
  {
    what: "JavaScript of a connection or share link in all",
    kind: "js",
    pages: ["path"],
    limitKb: 230,
    mostFiles: 5,
  },
  {
    what: "JavaScript of a create, containers or a request in all",
    kind: "js",
    pages: ["create"],
    limitKb: 290,
    mostFiles: 6,
  },
  {
    what: "JavaScript of the address space in all",
    kind: "js",
    pages: ["addresses"],
    limitKb: 195,
    mostFiles: 5,
  },
  {
    what: "JavaScript of all other pages in all",
    kind: "js",
    pages: ["administration"],
    limitKb: 215,
    mostFiles: 5,
  },
  { what: "CSS in all", kind: "css", pages: [], limitKb: 20, mostFiles: 1 },
]

/** Up to this share of a budget, a warning gives time to look for what grew. */
const failFrom = 1.1

interface ManifestChunk {
  file: string
  name?: string
  imports?: string[]
  css?: string[]
}

type Manifest = Record<string, ManifestChunk>

/** Compares a build with its budgets. Returns a line per budget: ok, WARN over it, OVER from 110 % on, and with more files. */
export function checkSize(
  dist: string,
  wanted: readonly Budget[] = budgets,
): { line: string; isOver: boolean }[] {
  const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Manifest
  const html = readFileSync(join(dist, "index.html"), "utf8")
  const entry = Object.keys(manifest).filter((key) => html.includes(`${manifest[key]?.file}"`))
  return wanted.map(({ what, kind, pages, limitKb, mostFiles }) => {
    const keys = Object.keys(manifest).filter((key) => pages.some((page) => manifest[key]?.name === page))
    const files = new Set(
      [...reach(manifest, [...entry, ...keys])].flatMap((key) => filesOf(manifest[key], kind)),
    )
    const sizes = [...files].map((file) => gzipSync(readFileSync(join(dist, file))).length)
    const sizeKb = sizes.reduce((sum, size) => sum + size, 0) / 1000
    const isOver = sizeKb > failFrom * limitKb || keys.length !== pages.length || files.size > mostFiles
    const mark = isOver ? "OVER" : sizeKb > limitKb ? "WARN" : "ok  "
    return {
      line: `${mark} ${what}: ${sizeKb.toFixed(1)} of ${limitKb} kB gzip, ${files.size} of ${mostFiles} files`,
      isOver,
    }
  })
}

/** Returns the chunks that load together with some, imports of imports too. */
function reach(manifest: Manifest, keys: Iterable<string>, seen = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (seen.has(key)) continue
    seen.add(key)
    reach(manifest, manifest[key]?.imports ?? [], seen)
  }
  return seen
}

function filesOf(chunk: ManifestChunk | undefined, kind: "js" | "css"): string[] {
  const { file = "", css = [] } = chunk ?? {}
  return [file, ...css].filter((name) => name.endsWith(`.${kind}`))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = checkSize(fileURLToPath(new URL("../apps/web/dist", import.meta.url)))
  for (const { line } of results) process.stdout.write(`${line}\n`)
  process.exitCode = results.some(({ isOver }) => isOver) ? 1 : 0
}
