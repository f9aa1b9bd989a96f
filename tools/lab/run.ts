import { randomInt } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { createRandom } from "#bff/test/support/fault-proxy.ts"
import { provideDebianPackages } from "#tools/debian-packages.ts"
import { formatValue } from "#tools/figure-text.ts"
import { format, resolveConfig } from "prettier"
import type { Area, AreaResult, Laboratory, Open, Task } from "./area.ts"
import { judge, type Figure } from "./figure.ts"
import { formatReport, toRatio } from "./report.ts"

const numbers = {
  seed: "  --seed NUMBER   draws the same faults again; a new one is drawn and printed unless it is given",
  minutes: "  --minutes N     how long areas go on that have no end, 2 unless it is given",
  steps: "  --steps N       how many acts the area oracle has in each cluster, 500 unless it is given",
}

/** Runs a laboratory as its command line says, and ends the process: with 0 when every goal is met. */
export async function runLaboratory(laboratory: Laboratory): Promise<never> {
  const { name, areas, page } = laboratory
  const folder = `.${name}`
  const flags = readFlags(laboratory)
  // Servers of an area end with this process.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1))
  const chosen = areas.filter(({ id }) => flags.only?.includes(id) ?? true)
  await provideDebianPackages(chosen.flatMap(({ packages = [] }) => packages))
  if (laboratory.reads.includes("seed")) process.stderr.write(`seed ${flags.seed}\n`)

  mkdirSync(folder, { recursive: true })
  const toPath = ({ id }: Area) => join(folder, `${id}.json`)
  const ran: Record<string, object> = {}
  let isMet = true
  for (const area of chosen) {
    const result = await runArea(name, area, flags)
    isMet &&= result.problem === null && result.figures.every((figure) => judge(figure) !== "MISS")
    const figures = result.figures.map((one) => ({ ...one, ratio: toRatio(one), verdict: judge(one) }))
    ran[area.id] = { ...result, figures }
    writeFileSync(toPath(area), toJson(ran[area.id]))
  }
  if (flags.json !== undefined) writeFileSync(flags.json, toJson(ran))
  const known = areas.filter((area) => existsSync(toPath(area)))
  const isWhole = (laboratory.isOneRun === true ? chosen : known).length === areas.length
  const results = new Map(
    known.map((area) => [area.id, JSON.parse(readFileSync(toPath(area), "utf8")) as AreaResult]),
  )
  const node = (await laboratory.describeNode?.()) ?? `Node ${process.version}`
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node }
  const report = formatReport(laboratory, results, machine)
  const out = flags.out ?? (isWhole ? page : join(folder, "report.md"))
  writeFileSync(out, await format(report, { ...(await resolveConfig("README.md")), parser: "markdown" }))
  process.stderr.write(`\nThe report is in ${out}\n`)
  // An area that failed may have left a server open.
  process.exit(isMet ? 0 : 1)
}

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

type Flags = Pick<Task, "minutes" | "steps"> & {
  seed: number
  only: readonly string[] | undefined
  out: string | undefined
  json: string | undefined
}

/** Reads the command line. Ends the process when it asks for help, or names what is not there. */
function readFlags({ name, does, reads, areas, page, isOneRun = false }: Laboratory): Flags {
  const isWritten = isOneRun ? "after a run of all" : "once each has one"
  const help = `${does}
As root on Debian it installs what it needs. It fails when a goal is missed.

  --only AREA     one area, repeatable: ${areas.map(({ id }) => id).join(", ")}
${reads.map((number) => `${numbers[number]}\n`).join("")}  --out FILE      writes the last result of each area there; without it into ${page} ${isWritten}
  --json FILE     writes the figures of this run there
  --help

Results are kept in .${name}/.
`
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      seed: { type: "string" },
      minutes: { type: "string", default: "2" },
      steps: { type: "string", default: "500" },
      out: { type: "string" },
      json: { type: "string" },
      help: { type: "boolean" },
    },
  })
  if (values.help === true) {
    process.stdout.write(help)
    process.exit(0)
  }
  const seed = Number(values.seed ?? randomInt(1_000_000_000))
  const [minutes, steps] = [Number(values.minutes), Number(values.steps)]
  const unknown = (values.only ?? []).filter((area) => !areas.some(({ id }) => id === area))
  if (unknown.length > 0 || !Number.isInteger(seed) || !(minutes > 0) || !(steps > 0)) {
    process.stderr.write(`There is no area ${unknown.join(", ")}, or a number is none.\n\n${help}`)
    process.exit(1)
  }
  return { only: values.only, seed, minutes, steps, out: values.out, json: values.json }
}

async function runArea(name: string, area: Area, flags: Flags): Promise<AreaResult> {
  const { id, title } = area
  const { seed, minutes, steps } = flags
  const note = (line: string) => void process.stderr.write(`   ${line}\n`)
  process.stderr.write(`── ${id}: ${title}\n`)
  const work = mkdtempSync(join(tmpdir(), `peering-desk-${name}-${id}-`))
  const [load = Number.NaN] = loadavg()
  const from = performance.now()
  let [figures, problem]: [Figure[], string | null] = [[], null]
  try {
    figures = await runToEnd(area, { work, random: createRandom(seed + toNumber(id)), minutes, steps, note })
  } catch (error) {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${problem}\n`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  for (const one of figures)
    note(`${judge(one)}: ${one.what}: ${one.detail ?? formatValue(one.seen ?? Number.NaN, one.unit)}`)
  const date = new Date().toISOString().slice(0, 10)
  return { date, seed, load, seconds: (performance.now() - from) / 1000, figures, problem }
}

/** Runs an area, and ends what it kept open. */
async function runToEnd({ run }: Area, task: Omit<Task, "keep">): Promise<Figure[]> {
  const kept: Open[] = []
  try {
    return await run({
      ...task,
      keep(open) {
        kept.push(open)
        return open
      },
    })
  } finally {
    for (const open of kept.toReversed()) await ("stop" in open ? open.stop("SIGKILL") : open.close())
  }
}

/** Turns the id of an area into a number: each draws its own, whichever others run. */
function toNumber(id: string): number {
  return Buffer.from(id).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 0)
}
