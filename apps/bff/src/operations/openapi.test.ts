import { requestedByHeader, routes, type RouteTable } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createApp } from "#app.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { listRoutes } from "#test/support/routes.ts"

interface OpenApi {
  openapi: string
  components: { securitySchemes: Record<string, object> }
  paths: Record<
    string,
    Record<
      string,
      {
        security: Record<string, unknown[]>[]
        parameters: { in: string; name: string; required: boolean }[]
        requestBody?: { content: Record<string, { schema: BodySchema }> }
        responses: Record<string, { content?: Record<string, { schema: object }> }>
      }
    >
  >
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

test("the API describes itself as OpenAPI 3.1, each answer with its schema", () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  const schemas = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap(({ content = {} }) => Object.entries(content))
  expect(schemas.length).toBeGreaterThan(10)
  for (const [mediaType, { schema }] of schemas) {
    const kind = "oneOf" in schema || "anyOf" in schema ? "object" : "type" in schema && schema.type
    expect([mediaType, kind]).toEqual([mediaType, mediaType.endsWith("json") ? "object" : "string"])
  }
})

test("every method of every address of the API is described, and nothing else", () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const taken = listRoutes(createApp(desk.services, "."))
    .filter((route) => route.includes(" /api"))
    .map((route) => route.replaceAll(/:(\w+)/g, "{$1}"))
  expect(described.toSorted()).toEqual([...new Set(taken)].toSorted())
})

test("every body that the API takes is described with its fields", () => {
  const hasFields = ({ properties, anyOf = [], oneOf = [] }: BodySchema): boolean => {
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
