import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { buildDocument, toHeading, typesPath } from "./api-types.ts"

test("e2e/api-types.d.ts was generated from today's OpenAPI document (`pnpm api-types` writes it)", () => {
  expect(readFileSync(typesPath, "utf8").startsWith(toHeading(buildDocument()))).toBe(true)
})
