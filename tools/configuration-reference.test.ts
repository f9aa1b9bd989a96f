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

test.each(["compose.yaml", "deploy/kubernetes/settings.env", "deploy/kubernetes/deployment.yaml"])(
  "every variable that %s sets is one that the server reads",
  (path) => {
    const text = readFileSync(new URL(`../${path}`, import.meta.url), "utf8")
    // PostgreSQL's own variables are in compose.yaml too.
    const set = [...text.matchAll(/^ *(?:- name: )?((?!POSTGRES_)[A-Z][A-Z_]+)(?:[:=]|$)/gm)].map(
      ([, name = ""]) => name,
    )
    const read = listVariables().flatMap((name) => [name, `${name}_FILE`])
    expect(set.length).toBeGreaterThan(3)
    expect(set.filter((name) => !read.includes(name))).toEqual([])
  },
)
