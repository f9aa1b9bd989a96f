import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { buildReference, listVariables, referencePath } from "./configuration-reference.ts"

const reference = readFileSync(referencePath, "utf8")

test("docs/configuration.md lists every variable that the server reads, and nothing else", () => {
  const listed = [...reference.matchAll(/^\| `([A-Z_]+)` /gm)].map(([, name]) => name)
  expect(new Set(listed)).toEqual(new Set(listVariables()))
})

test("docs/configuration.md is what pnpm reference writes", async () => {
  expect(await buildReference()).toBe(reference)
})

test("docs/configuration.md explains every variable", () => {
  const unexplained = [...reference.matchAll(/^\| `([A-Z_]+)` .*\|\s*\|$/gm)].map(([, name]) => name)
  expect(unexplained).toEqual([])
})
