import { randomInt } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { createRandom } from "#bff/test/support/fault-proxy.ts"
import { format, resolveConfig } from "prettier"
import { formatReport } from "./lab/chaos/report.ts"
import { judge, type Row, type RowResult } from "./lab/chaos/row.ts"
import { rows } from "./lab/chaos/rows.ts"
import { provideDebianPackages } from "./debian-packages.ts"

const pagePath = "docs/reliability.md"
/** Holds the last result of each row. */
const resultFolder = ".chaos"
const help = `Breaks connections, processes, disks and clocks around the built server, and measures what becomes of it.
Build first: pnpm build. As root on Debian it installs what it needs. It fails when a figure misses its goal.

  --only ROW      one row, repeatable: ${rows.map(({ id }) => id).join(", ")}
  --seed NUMBER   draws the same faults again; a new one is drawn and printed unless it is given
  --minutes N     how long the rows without an end of their own go on, 2 by default
  --steps N       how many acts of people, Atlas and trouble the row oracle has in each cluster, 500 by default
  --out FILE      writes the last result of each row there instead of ${pagePath}
  --help
`

const { values: flags } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    seed: { type: "string" },
    minutes: { type: "string", default: "2" },
    steps: { type: "string", default: "500" },
    out: { type: "string" },
    help: { type: "boolean" },
  },
})
if (flags.help === true) {
  process.stdout.write(help)
  process.exit(0)
}
// Servers of a row end with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1))
const seed = Number(flags.seed ?? randomInt(1_000_000_000))
const minutes = Number(flags.minutes)
const steps = Number(flags.steps)
const unknown = (flags.only ?? []).filter((name) => !rows.some(({ id }) => id === name))
if (unknown.length > 0 || !Number.isInteger(seed) || !(minutes > 0) || !(steps > 0)) {
  process.stderr.write(`There is no row ${unknown.join(", ")}, or a number is none.\n\n${help}`)
  process.exit(1)
}
const chosen = rows.filter(({ id }) => flags.only?.includes(id) ?? true)
await provideDebianPackages(chosen.flatMap(({ packages }) => packages))
process.stderr.write(`seed ${seed}\n`)

mkdirSync(resultFolder, { recursive: true })
const results: RowResult[] = []
for (const row of chosen) {
  process.stderr.write(`── ${row.id}: ${row.title}\n`)
  const result = await runRow(row)
  for (const figure of result.figures)
    process.stderr.write(`   ${judge(figure)}: ${figure.what}: ${figure.seen} ${figure.unit}\n`)
  writeFileSync(toResultPath(row.id), JSON.stringify(result, null, 2))
  results.push(result)
}
const known = rows.filter(({ id }) => existsSync(toResultPath(id)))
const last = known.map(({ id }): [string, RowResult] => [
  id,
  JSON.parse(readFileSync(toResultPath(id), "utf8")) as RowResult,
])
const machine = { cores: cpus().length, node: process.version }
const report = formatReport(rows, new Map(last), machine)
const options = { ...(await resolveConfig(pagePath)), parser: "markdown" }
writeFileSync(flags.out ?? pagePath, await format(report, options))
const isMet = results.every(
  ({ figures, problem }) => problem === null && figures.every((figure) => judge(figure) !== "MISS"),
)
// A row that failed may have left a server open.
process.exit(isMet ? 0 : 1)

function toResultPath(id: string): string {
  return join(resultFolder, `${id}.json`)
}

async function runRow({ id, run }: Row): Promise<RowResult> {
  const work = mkdtempSync(join(tmpdir(), `peering-desk-chaos-${id}-`))
  const [load = Number.NaN] = loadavg()
  const from = performance.now()
  const finish = (rest: Pick<RowResult, "figures" | "problem">): RowResult => ({
    id,
    date: new Date().toISOString().slice(0, 10),
    seed,
    load,
    seconds: (performance.now() - from) / 1000,
    ...rest,
  })
  const note = (line: string) => process.stderr.write(`   ${line}\n`)
  try {
    return finish({
      // Each row draws its own numbers, so it draws the same alone.
      figures: await run({
        work,
        random: createRandom(seed + rows.findIndex((row) => row.id === id)),
        minutes,
        steps,
        note,
      }),
      problem: null,
    })
  } catch (error) {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${problem}\n`)
    return finish({ figures: [], problem })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
