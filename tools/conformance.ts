import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { areas, outside } from "./lab/conformance/areas.ts"
import { formatReport, type AreaReport } from "./lab/conformance/report.ts"
import { provideDebianPackages } from "./debian-packages.ts"

const help = `Runs commands, exports and readers against the real tools they are for. As root on Debian it installs the tools.

  --only AREA   one area, repeatable: ${areas.map(({ id }) => id).join(", ")}
  --out FILE    where the report goes besides the screen; .conformance/report.md unless named
  --help
`

const { values: flags } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    out: { type: "string", default: ".conformance/report.md" },
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

const reports: AreaReport[] = []
for (const { id, title, run } of chosen) {
  process.stderr.write(`── ${id}: ${title}\n`)
  const work = mkdtempSync(join(tmpdir(), `peering-desk-${id}-`))
  try {
    reports.push({ id, title, findings: await run(work) })
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    reports.push({ id, title, findings: [{ name: "The area could not run", outcome: "failed", detail }] })
  }
  rmSync(work, { recursive: true, force: true })
}

const report = formatReport(reports, outside)
process.stdout.write(report)
mkdirSync(dirname(flags.out), { recursive: true })
writeFileSync(flags.out, report)
process.stderr.write(`\nThe report is in ${flags.out}\n`)
process.exitCode = reports.every(({ findings }) => findings.every(({ outcome }) => outcome !== "failed"))
  ? 0
  : 1
