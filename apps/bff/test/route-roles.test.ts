import { randomUUID } from "node:crypto"
import { apiUrls, Problem, problemMediaType, routes } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createRateLimits, usualRateLimits } from "#sign-in/rate-limits.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { Answer } from "#test/support/http.ts"
import {
  personas,
  projectElsewhere,
  projectHere,
  standingRules,
  standings,
  type Standing,
} from "#test/support/roles.ts"
import { toRows, type Row } from "#test/support/route-rows.ts"
import { listRoutes } from "#test/support/routes.ts"

/** Bodies of writes below a project that get as far as looking for the thing that their address names. */
const rightBodies: Record<string, unknown> = {
  "DELETE /api/projects/:projectId/containers/:containerId": { reason: "It is in the way" },
  "PATCH /api/projects/:projectId/peerings/:peeringId": {
    reason: "It has grown",
    change: { routeTableCidrBlock: "10.60.0.0/16" },
  },
  "DELETE /api/projects/:projectId/peerings/:peeringId": { reason: "It is in the way", name: "orders" },
  "POST /api/projects/:projectId/peerings/:peeringId/request-again": {
    reason: "It has failed",
    name: "orders",
  },
  "POST /api/projects/:projectId/peerings/:peeringId/override": { reason: "The pipeline is broken" },
  "POST /api/projects/:projectId/peerings/:peeringId/facts": { text: "{}" },
  "POST /api/projects/:projectId/peerings/:peeringId/answer": { answer: "Which VPC is it?" },
  "PUT /api/projects/:projectId/peerings/:peeringId/label": { label: "orders" },
  "PUT /api/projects/:projectId/peerings/:peeringId/steps/:stepId": { done: true },
  "POST /api/projects/:projectId/peerings/:peeringId/hand-offs": { expiresInHours: 1 },
}

const onlyAdministrators: Record<Standing, string> = {
  nobody: "401",
  roleless: "403",
  viewer: "403",
  requester: "403",
  administrator: "403",
  elsewhere: "403",
  everywhere: "200",
  auditor: "403",
}
const everybody = "200"
const rows: Row[] = [
  ...toRows(routes),
  {
    route: "GET /api/sessions",
    method: "GET",
    address: "/api/sessions?everybody=true",
    cells: onlyAdministrators,
  },
  {
    route: "GET /{*page}",
    method: "GET",
    address: "/{*page}",
    cells: Object.fromEntries(standings.map((standing) => [standing, everybody])) as Row["cells"],
  },
]
const rowsOfAProject = rows.filter(({ address }) => address.includes(":projectId"))
const rowsOfAThing = rowsOfAProject.filter(({ route }) => /:projectId.*\/:/.test(route))

let desk: TestApp
let things: { here: Record<string, string>; elsewhere: Record<string, string> }
const cookies = new Map<Standing, string>()
const nothing = "0".repeat(24)
// What Express's router answers for itself, without a handler of ours.
const asAnything = { accept: "*/*" }

beforeAll(async () => {
  desk = await startTestApp({
    persona: null,
    personas,
    accessRules: standingRules,
    replace: () => ({
      limits: createRateLimits({
        ...usualRateLimits,
        writesPerUser: 9_999,
        writesPerAddress: 9_999,
        handOffPressesPerToken: 9_999,
      }),
    }),
  })
  for (const one of standings) if (one !== "nobody") cookies.set(one, await desk.signIn(one))
  things = { here: thingsOf(projectHere), elsewhere: thingsOf(projectElsewhere) }
})
afterAll(() => desk.close())

/** The ids of a project by path parameter. */
function thingsOf(projectId: string): Record<string, string> {
  const project = desk.simulator.state().projects.find(({ id }) => id === projectId)
  const [peer] = project?.peers ?? []
  const container = project?.containers.find(({ id }) => id === peer?.containerId)
  if (peer === undefined || container === undefined) throw new Error("the project has no connection")
  return { peeringId: peer.id, containerId: container.id }
}

function fill(address: string, values: Record<string, string>): string {
  return address.replace("/{*page}", "/").replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? nothing)
}

async function ask(standing: Standing, method: string, path: string, body?: unknown): Promise<Answer> {
  const cookie = path === apiUrls.signOut() && standing !== "nobody" ? await desk.signIn(standing) : undefined
  // A route without a key ignores it.
  const headers = {
    ...asAnything,
    "idempotency-key": randomUUID(),
    cookie: cookie ?? cookies.get(standing),
  }
  if (!path.startsWith("/api/events") || method !== "GET")
    return desk.call(method, path, {
      headers,
      ...(method !== "GET" && method !== "HEAD" && { body: body ?? {} }),
    })
  // The head of a stream is all there is to wait for.
  const stream = await desk.stream([path.replace(/.*=/, "")], { cookie: headers.cookie ?? "" })
  if (stream.status === 200) stream.close()
  else await stream.ended
  const { status, headers: given } = stream
  return { status, headers: given, text: stream.text(), json: () => JSON.parse(stream.text()) as unknown }
}

function toCell({ status, headers, text }: Answer): string {
  if (headers["content-type"]?.startsWith(problemMediaType) !== true || text === "") return String(status)
  const { code } = Problem.parse(JSON.parse(text))
  if (code === "project_not_found") return "hidden"
  const expected = { 401: "not_signed_in", 403: "forbidden" }[status]
  return expected === undefined || expected === code ? String(status) : `${status} ${code}`
}

async function askAll(row: Row, values: Record<string, string>): Promise<Row["cells"]> {
  const cells: [Standing, string][] = []
  for (const standing of standings)
    cells.push([standing, toCell(await ask(standing, row.method, fill(row.address, values)))])
  return Object.fromEntries(cells) as Row["cells"]
}

describe("the table", () => {
  const mounted = () => [...new Set(listRoutes(desk.app))]

  test("has a row for each method of each address that the app takes, and no other [G6]", () => {
    expect(mounted().toSorted()).toEqual([...new Set(rows.map(({ route }) => route))].toSorted())
  })
})

describe("every route in a project", () => {
  test.each(rows)("$method $address", async (row) => {
    const own = row.method === "GET" ? things.here : {}
    expect(await askAll(row, { ...own, projectId: projectHere, sequence: "1" })).toEqual(row.cells)
  })

  test.each(rows.filter(({ method }) => method === "GET"))("HEAD $address is as GET", async (row) => {
    // An export is recorded as one, and HEAD gives nothing away that would be worth a row.
    const usual = row.address.startsWith("/api/audit/export") ? "405" : "200"
    for (const standing of standings) {
      const path = fill(row.address, { ...things.here, projectId: projectHere, sequence: "1" })
      const { status } = await ask(standing, "HEAD", path)
      const expected = row.cells[standing].replace("hidden", "404").replace("200", usual)
      expect([standing, String(status)]).toEqual([standing, expected])
    }
  })
})

describe("a project that one may not see", () => {
  test.each(rowsOfAProject)("is not there for $method $address, whatever one is elsewhere", async (row) => {
    const own = row.method === "GET" ? things.elsewhere : {}
    const hidden = "hidden"
    expect(await askAll(row, { ...own, projectId: projectElsewhere })).toEqual({
      ...row.cells,
      viewer: hidden,
      requester: hidden,
      administrator: hidden,
      elsewhere: row.cells.viewer,
    })
  })

  test.each(rowsOfAProject)("gets from $method $address what one that does not exist gets", async (row) => {
    for (const standing of ["roleless", "viewer", "requester", "administrator", "auditor"] as const) {
      const problems: unknown[] = []
      for (const projectId of [projectElsewhere, nothing]) {
        const answer = await ask(standing, row.method, fill(row.address, { ...things.elsewhere, projectId }))
        problems.push({ ...Problem.parse(answer.json()), requestId: "" })
      }
      expect(problems[0]).toEqual(problems[1])
    }
  })

  test("ends no stream of several projects with 200 when it is one of them", async () => {
    const cookie = cookies.get("administrator") ?? ""
    for (const ids of [
      [projectHere, projectElsewhere],
      [projectElsewhere, projectHere],
    ]) {
      const stream = await desk.stream(ids, { cookie })
      await stream.ended
      expect(stream.status).toBe(404)
      expect(stream.text()).toContain("project_not_found")
    }
  })
})

describe("a thing of another project", () => {
  test.each(rowsOfAThing)("is not there for $method $address", async (row) => {
    const before = JSON.stringify(desk.simulator.state().projects)
    const body = rightBodies[row.route]
    for (const standing of ["administrator", "everywhere"] as const) {
      const problems: Problem[] = []
      for (const ids of [things.elsewhere, {}]) {
        const path = fill(row.address, { ...ids, projectId: projectHere })
        const answer = await ask(standing, row.method, path, body)
        const problem = Problem.parse(answer.json())
        const detail = problem.detail?.replaceAll(/[0-9a-f]{24}/g, "(id)")
        problems.push({ ...problem, detail, requestId: "" })
      }
      expect(problems[0]).toMatchObject({ status: 404 })
      expect(problems[0]?.code).not.toBe("project_not_found")
      expect(problems[0]).toEqual(problems[1])
    }
    expect(JSON.stringify(desk.simulator.state().projects)).toBe(before)
  })
})
