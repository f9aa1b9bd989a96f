import {
  idempotencyKeyHeader,
  problemMediaType,
  requestedByHeader,
  routes,
  type RouteMethod,
  type RouteMethodName,
  type Routes,
  type RouteTable,
} from "@peering-desk/shared-schemas"
import { listMethods, type ApiHandlers } from "#http/api-handler.ts"
import { bodyExamples } from "./openapi-examples.ts"
import { pickReferred, readNamedSchemas, refer, type JsonSchema } from "./openapi-schemas.ts"

type NamedSchemas = ReadonlyMap<string, JsonSchema>

interface About {
  /** The cookie of the session. */
  cookieName: string
  /** Where browsers and scripts reach the server. */
  publicUrl: URL
}

/**
 * Describes the routes below `/api` as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1). Schemas have the names that the
 * code has, and operations those of the route table.
 */
export function toOpenApi(table: RouteTable, { cookieName, publicUrl }: About): Record<string, unknown> {
  const named = readNamedSchemas()
  const paths = Object.entries(table)
    .filter(([, { path }]) => path.startsWith("/api/"))
    .map(([name, route]) => [
      toTemplate(route.path),
      Object.fromEntries(
        listMethods(route).map(([verb, row]) => [
          verb,
          { operationId: toOperationId(name, verb, route), ...toOperation(route.path, verb, row, named) },
        ]),
      ),
    ])
  const responses = Object.fromEntries(
    Object.entries(problems).map(([status, description]) => [
      toProblemName(status),
      { description, content: { [problemMediaType]: { schema: refer("Problem") } } },
    ]),
  )
  const described = { paths: Object.fromEntries(paths) as Record<string, object>, responses }
  return {
    openapi: "3.1.1",
    info: {
      title: "Peering Desk",
      version: "1",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl.origin }],
    components: {
      securitySchemes: toSecuritySchemes(cookieName),
      responses,
      schemas: pickReferred(described, named),
    },
    paths: described.paths,
  }
}

function toSecuritySchemes(cookieName: string): object {
  return {
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
  }
}

const problems: Readonly<Record<string, string>> = {
  400: "The request can't be read; `fields` names the mistakes",
  401: "Nobody is signed in, or the token may not be used",
  403: "The caller may not do this",
  404: "There is no such thing, or the caller may not see it",
  409: "It contradicts what is known by now",
  422: "Atlas refuses it, or the check before sending does",
  429: "Too many requests; `Retry-After` says when to try again",
  default: "Another problem (RFC 9457)",
}

const toProblemName = (status: string) => (status === "default" ? "Problem" : `Problem${status}`)

/** Lists the problems that a method can answer with, beside the ones of any server. */
function listProblems(path: string, verb: RouteMethodName, row: RouteMethod): string[] {
  const isWrite = verb !== "get" && row.question !== true
  const readsInput = row.body ?? row.query ?? /:/.exec(path)
  const [byLink, needsPerson] = [row.access === "link", row.access !== "anyone" && row.access !== "link"]
  const may: Record<string, boolean> = {
    400: readsInput != null,
    401: needsPerson,
    403: isWrite || (needsPerson && row.access !== "signed-in"),
    404: byLink || path.includes("/:"),
    409: isWrite,
    422: row.mayWait === true,
    429: true,
    default: true,
  }
  return Object.keys(may).filter((status) => may[status])
}

const toTemplate = (path: string) => path.replaceAll(/:(\w+)/g, "{$1}")

const verbs: Readonly<Record<RouteMethodName, string>> = {
  get: "get",
  post: "create",
  put: "set",
  patch: "change",
  delete: "delete",
}

/** Names an operation by its route: `getPeerings`, `createPeering`, and `pollNow` where the route's name has a verb. */
function toOperationId(name: string, verb: RouteMethodName, route: RouteTable[string]): string {
  if (verb === "post" && route.get === undefined) return name
  const thing = verb === "post" ? name.replace(/s$/, "") : name
  return verbs[verb] + thing.charAt(0).toUpperCase() + thing.slice(1)
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
export function createOpenApiHandlers(about: About) {
  let document: Record<string, unknown> | undefined
  return { openApi: { get: () => (document ??= toOpenApi(routes, about)) } } satisfies ApiHandlers<
    Routes,
    "openApi"
  >
}

function toOperation(path: string, verb: RouteMethodName, row: RouteMethod, named: NamedSchemas): object {
  const { summary, status = 200, answer, body, mayWait, text = [] } = row
  const held = mayWait === true ? ["HeldForApproval"] : []
  const answers = answer === undefined ? [] : [answer]
  // A deletion has this status anyway.
  const [usual, waiting] = status === 202 ? [[...answers, ...held], []] : [answers, held]
  const content = [
    ...(usual.length === 0 ? [] : [toContent(usual)]),
    ...text.map((type) => ({ [type]: { schema: { type: "string" } } })),
  ]
  return {
    summary,
    ...toNeeds(row),
    security: toSecurity(row),
    parameters: listParameters(path, verb, row, named),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: refer(body), examples: toExamples(bodyExamples[body]) } },
      },
    }),
    responses: {
      [status]: {
        description: "Success",
        ...(content.length > 0 && { content: Object.assign({}, ...content) as object }),
      },
      ...(waiting.length > 0 && {
        202: { description: "Waits until another person approves it", content: toContent(waiting) },
      }),
      ...Object.fromEntries(
        listProblems(path, verb, row).map((problem) => [
          problem,
          { $ref: `#/components/responses/${toProblemName(problem)}` },
        ]),
      ),
    },
  }
}

function toExamples(examples: Readonly<Record<string, object>> = {}): object {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]))
}

function listParameters(
  path: string,
  verb: RouteMethodName,
  row: RouteMethod,
  named: NamedSchemas,
): object[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name)
  const query = named.get(row.query ?? "") ?? {}
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

function toContent(names: readonly string[]): object {
  const [schema, ...others] = names.map(refer)
  return { "application/json": { schema: others.length === 0 ? schema : { anyOf: [schema, ...others] } } }
}
