import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { parseArgs } from "node:util"
import { compareShapes, readShapes, shapesPath, type Shapes } from "./atlas-shapes.ts"

const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: "boolean" } } })
const [path] = positionals
if (path === undefined) {
  process.stderr.write(
    "pnpm atlas-shapes FILE [--write]: the OpenAPI description of Atlas, as YAML or JSON\n",
  )
  process.exit(2)
}
const newer = readShapes(path)
const kept = existsSync(shapesPath) ? (JSON.parse(readFileSync(shapesPath, "utf8")) as Shapes) : null
for (const line of kept === null ? [] : compareShapes(kept, newer)) process.stdout.write(`${line}\n`)
if (values.write === true) {
  mkdirSync(dirname(shapesPath), { recursive: true })
  writeFileSync(shapesPath, `${JSON.stringify(newer)}\n`)
}
