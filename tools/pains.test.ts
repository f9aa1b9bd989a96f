import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const clusters = { A: 10, B: 12, C: 17, D: 14, E: 6, F: 3, G: 7, I: 8 }
const wanted = Object.entries(clusters).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
)

const rows = readFileSync(`${root}docs/what-hurts.md`, "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, id = "", , does = "", proof = ""] = line.split("|").map((cell) => cell.trim())
    return /^[A-Z]\d+$/.test(id) ? [{ id, does, proof }] : []
  })

test("every pain has one line", () => {
  expect(rows.map(({ id }) => id)).toEqual(wanted)
})

test.each(rows)("$id leads to a test that exists, or says why it is not ours", ({ does, proof }) => {
  const claims = proof.split("; `").map((claim) => /^`?([^`]+)`: (.+)$/.exec(claim.trim())?.slice(1) ?? [])
  const missing = claims.filter(([path = "", title = ""]) => !holds(path, title))
  expect(/^Not ours: .{30,}/.test(does) ? [] : missing).toEqual([])
})

/** Whether these words are a whole text of a test file, as a title is; escapes of the source do not count. */
function holds(path: string, title: string): boolean {
  if (!/\.(test|spec)\.tsx?$/.test(path) || !existsSync(root + path)) return false
  const source = readFileSync(root + path, "utf8").replaceAll("\\", "")
  return ['"', "'", "`"].some((quote) => source.includes(quote + title + quote))
}
