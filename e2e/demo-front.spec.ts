import type { Page } from "@playwright/test"
import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import { scenes } from "@peering-desk/demo-director"
import { expect, test } from "./scenario.ts"

test.use({
  isDemo: true,
  atlasScenario: "stage",
  approvalPolicy: {
    lines: [{ projects: [sandboxes.ledger.projectId], askers: ["requester"], needs: "administrator" }],
  },
})

interface Answer {
  status: number
  body: unknown
}

/** Calls the demo's front, or the product, as a script of the page does. */
function call(page: Page, method: string, path: string, body?: object): Promise<Answer> {
  return page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(path, {
        method,
        headers: {
          "content-type": "application/json",
          "x-peering-desk": "1",
          "idempotency-key": crypto.randomUUID(),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, body: text === "" ? null : (JSON.parse(text) as unknown) }
    },
    [method, path, body] as const,
  )
}

const request = (page: Page, as: string, method: string, path: string, body?: object) =>
  call(page, "POST", "/demo/request", { as, method, path, body })

const toRequest = ({ container, network }: typeof sandboxes.evidence | typeof sandboxes.ledger) => ({
  providerName: "AWS",
  containerId: container.id,
  accepterRegionName: network.region,
  awsAccountId: network.awsAccountId,
  vpcId: network.vpcId,
  routeTableCidrBlock: network.cidr,
})

test("the demo's front acts for Nadia with a sign-in of her own, and again when that has ended", async ({
  page,
  app,
}) => {
  await page.goto(app.url)
  const ids: string[] = []
  for (let times = 0; times < 2; times += 1) {
    const { status, body } = await request(page, "nadia", "GET", "/api/session")
    expect({ status, body }).toMatchObject({ status: 200, body: { user: { name: "Nadia Brandt" } } })
    const { sessionId } = body as { sessionId: string }
    ids.push(sessionId)
    expect(await request(page, "nadia", "DELETE", `/api/sessions/${sessionId}`)).toMatchObject({
      status: 204,
    })
  }
  expect(new Set(ids).size).toBe(2)
  expect(await call(page, "GET", "/api/session")).toMatchObject({ body: { user: { name: "Olivia Marsh" } } })
})

test("the demo's front puts the project of a scene back, at Atlas and in the product", async ({
  page,
  app,
}) => {
  const { projectId } = sandboxes.evidence
  const scene = scenes.find(({ project }) => project === projectId)
  const peerings = `/api/projects/${projectId}/peerings`
  await page.goto(app.url)
  expect(
    await call(page, "POST", "/demo/world", { method: "POST", path: "/clock", body: { speed: 20 } }),
  ).toEqual({ status: 204, body: null })
  for (let times = 0; times < 2; times += 1) {
    const created = await request(page, "olivia", "POST", peerings, {
      reason: "Evidence reads its cluster (NET-1340)",
      request: toRequest(sandboxes.evidence),
    })
    expect(created.status).toBe(201)
    const { id } = created.body as { id: string }
    const links = `${peerings}/${id}/hand-offs`
    expect((await request(page, "nadia", "POST", links, { expiresInHours: 1 })).status).toBe(404)
    expect((await request(page, "olivia", "POST", links, { expiresInHours: 1 })).status).toBe(201)

    expect(await call(page, "POST", "/demo/prepare", { scene: scene?.id })).toEqual({
      status: 204,
      body: null,
    })
    expect(await call(page, "GET", peerings)).toMatchObject({ body: { peerings: [] } })
    expect(await call(page, "GET", `/api/projects/${projectId}/hand-offs`)).toMatchObject({
      body: { handOffs: [] },
    })
  }
})

test("the demo's front withdraws Nadia's request and connects the AWS account that a scene reads", async ({
  page,
  app,
}) => {
  const { projectId, network } = sandboxes.ledger
  await page.goto(app.url)
  await call(page, "POST", "/demo/world", { method: "POST", path: "/clock", body: { speed: 20 } })
  const held = await request(page, "nadia", "POST", `/api/projects/${projectId}/peerings`, {
    reason: "Reporting reads the ledger (NET-1327)",
    request: toRequest(sandboxes.ledger),
  })
  expect(held.status).toBe(202)
  const scene = scenes.find(({ project }) => project === projectId)
  expect(await call(page, "POST", "/demo/prepare", { scene: scene?.id })).toEqual({ status: 204, body: null })
  expect(await call(page, "GET", "/api/approvals?show=decided")).toMatchObject({
    body: { approvals: [{ state: "withdrawn", decidedBy: "Nadia Brandt" }] },
  })
  expect(await call(page, "GET", "/api/cloud-accounts")).toMatchObject({
    body: { accounts: [{ projectId, account: network.awsAccountId, state: "reading", vpcs: 1 }] },
  })
})

test("a page of another address can't make the demo's front act", async ({ page, app }) => {
  const elsewhere = await page.request.post(`${app.url}/demo/world`, {
    headers: { "sec-fetch-site": "same-site" },
    data: { method: "POST", path: "/clock", body: { speed: 20 } },
  })
  expect(elsewhere.status()).toBe(403)
})
