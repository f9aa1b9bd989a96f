import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
/** The number of pains under each letter, to notice a line that goes missing. */
const clusters = { A: 10, B: 12, C: 17, D: 14, E: 6, F: 3, G: 7, I: 9 }

/** The id and the answer of each line of the list of pains. */
const pains = readFileSync(`${root}docs/known-problems.md`, "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, id = "", , answer = ""] = line.split("|").map((cell) => cell.trim())
    return /^[A-Z]\d+$/.test(id) ? [{ id, answer }] : []
  })

/** Lists the ids at the end of a title in every test file, for example "… [A6] [B10]". */
function listTagged(): string[] {
  const files = ["apps", "packages", "e2e", "tools"].flatMap((folder) => listTestFiles(join(root, folder)))
  const titles = files.flatMap((path) => readFileSync(path, "utf8").match(/(?: \[[A-Z]\d+\])+["'`],/g) ?? [])
  return titles.flatMap((title) => title.match(/[A-Z]\d+/g) ?? [])
}

function listTestFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listTestFiles(path)
    return /\.(test|spec)\.tsx?$/.test(entry.name) ? [path] : []
  })
}

test("docs/known-problems.md has one line for each pain", () => {
  const ids = Object.entries(clusters).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  )
  expect(pains.map(({ id }) => id)).toEqual(ids)
})

test("each pain that is ours has a test with its id in the title, and no title names an unknown id", () => {
  const ours = pains.filter(({ answer }) => !/^Not ours: .{30,}/.test(answer)).map(({ id }) => id)
  expect([...new Set(listTagged())].sort()).toEqual(ours.sort())
})
