import { createJsonBodyReader } from "#http/json-body.ts"
import { buildUrls, requestedByHeader, requestedByValue, type RouteTable } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { ApiHandlers } from "#http/api-handler.ts"
import { createApiRouter } from "#http/api-router.ts"
import { toOpenApi } from "#operations/openapi.ts"
import { refer } from "#operations/openapi-schemas.ts"
import { createRouteLabels } from "#operations/route-label.ts"
import { requireUser } from "#sign-in/require-user.ts"
import { createSessionMiddleware } from "#sign-in/session-cookie.ts"
import { personas, projectHere, standingRules, standings } from "#test/support/roles.ts"
import { toRows } from "#test/support/route-rows.ts"
import { serveHandlers, type TestingServer } from "#test/support/server.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

/** A route that the product does not have, as somebody would add it. */
const fixture = {
  note: {
    path: "/api/projects/:projectId/notes/:noteId",
    get: { access: "viewer", summary: "One note", query: "EventQuery", answer: "ProjectSetting" },
    put: { access: "requester", summary: "Write a note", body: "SetLabel", answer: "ProjectSetting" },
  },
} as const satisfies RouteTable

const handlers: ApiHandlers<typeof fixture> = {
  note: {
    get: ({ params, query }) => ({ enabled: params.noteId === query.projects }),
    put: ({ body }) => ({ enabled: body.label === "on" }),
  },
}
const urls = buildUrls(fixture)

let desk: TestApp
let server: TestingServer
beforeAll(async () => {
  desk = await startTestApp({ persona: null, personas, accessRules: standingRules })
  const { config, cookie, guards, ruleBook, sessions } = desk.services
  server = await serveHandlers(
    createSessionMiddleware(cookie, config.signIn.sessionSecrets, sessions),
    (request, response, next) => {
      if (request.headers.cookie === undefined) response.status(401).end()
      else next()
    },
    requireUser(ruleBook, sessions),
    createApiRouter(fixture, handlers, { guard: guards.require, readBody: createJsonBodyReader(64) }),
  )
})
afterAll(async () => {
  await server.close()
  await desk.close()
})

async function send(method: string, path: string, cookie: string | undefined, body?: unknown) {
  return await fetch(`${server.origin}${path}`, {
    method,
    headers: {
      ...(cookie !== undefined && { cookie }),
      "content-type": "application/json",
      [requestedByHeader]: requestedByValue,
    },
    ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
  })
}

test("a new row of the route table gets its URL builder", () => {
  expect(urls.note(projectHere, "n 1", { projects: "a,b" })).toBe(
    `/api/projects/${projectHere}/notes/n%201?projects=a%2Cb`,
  )
})

test("a new row of the route table is mounted with its parameters, query, body and answer", async () => {
  const cookie = await desk.signIn("requester")
  const read = await send("GET", urls.note(projectHere, "n1", { projects: "n1" }), cookie)
  expect([read.status, await read.json()]).toEqual([200, { enabled: true }])
  const written = await send("PUT", urls.note(projectHere, "n1"), cookie, { label: "on" })
  expect([written.status, await written.json()]).toEqual([200, { enabled: true }])
})

test("a new row of the route table answers other methods with 405 and Allow", async () => {
  const answer = await send("DELETE", urls.note(projectHere, "n1"), await desk.signIn("requester"))
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, PUT"])
})

test("a new row of the route table is described in OpenAPI with its parameters and schemas", () => {
  const { paths, components } = toOpenApi(fixture, {
    cookieName: "session",
    publicUrl: new URL("https://peering.example"),
  }) as {
    paths: Record<string, Record<string, unknown>>
    components: { schemas: Record<string, unknown> }
  }
  expect(Object.keys(paths)).toEqual(["/api/projects/{projectId}/notes/{noteId}"])
  expect(paths["/api/projects/{projectId}/notes/{noteId}"]).toMatchObject({
    get: {
      summary: "One note",
      parameters: [
        { in: "path", name: "projectId" },
        { in: "path", name: "noteId" },
        { in: "query", name: "projects", required: true },
      ],
      responses: { 200: { content: { "application/json": { schema: refer("ProjectSetting") } } } },
    },
    put: { requestBody: { content: { "application/json": { schema: refer("SetLabel") } } } },
  })
  expect(components.schemas).toMatchObject({
    ProjectSetting: { required: ["enabled"] },
    SetLabel: { required: ["label"] },
  })
})

test("a new row of the route table is a label of the metrics", () => {
  const toLabel = createRouteLabels(fixture)
  expect(toLabel(`/api/projects/${projectHere}/notes/7`)).toBe(fixture.note.path)
  expect(toLabel("/api/projects/notes")).toBe("other")
})

test.each(toRows(fixture))(
  "the role test covers $route of a new row by itself",
  async ({ method, cells }) => {
    for (const standing of standings) {
      const cookie = standing === "nobody" ? undefined : await desk.signIn(standing)
      const { status } = await send(method, urls.note(projectHere, "n1", { projects: "n1" }), cookie)
      expect([standing, status]).toEqual([standing, Number(cells[standing].replace("hidden", "404"))])
    }
  },
)
