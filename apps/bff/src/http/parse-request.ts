import type { Request } from "express"
import type * as z from "zod/mini"
import { AtlasId, type ProblemCode } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { checkRequest } from "./check-request.ts"

/** The path parameters that are Atlas ids, with the problem code of an invalid value. */
const atlasIds = new Map([
  ["projectId", "project_not_found"],
  ["peeringId", "peering_not_found"],
  ["containerId", "container_not_found"],
] as const)

/** Refuses an address with a NUL in it, which no store takes: a path with one names nothing, a query with one is a mistake. */
export const refuseNul = checkRequest((request) => {
  if (!request.originalUrl.includes("%00")) return
  const detail = "The address contains the control character %00."
  const [path = ""] = request.originalUrl.split("?", 1)
  throw new AppError(path.includes("%00") ? "not_found" : "invalid_request", { detail })
})

/**
 * Returns the path parameters by name.
 * @throws AppError `…_not_found` for an Atlas id of another shape: it can name nothing
 */
export function parseParams(request: Request): Record<string, string> {
  const params: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.params)) {
    const missing = new Map<string, ProblemCode>(atlasIds).get(name)
    params[name] = missing === undefined ? String(value) : parseAtlasId(value, missing)
  }
  return params
}

/** @throws AppError with the code `missing` */
export function parseAtlasId(value: unknown, missing: ProblemCode): string {
  const parsed = AtlasId.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError(missing, { detail: "An Atlas id has 24 hexadecimal digits (0-9, a-f)." })
}

/**
 * Reads the body by a schema; every mistake is named by its field.
 * @param groups fields that group others; a form has all of them side by side, so mistakes are named without the group
 * @throws AppError `invalid_request`
 */
export function parseBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  ...groups: readonly string[]
): z.output<Schema> {
  try {
    return parseFields(request.body, schema, "Some fields are invalid.")
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.shown.fields === undefined) throw thrown
    const fields = Object.entries(thrown.shown.fields).map(([name, wrong]) => {
      const group = groups.find((one) => name.startsWith(`${one}.`))
      return [group === undefined ? name : name.slice(group.length + 1), wrong]
    })
    throw new AppError(thrown.code, { ...thrown.shown, fields: Object.fromEntries(fields) })
  }
}

/** Reads the query parameters by a schema; every mistake is named by its parameter. */
export function parseQuery<Schema extends z.ZodMiniType>(request: Request, schema: Schema): z.output<Schema> {
  return parseFields(request.query, schema, "Some parameters of the address are not as they should be.")
}

function parseFields<Schema extends z.ZodMiniType>(
  value: unknown,
  schema: Schema,
  detail: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value, { error: explain })
  if (parsed.success) return parsed.data
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) {
    const names =
      issue.code === "unrecognized_keys" ? issue.keys : [issue.path.map(String).join(".") || "body"]
    for (const name of names) fields[name] ??= issue.message
  }
  throw new AppError("invalid_request", { detail, fields })
}

/** Explains a mistake for which the schema has no words. Without it zod/mini says "Invalid input". */
function explain(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "unrecognized_keys") return "This field does not belong here"
  if (issue.code === "invalid_type") return `Use a value of type ${issue.expected}`
  if (issue.code === "invalid_value") return `Use ${issue.values.join(" or ")}`
  // Those of a union whose alternatives a field tells apart.
  return Array.isArray(issue["options"]) ? `Use ${issue["options"].join(" or ")}` : undefined
}
