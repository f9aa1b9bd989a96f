import type { SchemaName } from "@peering-desk/shared-schemas"
import * as apiSchemas from "@peering-desk/shared-schemas/api-schemas"
import type * as z from "zod/mini"

const schemas: Readonly<Record<string, unknown>> = { ...apiSchemas }

/** Returns the schema that the route table names. */
export function getApiSchema(name: SchemaName): z.ZodMiniType {
  return schemas[name] as z.ZodMiniType
}
