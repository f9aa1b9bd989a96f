import type { Request } from "express"
import type * as z from "zod/mini"
import { AtlasId } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"

/** The id in the path, checked before it goes anywhere. What is no id cannot name anything, so it is simply not there. */
export function parseIdParam(
  request: Request,
  name: string,
  missing: "project_not_found" | "peering_not_found" | "container_not_found",
): string {
  const parsed = AtlasId.safeParse(request.params[name])
  if (parsed.success) return parsed.data
  throw new AppError(missing, { detail: "An Atlas id has 24 hexadecimal digits (0-9, a-f)." })
}

/** The project in the path. */
export function parseProjectId(request: Request): string {
  return parseIdParam(request, "projectId", "project_not_found")
}

/** Reads the body by a schema; every mistake is named by its field. */
export function parseBody<Schema extends z.ZodMiniType>(request: Request, schema: Schema): z.output<Schema> {
  return parseFields(request.body, schema, "Some fields are not as they should be.")
}

/**
 * The same for a body that holds what Atlas gets under a name, or several, and a reason beside it. A form has all of them side by side,
 * so the mistakes are named without the way to them.
 */
export function parseWrapped<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  ...wrappers: readonly string[]
): z.output<Schema> {
  try {
    return parseBody(request, schema)
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.shown.fields === undefined) throw thrown
    const fields = Object.entries(thrown.shown.fields).map(([name, wrong]) => {
      const wrapper = wrappers.find((one) => name.startsWith(`${one}.`))
      return [wrapper === undefined ? name : name.slice(wrapper.length + 1), wrong]
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
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) {
    const names =
      issue.code === "unrecognized_keys" ? issue.keys : [issue.path.map(String).join(".") || "body"]
    for (const name of names)
      fields[name] ??= issue.code === "unrecognized_keys" ? "This field does not belong here" : issue.message
  }
  throw new AppError("invalid_request", { detail, fields })
}
