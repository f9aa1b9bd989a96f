import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { format, resolveConfig } from "prettier"
import { judge, type Area, type AreaResult } from "./lab/bench/area.ts"
import { areas } from "./lab/bench/areas.ts"
import { formatReport, toJson } from "./lab/bench/report.ts"
import { provideDebianPackages } from "./debian-packages.ts"

const pagePath = "docs/performance.md"
const figuresPath = ".bench/figures.json"
const help = `Measures what the product promises, each figure beside a peer's in the same run. Build first: pnpm build.
As root on Debian it installs the peers. It fails when a figure misses its goal.

  --only AREA   one area, repeatable: ${areas.map(({ id }) => id).join(", ")}
  --json FILE   writes the figures there instead of ${figuresPath}
  --out FILE    writes the report there; a run of all areas writes ${pagePath} unless this names another
  --help
`

const { values: flags } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    json: { type: "string" },
    out: { type: "string" },
    help: { type: "boolean" },
  },
})
if (flags.help === true) {
  process.stdout.write(help)
  process.exit(0)
}
// Servers of an area end with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1))
const unknown = (flags.only ?? []).filter((name) => !areas.some(({ id }) => id === name))
if (unknown.length > 0) {
  process.stderr.write(`There is no area ${unknown.join(", ")}\n\n${help}`)
  process.exit(1)
}
const chosen = areas.filter(({ id }) => flags.only?.includes(id) ?? true)
await provideDebianPackages(chosen.flatMap(({ packages }) => packages))

const results: AreaResult[] = []
for (const area of chosen) {
  process.stderr.write(`── ${area.id}: ${area.title}\n`)
  results.push(await measure(area))
}
const run = {
  machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version },
  date: new Date().toISOString().slice(0, 10),
  areas: results,
}
const report = formatReport(run)
process.stdout.write(report)
const out = flags.out ?? (flags.only === undefined ? pagePath : undefined)
if (out !== undefined)
  writeFileSync(out, await format(report, { ...(await resolveConfig(pagePath)), parser: "markdown" }))
const figures = flags.json ?? figuresPath
mkdirSync(dirname(figures), { recursive: true })
writeFileSync(figures, toJson(run))
const holds = results.every(
  ({ figures, problem }) => problem === null && figures.every((figure) => judge(figure) !== "MISS"),
)
// An area that failed may have left a server open.
process.exit(holds ? 0 : 1)

async function measure({ id, title, how, run: runArea }: Area): Promise<AreaResult> {
  const work = mkdtempSync(join(tmpdir(), `peering-desk-bench-${id}-`))
  const [load = Number.NaN] = loadavg()
  const from = performance.now()
  const finish = (rest: Pick<AreaResult, "figures" | "problem">): AreaResult => ({
    id,
    title,
    how,
    load,
    seconds: (performance.now() - from) / 1000,
    ...rest,
  })
  try {
    return finish({ figures: await runArea(work), problem: null })
  } catch (error) {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${problem}\n`)
    return finish({ figures: [], problem })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
