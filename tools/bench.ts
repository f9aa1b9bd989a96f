import { writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { parseArgs } from "node:util"
import { measureAddressMap } from "./bench-address-map.ts"
import type { Figure } from "./bench-figure.ts"
import { measureInventory } from "./bench-inventory.ts"

const help = `Measures what the product promises, each figure beside a peer's in the same run.

  --only NAME   one of the measurements: address-map, inventory
  --json FILE   writes the figures there as well
  --help

Build first: pnpm build. It fails when a figure is over its limit.
`

/** One file a measurement: tools/bench-<name>.ts. */
const measurements: Record<string, () => Promise<Figure[]>> = {
  "address-map": measureAddressMap,
  inventory: measureInventory,
}

const { values: flags } = parseArgs({
  options: { only: { type: "string" }, json: { type: "string" }, help: { type: "boolean" } },
})
if (flags.help === true) {
  process.stdout.write(help)
  process.exit(0)
}
const names = flags.only === undefined ? Object.keys(measurements) : [flags.only]
const figures: Figure[] = []
for (const name of names) {
  const measure = measurements[name]
  if (measure === undefined) {
    process.stderr.write(`There is no measurement ${name}\n\n${help}`)
    process.exit(1)
  }
  process.stderr.write(`── ${name}\n`)
  figures.push(...(await measure()))
}

const results = figures.map((figure) => ({
  ...figure,
  ratio: figure.ours / figure.peer.value,
  holds: figure.limit === null || figure.ours <= figure.limit,
}))
for (const { what, unit, ours, peer, ratio, limit, holds } of results) {
  const against = `${ratio.toFixed(2)} × ${peer.what} (${peer.value.toFixed(1)} ${unit})`
  const bound = limit === null ? "" : `, at most ${limit} ${unit}`
  process.stdout.write(`${holds ? "ok  " : "OVER"} ${what}: ${ours.toFixed(1)} ${unit}${bound}, ${against}\n`)
}
if (flags.json !== undefined) {
  const [cpu] = cpus()
  const machine = { cpu: cpu?.model ?? "unknown", cores: cpus().length, node: process.version }
  writeFileSync(flags.json, `${JSON.stringify({ machine, figures: results }, null, 2)}\n`)
}
process.exitCode = results.every(({ holds }) => holds) ? 0 : 1
