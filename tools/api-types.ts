import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import { toOpenApi } from "#bff/src/operations/openapi.ts"
import { routes } from "@peering-desk/shared-schemas"

/** The types of a client of our API, as openapi-typescript generates them. The scenarios use them. */
export const typesPath = fileURLToPath(new URL("../e2e/api-types.d.ts", import.meta.url))

/** Builds the document of the API as JSON, for no installation in particular. */
export function buildDocument(): string {
  return JSON.stringify(
    toOpenApi(routes, { cookieName: "session", publicUrl: new URL("https://peering.example") }),
  )
}

/** Returns the first line of the types, which names the document that they were generated from. */
export function toHeading(document: string): string {
  return `// Written by \`pnpm api-types\` from the OpenAPI document ${createHash("sha256").update(document).digest("hex")}\n`
}
