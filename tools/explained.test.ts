import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const rules = join(root, "packages/peering-rules/src")

/** The keys of every catalogue of explanations. */
function listExplained(): string[] {
  const catalogues = readdirSync(rules).filter((name) => /^explanations-of-.*\.ts$/.test(name))
  return catalogues.flatMap((name) => listMatches(join(rules, name), /^ {2}([A-Z][A-Z_]+): /gm))
}

/** The errorCodes with which the stories are refused. */
function listMet(): string[] {
  return listMatches(join(root, "e2e/refusals.ts"), /\b\d{3},\s+"([A-Z_]+)"/g)
}

function listMatches(path: string, pattern: RegExp): string[] {
  return [...readFileSync(path, "utf8").matchAll(pattern)].flatMap(([, code]) => code ?? [])
}

test("each refusal that is explained is met in a story, and no story is refused with another", () => {
  const explained = new Set(listExplained())
  expect(explained.size).toBeGreaterThan(50)
  expect(new Set(listMet())).toEqual(explained)
})
