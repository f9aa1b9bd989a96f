import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { formerCopy } from "./former-copy.ts"
import { listStrings } from "./words-in-files.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const folders = ["apps/web/src", "packages/peering-rules/src", "packages/shared-schemas/src", "apps/bff/src"]

/** Lists the product's strings, without tests and their helpers. */
function listProductStrings(): { path: string; text: string }[] {
  const listed = execFileSync("git", ["ls-files", ...folders], { cwd: root, encoding: "utf8" }).split("\n")
  return listed
    .filter((path) => /\.tsx?$/.test(path) && !/(\.test\.|\/testing-|\/mock-bff\/)/.test(path))
    .flatMap((path) => listStrings({ path, content: readFileSync(`${root}${path}`, "utf8") }))
    .map(({ path, lines }) => ({ path, text: lines.map(({ text }) => text.trim()).join(" ") }))
}

test("The product has no string of its former copy", () => {
  const strings = listProductStrings()
  expect(strings.length).toBeGreaterThan(1000)
  const found = strings.flatMap(({ path, text }) =>
    formerCopy
      .filter((fragment) => text.replaceAll("’", "'").includes(fragment))
      .map((one) => `${path}: ${one}`),
  )
  expect(found).toEqual([])
})
