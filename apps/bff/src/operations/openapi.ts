import {
  idempotencyKeyHeader,
  Problem,
  problemMediaType,
  requestedByHeader,
  routes,
  type RouteMethod,
  type RouteMethodName,
  type Routes,
  type RouteTable,
} from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import { listMethods, type ApiHandlers } from "#http/api-handler.ts"
import { getApiSchema } from "#http/api-schema.ts"

interface JsonSchema {
  properties?: Record<string, object>
  required?: readonly string[]
}

/** Describes the routes below `/api` as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1). */
export function toOpenApi(table: RouteTable): Record<string, unknown> {
  const paths = Object.values(table)
    .filter(({ path }) => path.startsWith("/api/"))
    .map((route) => [
      route.path.replaceAll(/:(\w+)/g, "{$1}"),
      Object.fromEntries(listMethods(route).map(([verb, row]) => [verb, toOperation(route.path, verb, row)])),
    ])
  return {
    openapi: "3.1.1",
    info: { title: "Peering Desk", version: "1" },
    paths: Object.fromEntries(paths) as Record<string, object>,
  }
}

/** Builds the document on the first request: it takes longer than everything else in a start. */
export function createOpenApiHandlers() {
  let document: Record<string, unknown> | undefined
  return { openApi: { get: () => (document ??= toOpenApi(routes)) } } satisfies ApiHandlers<Routes, "openApi">
}

function toOperation(path: string, verb: RouteMethodName, row: RouteMethod): object {
  const { summary, status = 200, answer, body, text = [] } = row
  const content = [
    ...(answer === undefined ? [] : [toContent("application/json", getApiSchema(answer))]),
    ...text.map((type) => ({ [type]: { schema: { type: "string" } } })),
  ]
  return {
    summary,
    parameters: listParameters(path, verb, row),
    ...(body !== undefined && {
      requestBody: { required: true, content: toContent("application/json", getApiSchema(body)) },
    }),
    responses: {
      [status]: {
        description: "Success",
        ...(content.length > 0 && { content: Object.assign({}, ...content) as object }),
      },
      default: { description: "A problem (RFC 9457)", content: toContent(problemMediaType, Problem) },
    },
  }
}

function listParameters(path: string, verb: RouteMethodName, row: RouteMethod): object[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name)
  const query: JsonSchema = row.query === undefined ? {} : toJsonSchema(getApiSchema(row.query))
  const headers = [
    ...(row.idempotencyKey === true ? [idempotencyKeyHeader] : []),
    ...(verb === "get" ? [] : [requestedByHeader]),
  ]
  const text = { type: "string" }
  return [
    ...inPath.map((name) => ({ in: "path", name, required: true, schema: text })),
    ...Object.entries(query.properties ?? {}).map(([name, schema]) => ({
      in: "query",
      name,
      required: query.required?.includes(name) ?? false,
      schema,
    })),
    ...headers.map((name) => ({ in: "header", name, required: true, schema: text })),
  ]
}

function toContent(mediaType: string, schema: z.ZodMiniType): object {
  return { [mediaType]: { schema: toJsonSchema(schema) } }
}

function toJsonSchema(schema: z.ZodMiniType): JsonSchema {
  const { $schema: _dialect, ...plain } = z.toJSONSchema(schema, { unrepresentable: "any" })
  return plain as JsonSchema
}
