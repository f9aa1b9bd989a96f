import type { Request, Response } from "express"
import express from "express"
import type { ProviderName } from "#world/world.ts"
import { providerNames } from "#world/world.ts"
import { AtlasError } from "./errors.ts"

/** The largest request body in bytes. The live limit is not known. */
const bodyLimit = 256 * 1024

const readText = express.text({ type: () => true, limit: bodyLimit })

/** Reads the body as text; throws REQUEST_TOO_LARGE, or MALFORMED_JSON when it cannot be decoded or breaks off. */
export async function readBody(request: Request, response: Response): Promise<string> {
  const problem = await new Promise<unknown>((resolve) => {
    readText(request, response, resolve)
  })
  if (problem !== undefined && problem !== null) {
    const isTooLarge = typeof problem === "object" && "status" in problem && problem.status === 413
    throw isTooLarge ? new AtlasError("REQUEST_TOO_LARGE", [bodyLimit]) : new AtlasError("MALFORMED_JSON")
  }
  return typeof request.body === "string" ? request.body : ""
}

/** An unchecked JSON object. */
export type Fields = Readonly<Record<string, unknown>>

/** Parses a body; throws MALFORMED_JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AtlasError("MALFORMED_JSON")
  }
}

/** Returns true for a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Parses a body that must be a JSON object; throws MALFORMED_JSON or INVALID_JSON. */
export function parseFields(text: string): Fields {
  const value = parseJson(text)
  if (!isFields(value)) throw new AtlasError("INVALID_JSON")
  return value
}

/** Reads a text field, undefined when absent or null; throws INVALID_JSON_ATTRIBUTE for another type. */
export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name] ?? undefined
  if (value === undefined || typeof value === "string") return value
  throw new AtlasError("INVALID_JSON_ATTRIBUTE", [name])
}

/** Reads a text field; throws MISSING_ATTRIBUTE when it is absent or empty. */
export function requiredText(fields: Fields, name: string): string {
  const value = optionalText(fields, name)
  if (value === undefined || value === "") throw new AtlasError("MISSING_ATTRIBUTE", [name])
  return value
}

/** Reads a text field that must match a form; throws INVALID_ATTRIBUTE when it does not. */
export function textOfForm(fields: Fields, name: string, form: RegExp): string {
  const value = requiredText(fields, name)
  if (!form.test(value)) throw new AtlasError("INVALID_ATTRIBUTE", [name])
  return value
}

/** Reads `providerName`, AWS when absent; bodies are case-sensitive (`Azure` is refused). */
export function bodyProvider(fields: Fields): ProviderName {
  const value = optionalText(fields, "providerName") ?? "AWS"
  const found = providerNames.find((name) => name === value)
  if (found === undefined) throw new AtlasError("INVALID_ENUM_VALUE", [value])
  return found
}

/** Reads `providerName` of the query, AWS when absent, in any case. */
export function queryProvider(query: URLSearchParams): ProviderName {
  const value = query.get("providerName") ?? "AWS"
  const found = providerNames.find((name) => name === value.toUpperCase())
  if (found === undefined) throw new AtlasError("INVALID_PROVIDER", [value])
  return found
}

/** Reads the body of a switch, `{"enabled": …}` and nothing else. */
export function parseEnabled(text: string): boolean {
  const fields = parseFields(text)
  allowOnly(fields, ["enabled"], [])
  const { enabled } = fields
  if (enabled === undefined) throw new AtlasError("MISSING_ATTRIBUTE", ["enabled"])
  if (typeof enabled !== "boolean") throw new AtlasError("INVALID_JSON_ATTRIBUTE", ["enabled"])
  return enabled
}

/** Throws for the first field that is not allowed: ATTRIBUTE_READ_ONLY where answers carry it, else INVALID_ATTRIBUTE. */
export function allowOnly(fields: Fields, allowed: readonly string[], readOnly: readonly string[]): void {
  for (const name of Object.keys(fields)) {
    if (allowed.includes(name)) continue
    throw new AtlasError(readOnly.includes(name) ? "ATTRIBUTE_READ_ONLY" : "INVALID_ATTRIBUTE", [name])
  }
}
