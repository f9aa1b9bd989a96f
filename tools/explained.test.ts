import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const rules = join(root, "packages/peering-rules/src/explain")

/** Lists the errorCodes in the catalogues of explanations. */
function listExplained(): string[] {
  const files = readdirSync(rules, { recursive: true, encoding: "utf8" })
  return files
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .map((name) => readFileSync(join(rules, name), "utf8"))
    .filter((source) => source.includes("ExplanationEntry"))
    .flatMap((source) => listMatches(source, /^ {2}([A-Z]+_[A-Z_]+): /gm))
}

/** Lists the errorCodes that the scenarios are refused with. */
function listMet(): string[] {
  return listMatches(readFileSync(join(root, "e2e/refusals.ts"), "utf8"), /\b\d{3},\s+"([A-Z_]+)"/g)
}

function listMatches(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].flatMap(([, code]) => code ?? [])
}

test("each explained refusal occurs in a scenario, and no scenario is refused with another code", () => {
  const explained = new Set(listExplained())
  expect(explained.size).toBeGreaterThan(50)
  expect(new Set(listMet())).toEqual(explained)
})
