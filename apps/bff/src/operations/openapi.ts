import {
  HeldForApproval,
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

/**
 * Describes the routes below `/api` as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1).
 * @param cookieName the name of the session's cookie
 */
export function toOpenApi(table: RouteTable, cookieName: string): Record<string, unknown> {
  const paths = Object.values(table)
    .filter(({ path }) => path.startsWith("/api/"))
    .map((route) => [
      route.path.replaceAll(/:(\w+)/g, "{$1}"),
      Object.fromEntries(listMethods(route).map(([verb, row]) => [verb, toOperation(route.path, verb, row)])),
    ])
  return {
    openapi: "3.1.1",
    info: { title: "Peering Desk", version: "1" },
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: cookieName,
          description: `A browser's session. Writes also need the ${requestedByHeader} header, JSON, and the right origin.`,
        },
        apiToken: {
          type: "http",
          scheme: "bearer",
          description:
            "An API token of a person, for scripts: peeringdesk_ and 46 letters and digits. Without a cookie, and without the headers of a browser.",
        },
        shareLink: { type: "http", scheme: "bearer", description: "The token of a share link." },
      },
    },
    paths: Object.fromEntries(paths) as Record<string, object>,
  }
}

/** Says what proves who sends a request. */
function toSecurity({ access, personOnly }: RouteMethod): Record<string, string[]>[] {
  if (access === "anyone") return []
  if (access === "link") return [{ shareLink: [] }]
  return personOnly === true ? [{ session: [] }] : [{ session: [] }, { apiToken: [] }]
}

/** Says what the caller needs beside that. */
function toNeeds({ access }: RouteMethod): { description?: string } {
  switch (access) {
    case "anyone":
    case "link":
    case "signed-in":
      return {}
    case "auditor":
      return { description: "Needs an auditor or administrator of all projects." }
    case "global-administrator":
      return { description: "Needs an administrator of all projects." }
    default:
      return { description: `Needs the role ${access} in the project.` }
  }
}

/** Builds the document on the first request: it takes longer than everything else in a start. */
export function createOpenApiHandlers(cookieName: string) {
  let document: Record<string, unknown> | undefined
  return { openApi: { get: () => (document ??= toOpenApi(routes, cookieName)) } } satisfies ApiHandlers<
    Routes,
    "openApi"
  >
}

function toOperation(path: string, verb: RouteMethodName, row: RouteMethod): object {
  const { summary, status = 200, answer, body, mayWait, text = [] } = row
  const held = mayWait === true ? [HeldForApproval] : []
  const answers = answer === undefined ? [] : [getApiSchema(answer)]
  // A deletion has this status anyway.
  const [usual, waiting] = status === 202 ? [[...answers, ...held], []] : [answers, held]
  const content = [
    ...(usual.length === 0 ? [] : [toContent("application/json", ...usual)]),
    ...text.map((type) => ({ [type]: { schema: { type: "string" } } })),
  ]
  return {
    summary,
    ...toNeeds(row),
    security: toSecurity(row),
    parameters: listParameters(path, verb, row),
    ...(body !== undefined && {
      requestBody: { required: true, content: toContent("application/json", getApiSchema(body)) },
    }),
    responses: {
      [status]: {
        description: "Success",
        ...(content.length > 0 && { content: Object.assign({}, ...content) as object }),
      },
      ...(waiting.length > 0 && {
        202: {
          description: "Waits until another person approves it",
          content: toContent("application/json", ...waiting),
        },
      }),
      default: { description: "A problem (RFC 9457)", content: toContent(problemMediaType, Problem) },
    },
  }
}

function listParameters(path: string, verb: RouteMethodName, row: RouteMethod): object[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name)
  const query: JsonSchema = row.query === undefined ? {} : toJsonSchema(getApiSchema(row.query))
  const headers = [
    ...(row.idempotencyKey === true ? [{ name: idempotencyKeyHeader, required: true }] : []),
    // With an API token it is not needed.
    ...(verb === "get"
      ? []
      : [{ name: requestedByHeader, required: row.personOnly === true || row.access === "link" }]),
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
    ...headers.map((header) => ({ in: "header", ...header, schema: text })),
  ]
}

function toContent(mediaType: string, ...schemas: z.ZodMiniType[]): object {
  const [schema, ...others] = schemas.map(toJsonSchema)
  return { [mediaType]: { schema: others.length === 0 ? schema : { anyOf: [schema, ...others] } } }
}

function toJsonSchema(schema: z.ZodMiniType): JsonSchema {
  const { $schema: _dialect, ...plain } = z.toJSONSchema(schema, { unrepresentable: "any" })
  return plain as JsonSchema
}
