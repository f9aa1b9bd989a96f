import { randomUUID } from "node:crypto"
import { Problem, problemMediaType, routes, type CreateApiToken } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { listMethods } from "#http/api-handler.ts"
import { createRateLimits, usualRateLimits } from "#sign-in/rate-limits.ts"
import { callByToken, createToken } from "#test/support/api-tokens.ts"
import type { Answer } from "#test/support/http.ts"
import { personas, projectElsewhere, projectHere, standingRules, type Standing } from "#test/support/roles.ts"
import { toRows, type Row } from "#test/support/route-rows.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

/** A token, its owner, and the person who may do the same in its projects. */
interface Scope extends Pick<CreateApiToken, "role" | "projects"> {
  owner: Standing
  as: Standing
}

const here = [projectHere]
const scopes: Record<string, Scope> = {
  "viewer of one project": {
    owner: "requester",
    role: "viewer",
    projects: here,
    as: "viewer",
  },
  "requester of one project": {
    owner: "requester",
    role: "requester",
    projects: here,
    as: "requester",
  },
  "administrator of one project": {
    owner: "administrator",
    role: "administrator",
    projects: here,
    as: "administrator",
  },
  "requester of one project, made by an administrator of all": {
    owner: "everywhere",
    role: "requester",
    projects: here,
    as: "requester",
  },
  "viewer of two projects": {
    owner: "everywhere",
    role: "viewer",
    projects: [projectHere, projectElsewhere],
    as: "viewer",
  },
  "administrator of everything": {
    owner: "everywhere",
    role: "administrator",
    projects: "*",
    as: "everywhere",
  },
}

const personOnly = new Set(
  Object.values(routes).flatMap((route) =>
    listMethods(route).flatMap(([verb, row]) =>
      row.personOnly === true ? [`${verb.toUpperCase()} ${route.path}`] : [],
    ),
  ),
)
/** What an administrator's token may change. */
const administratorsWrites = Object.values(routes).flatMap((route) =>
  listMethods(route).flatMap(([verb, row]) =>
    verb !== "get" && row.personOnly !== true && row.access.endsWith("administrator")
      ? [`${verb.toUpperCase()} ${route.path}`]
      : [],
  ),
)
const rows = toRows(routes).filter(({ address }) => address.startsWith("/api/"))
const rowsOfAProject = rows.filter(({ address }) => address.includes(":projectId"))

let desk: TestApp
const secrets = new Map<string, string>()
const peeringIds = new Map<string, string>()

beforeAll(async () => {
  desk = await startTestApp({
    persona: null,
    personas,
    accessRules: standingRules,
    replace: () => ({
      limits: createRateLimits({ ...usualRateLimits, writesPerToken: 9_999, handOffPressesPerToken: 9_999 }),
    }),
  })
  const cookies = new Map<Standing, string>()
  for (const [name, { owner, role, projects }] of Object.entries(scopes)) {
    const cookie = cookies.get(owner) ?? (await desk.signIn(owner))
    cookies.set(owner, cookie)
    secrets.set(name, (await createToken(desk, cookie, { role, projects })).secret)
  }
  for (const { id, peers } of desk.simulator.state().projects) peeringIds.set(id, peers[0]?.id ?? "")
})
afterAll(() => desk.close())

function fill(address: string, projectId: string, isRead: boolean): string {
  const values: Record<string, string> = {
    projectId,
    sequence: "1",
    ...(isRead && { peeringId: peeringIds.get(projectId) ?? "" }),
  }
  return address.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? "0".repeat(24))
}

async function ask(scope: string, { method, address }: Row, projectId: string): Promise<string> {
  const secret = secrets.get(scope) ?? ""
  const path = fill(address, projectId, method === "GET")
  if (path.startsWith("/api/events")) {
    const stream = await desk.stream([projectId], { authorization: `Bearer ${secret}` })
    if (stream.status === 200) stream.close()
    else await stream.ended
    return stream.status === 404 && stream.text().includes("project_not_found")
      ? "hidden"
      : String(stream.status)
  }
  const headers = { accept: "*/*", "idempotency-key": randomUUID() }
  const body = method === "GET" ? {} : { body: {} }
  return toCell(await callByToken(desk, secret, method, path, { headers, ...body }))
}

function toCell({ status, headers, text }: Answer): string {
  if (headers["content-type"]?.startsWith(problemMediaType) !== true) return String(status)
  const { code } = Problem.parse(JSON.parse(text))
  if (code === "project_not_found") return "hidden"
  return status === 403 && code !== "forbidden" ? `${status} ${code}` : String(status)
}

async function askAll(row: Row, projectId: string): Promise<Record<string, string>> {
  const cells: Record<string, string> = {}
  for (const scope of Object.keys(scopes)) cells[scope] = await ask(scope, row, projectId)
  return cells
}

/** A token gets what a person with its role in the project gets, and nothing that is about a person. */
function toExpected({ route, cells }: Row, projectId: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(scopes).map(([name, { as, projects }]) => {
      if (personOnly.has(route)) return [name, "403"]
      return [name, projects === "*" || projects.includes(projectId) ? cells[as] : "hidden"]
    }),
  )
}

describe("every route by every scope", () => {
  test.each(rows)("$method $address answers a token as a person with its role", async (row) => {
    expect(await askAll(row, projectHere)).toEqual(toExpected(row, projectHere))
  })

  test.each(rowsOfAProject)("$method $address hides a project that is not the token's", async (row) => {
    expect(await askAll(row, projectElsewhere)).toEqual(toExpected(row, projectElsewhere))
  })

  test("routes for people in a browser only are these", () => {
    expect([...personOnly].toSorted()).toEqual([
      "DELETE /api/cloud-accounts/:accountId",
      "DELETE /api/notifications/routes/:routeId",
      "DELETE /api/projects/:projectId/managed-by/:managedKey",
      "DELETE /api/saved-views/:viewId",
      "DELETE /api/sessions/:sessionId",
      "DELETE /api/tokens/:tokenId",
      "GET /api/inbox",
      "GET /api/inbox/mail",
      "GET /api/saved-views",
      "GET /api/session",
      "GET /api/sessions",
      "GET /api/tokens",
      "PATCH /api/notifications/routes/:routeId",
      "POST /api/approvals/:approvalId/approve",
      "POST /api/approvals/:approvalId/decline",
      "POST /api/audit/flaws/acknowledge",
      "POST /api/audit/keys",
      "POST /api/cloud-accounts",
      "POST /api/cloud-accounts/:accountId/check",
      "POST /api/inbox/read",
      "POST /api/notifications/routes",
      "POST /api/projects/:projectId/managed-by",
      "POST /api/projects/:projectId/peerings/:peeringId/override",
      "POST /api/saved-views",
      "POST /api/tokens",
      "PUT /api/cloud-accounts/:accountId/role",
      "PUT /api/inbox/mail",
    ])
  })

  test("an administrator's token may change or start these alone", () => {
    expect(administratorsWrites.toSorted()).toEqual([
      "PATCH /api/projects/:projectId/custom-dns",
      "PATCH /api/projects/:projectId/private-ip-mode",
      "POST /api/approval-policy/test",
      "POST /api/keys/test",
      "POST /api/keys/test-new-secrets",
      "POST /api/notifications/deliveries/:deliveryId/send-again",
      "POST /api/notifications/routes/:routeId/test",
    ])
  })

  test("signing out by a token is refused as any write that no page of ours sends", async () => {
    const [secret = ""] = secrets.values()
    const answer = await callByToken(desk, secret, "POST", "/sign-out")
    expect(toCell(answer)).toBe("403 forged_request")
  })
})
