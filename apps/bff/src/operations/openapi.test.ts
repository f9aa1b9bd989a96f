import { afterAll, beforeAll, expect, test } from "vitest"
import { openTestingDesk, type TestingDesk } from "#testing-desk.ts"
import { projectId } from "#testing-requests.ts"

interface OpenApi {
  openapi: string
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >
}

let desk: TestingDesk
let document: OpenApi
beforeAll(async () => {
  desk = await openTestingDesk()
  document = JSON.parse((await desk.call("GET", "/api/openapi.json")).text) as OpenApi
})
afterAll(() => desk.close())

test("the API describes itself as OpenAPI 3.1, each answer with its schema", () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  const schemas = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap(({ content = {} }) => Object.values(content))
  expect(schemas.length).toBeGreaterThan(10)
  for (const { schema } of schemas)
    expect("oneOf" in schema || ("type" in schema && schema.type === "object")).toBe(true)
})

test("every described address exists, and knows every described method", async () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    const address = path.replace("{projectId}", projectId).replaceAll(/\{\w+\}/g, "0123456789abcdef01234567")
    const { headers } = await desk.call("LOCK", address)
    for (const method of Object.keys(methods)) expect(headers.allow).toContain(method.toUpperCase())
  }
})
