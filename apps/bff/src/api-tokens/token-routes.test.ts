import { ApiTokenList, apiUrls, Problem } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { queryAudit } from "#audit/audit-query.ts"
import { createToken, listTokens, revoke, tryToCreate } from "#test/support/api-tokens.ts"
import { readAllRows } from "#test/support/canaries.ts"
import { personas, projectElsewhere, projectHere, standingRules, type Standing } from "#test/support/roles.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { usualTokenLifetimes } from "./token-lifetimes.ts"

const dayMs = 24 * 60 * 60_000
let desk: TestApp
const cookies = new Map<Standing, string>()
beforeAll(async () => {
  desk = await startTestApp({ persona: null, personas, accessRules: standingRules })
  for (const one of ["viewer", "requester", "administrator", "everywhere", "auditor", "roleless"] as const)
    cookies.set(one, await desk.signIn(one))
})
afterAll(() => desk.close())

const here = [projectHere]

describe("creating a token", () => {
  test("answers with its secret, which no list, row or log has", async () => {
    const cookie = cookies.get("requester")
    const { token, secret } = await createToken(desk, cookie, { name: "deploy", projects: here })
    expect(secret).toMatch(/^peeringdesk_[0-9A-Za-z]{46}$/)
    expect(token).toMatchObject({ name: "deploy", projects: here, role: "requester", state: "active" })
    expect(Date.parse(token.expiresAt) - Date.parse(token.createdAt)).toBe(90 * dayMs)
    const random = secret.slice("peeringdesk_".length)
    expect(desk.answers.filter((answer) => answer.includes(random))).toHaveLength(1)
    expect(await listTokens(desk, cookie)).toEqual([token])
    const rows = await readAllRows(desk.services.store)
    expect(rows).toContain(token.id)
    expect(rows).not.toContain(random)
    expect(desk.logs.join("\n")).not.toContain(random)
  })

  test("lets its maker choose when it expires, up to the configured most", async () => {
    const cookie = cookies.get("requester")
    const { token } = await createToken(desk, cookie, { projects: here, expiresInDays: 1 })
    expect(Date.parse(token.expiresAt) - Date.parse(token.createdAt)).toBe(dayMs)
    for (const expiresInDays of [366, 0, 1.5]) {
      const answer = await tryToCreate(desk, cookie, { projects: here, expiresInDays })
      const { status, fields } = Problem.parse(answer.json())
      expect([expiresInDays, status, Object.keys(fields ?? {})]).toEqual([
        expiresInDays,
        400,
        ["expiresInDays"],
      ])
    }
  })

  test.each([
    ["a viewer", "viewer", here, "viewer", "403 forbidden"],
    ["a requester, a role above theirs", "requester", here, "administrator", "403 forbidden"],
    ["a requester, another project", "requester", [projectElsewhere], "viewer", "404 project_not_found"],
    [
      "a requester, one of two projects",
      "requester",
      [projectHere, projectElsewhere],
      "viewer",
      "404 project_not_found",
    ],
    ["a requester, all projects", "requester", "*", "viewer", "403 forbidden"],
    ["an administrator of one project, all", "administrator", "*", "requester", "403 forbidden"],
    ["an auditor", "auditor", here, "viewer", "404 project_not_found"],
    ["a person without a role", "roleless", here, "viewer", "404 project_not_found"],
    ["a requester, no project", "requester", [], "viewer", "400 invalid_request"],
    [
      "a requester, a project twice",
      "requester",
      [projectHere, projectHere],
      "viewer",
      "400 invalid_request",
    ],
  ] as const)("is refused to %s", async (_, standing, projects, role, expected) => {
    const cookie = cookies.get(standing)
    const answer = await tryToCreate(desk, cookie, {
      projects: projects === "*" ? projects : [...projects],
      role,
    })
    expect(`${answer.status} ${Problem.parse(answer.json()).code}`).toBe(expected)
  })

  test("refuses a second name of the same person until the first is revoked", async () => {
    const [nadia, other] = [cookies.get("requester"), cookies.get("administrator")]
    const name = "nightly"
    const { token } = await createToken(desk, nadia, { name, projects: here })
    const again = () => tryToCreate(desk, nadia, { name, projects: here })
    expect(Problem.parse((await again()).json()).fields).toEqual({ name: "You have a token with this name" })
    expect((await tryToCreate(desk, other, { name, projects: here })).status).toBe(201)
    await revoke(desk, nadia, token.id)
    expect((await again()).status).toBe(201)
  })

  test("makes one token when several requests with one name come at once", async () => {
    const cookie = cookies.get("administrator")
    const requests = Array.from({ length: 6 }, () =>
      tryToCreate(desk, cookie, { name: "at once", projects: here }),
    )
    const statuses = (await Promise.all(requests)).map(({ status }) => status)
    expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 400, 400, 400, 400, 400])
  })
})

describe("the list of tokens", () => {
  test("is one's own, and everybody's for administrators of all projects only", async () => {
    const { token } = await createToken(desk, cookies.get("requester"), { projects: here })
    const answer = await desk.call("GET", apiUrls.apiTokens(), {
      headers: { cookie: cookies.get("everywhere") },
    })
    const { tokens, ...lifetimes } = ApiTokenList.parse(answer.json())
    expect(tokens).toEqual([])
    expect(lifetimes).toEqual(usualTokenLifetimes)
    const all = await listTokens(desk, cookies.get("everywhere"), { everybody: "true" })
    expect(all.find(({ id }) => id === token.id)?.owner.name).toBe("requester")
    for (const standing of ["administrator", "auditor"] as const) {
      const headers = { cookie: cookies.get(standing) }
      expect((await desk.call("GET", apiUrls.apiTokens({ everybody: "true" }), { headers })).status).toBe(403)
    }
  })
})

describe("revoking a token", () => {
  test("is for its owner and administrators of all projects; for others there is none", async () => {
    const cookie = cookies.get("requester")
    const [first, second] = [
      await createToken(desk, cookie, { projects: here }),
      await createToken(desk, cookie, { projects: here }),
    ]
    for (const standing of ["administrator", "viewer"] as const) {
      const answer = await revoke(desk, cookies.get(standing), first.token.id)
      expect(Problem.parse(answer.json())).toMatchObject({ code: "not_found", detail: "No such token." })
    }
    expect((await revoke(desk, cookie, first.token.id)).status).toBe(204)
    expect((await revoke(desk, cookies.get("everywhere"), second.token.id)).status).toBe(204)
    const tokens = await listTokens(desk, cookie)
    const byId = (id: string) => tokens.find((token) => token.id === id)
    expect(byId(first.token.id)).toMatchObject({ state: "revoked", revokedBy: "requester" })
    expect(byId(second.token.id)).toMatchObject({ state: "revoked", revokedBy: "everywhere" })
  })

  test("is recorded once, with who did it and whose it was", async () => {
    const { token } = await createToken(desk, cookies.get("requester"), { name: "audited", projects: here })
    await revoke(desk, cookies.get("everywhere"), token.id)
    expect((await revoke(desk, cookies.get("everywhere"), token.id)).status).toBe(204)
    const { rows } = await queryAudit(desk.services.store, { text: token.id })
    expect(rows.map(({ action, actor, detail }) => ({ action, by: actor?.name, detail }))).toEqual([
      {
        action: "token-revoked",
        by: "everywhere",
        detail: { token: token.id, name: "audited", owner: "requester", how: "by-administrator" },
      },
      {
        action: "token-created",
        by: "requester",
        detail: {
          token: token.id,
          name: "audited",
          role: "requester",
          projects: projectHere,
          expiresAt: token.expiresAt,
        },
      },
    ])
  })
})
