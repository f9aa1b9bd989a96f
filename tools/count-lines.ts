import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
/** Tests, and what only tests use. */
const supportsTests = /\.test\.tsx?$|(^|\/)(testing-[^/]+|mock-bff\/.+|gallery\/.+)$/

/** Prints how many lines of TypeScript each workspace has, without its tests and their support. */
const counts = new Map<string, number>()
for (const parent of ["apps", "packages"])
  for (const name of readdirSync(join(root, parent))) {
    const folder = join(root, parent, name, "src")
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    const counted = paths.filter((path) => /\.tsx?$/.test(path) && !supportsTests.test(path))
    const lines = counted.map((path) => readFileSync(join(folder, path), "utf8").split("\n").length - 1)
    counts.set(
      `${parent}/${name}`,
      lines.reduce((sum, one) => sum + one, 0),
    )
  }
const all = [...counts.values()].reduce((sum, lines) => sum + lines, 0)
for (const [workspace, lines] of [...counts, ["in all", all] as const].toSorted(
  ([, one], [, other]) => other - one,
))
  process.stdout.write(`${String(lines).padStart(7)} lines  ${workspace}\n`)
