import { requestedByHeader, routes, type RouteTable } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { listMethods } from "#http/api-handler.ts"
import { getApiSchema } from "#http/api-schema.ts"
import { listRoutes } from "#test/support/routes.ts"

interface OpenApi {
  openapi: string
  servers: { url: string }[]
  components: {
    securitySchemes: Record<string, object>
    schemas: Record<string, BodySchema>
    responses: Record<string, unknown>
  }
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string
        security: Record<string, unknown[]>[]
        parameters: { in: string; name: string; required: boolean }[]
        requestBody?: {
          content: Record<string, { schema: Reference; examples: Record<string, { value: unknown }> }>
        }
        responses: Record<string, Partial<Reference> & { content?: Record<string, { schema: object }> }>
      }
    >
  >
}

interface Reference {
  $ref: string
}

interface BodySchema {
  properties?: Record<string, object>
  anyOf?: BodySchema[]
  oneOf?: BodySchema[]
}

let desk: TestApp
let document: OpenApi
beforeAll(async () => {
  desk = await startTestApp()
  document = JSON.parse((await desk.call("GET", "/api/openapi.json")).text) as OpenApi
})
afterAll(() => desk.close())

const listOperations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods))

const findSchema = ({ $ref }: Reference) => document.components.schemas[$ref.replace(/^.*\//, "")]

test("the API describes itself as OpenAPI 3.1 at its own address in at most 200 kB", () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(document.servers).toEqual([{ url: desk.origin }])
  expect(JSON.stringify(document).length).toBeLessThanOrEqual(200_000)
})

test("each operation has an id, and each schema a name by which operations refer to it", () => {
  const ids = listOperations().map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([])
  expect(ids).toEqual(expect.arrayContaining(["getPeerings", "createPeering", "changePeering", "pollNow"]))
  const referred = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  )
  expect(new Set(referred)).toEqual(new Set(Object.keys(document.components.schemas)))
  for (const { responses } of listOperations())
    for (const { content = {} } of Object.values(responses))
      for (const [mediaType, { schema }] of Object.entries(content)) {
        const kind = mediaType.endsWith("json") ? /\$ref|anyOf/ : /"type":"string"/
        expect(JSON.stringify(schema)).toMatch(kind)
      }
})

test("descriptions of problems name fields that problems have", () => {
  const names = [...JSON.stringify(document.components.responses).matchAll(/`(\w+)`/g)].map(
    ([, name]) => name,
  )
  expect(names).toContain("fields")
  for (const name of names) expect(document.components.schemas["Problem"]?.properties).toHaveProperty(name!)
})

test("each operation says which problems it can answer with", () => {
  const problemsOf = (path: string, verb: string) =>
    Object.keys(document.paths[path]?.[verb]?.responses ?? {}).filter((status) => !status.startsWith("2"))
  expect(problemsOf("/api/projects/{projectId}/peerings", "post")).toEqual([
    "400",
    "401",
    "403",
    "404",
    "409",
    "422",
    "429",
    "default",
  ])
  expect(problemsOf("/api/session", "get")).toEqual(["401", "429", "default"])
  // A link that names nothing is not found; nobody has to be signed in.
  expect(problemsOf("/api/hand-off", "get")).toEqual(["404", "429", "default"])
  const referred = listOperations().flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ $ref }) => $ref?.replace(/^.*\//, "") ?? []),
  )
  expect(new Set(referred)).toEqual(new Set(Object.keys(document.components.responses)))
})

test("each body has examples that its schema takes", () => {
  for (const route of Object.values<RouteTable[string]>(routes))
    for (const [verb, row] of listMethods(route)) {
      if (row.body === undefined || !route.path.startsWith("/api/")) continue
      const { requestBody } = document.paths[route.path.replaceAll(/:(\w+)/g, "{$1}")]?.[verb] ?? {}
      const examples = Object.values(requestBody?.content["application/json"]?.examples ?? {})
      expect([row.body, examples.length]).not.toEqual([row.body, 0])
      for (const { value } of examples)
        expect([row.body, getApiSchema(row.body).safeParse(value).error]).toEqual([row.body, undefined])
    }
})

test("every method of every address of the API is described, and nothing else", () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const taken = listRoutes(desk.app)
    .filter((route) => route.includes(" /api"))
    .map((route) => route.replaceAll(/:(\w+)/g, "{$1}"))
  expect(described.toSorted()).toEqual([...new Set(taken)].toSorted())
})

test("every body that the API takes is described with its fields", () => {
  const hasFields = (schema: BodySchema | Reference): boolean => {
    const { properties, anyOf = [], oneOf = [] } = "$ref" in schema ? (findSchema(schema) ?? {}) : schema
    const alternatives = [...anyOf, ...oneOf]
    return properties !== undefined || (alternatives.length > 0 && alternatives.every(hasFields))
  }
  const described: [string, boolean][] = []
  for (const { path, ...methods } of Object.values<RouteTable[string]>(routes))
    for (const [verb, { body }] of Object.entries(methods)) {
      if (body === undefined || !path.startsWith("/api/")) continue
      const { requestBody } = document.paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[verb] ?? {}
      const schema = requestBody?.content["application/json"]?.schema
      described.push([`${verb} ${path}`, schema !== undefined && hasFields(schema)])
    }
  expect(described.length).toBeGreaterThan(10)
  expect(described.filter(([, isDescribed]) => !isDescribed)).toEqual([])
})

test("a parameter in the address is needed, and one behind it only where nothing can be told without", () => {
  const needed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters }]) =>
      parameters.flatMap(({ in: place, name, required }) =>
        place === "query" && required ? [`${method} ${path} ${name}`] : [],
      ),
    ),
  )
  expect(needed.toSorted()).toEqual([
    "delete /api/projects/{projectId}/containers/{containerId} providerName",
    "get /api/audit/export format",
    "get /api/events projects",
  ])
})

test("each operation says what proves the caller: a session, an API token, a share link or nothing", () => {
  expect(document.components.securitySchemes).toMatchObject({
    session: { type: "apiKey", in: "cookie", name: desk.services.cookie.name },
    apiToken: { type: "http", scheme: "bearer" },
    shareLink: { type: "http", scheme: "bearer" },
  })
  for (const { path, ...methods } of Object.values<RouteTable[string]>(routes)) {
    if (!path.startsWith("/api/")) continue
    for (const [verb, { access, personOnly }] of Object.entries(methods)) {
      const operation = document.paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[verb]
      const names = operation?.security.flatMap((one) => Object.keys(one))
      const ofLink = access === "link" ? ["shareLink"] : []
      const ofCaller = personOnly === true ? ["session"] : ["session", "apiToken"]
      const expected = access === "anyone" || access === "link" ? ofLink : ofCaller
      expect([verb, path, names]).toEqual([verb, path, expected])
      // A script sends none of a browser's headers.
      const header = operation?.parameters.find(({ name }) => name === requestedByHeader)
      expect(header?.required ?? false).toBe(verb !== "get" && !names?.includes("apiToken"))
    }
  }
})
