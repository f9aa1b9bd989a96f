import { apiUrls, idempotencyKeyHeader, Peering, PeeringList } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { openApprovalDesk } from "#test/support/approvals.ts"
import { passLookUps } from "#test/support/changes.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const create = (desk: TestApp, label: string) =>
  desk.call("POST", apiUrls.peerings(projectId), {
    headers: { [idempotencyKeyHeader]: "a-key-made-once-per-form" },
    body: { request: requests.AWS, reason: "Orders move to Atlas", label },
  })

async function readLabels(desk: Pick<TestApp, "call">) {
  const answer = await desk.call("GET", apiUrls.peerings(projectId))
  return PeeringList.parse(answer.json()).peerings.map(({ label }) => label)
}

test("a create with a name answers with the named connection, and another name needs another key", async () => {
  const desk = await startTestApp()
  const made = await create(desk, "orders")
  expect(Peering.parse(made.json())).toMatchObject({ label: "orders" })
  expect(await readLabels(desk)).toEqual(["orders"])
  expect(Peering.parse((await create(desk, "orders")).json())).toMatchObject({ label: "orders" })
  expect(readVerdict(await create(desk, "payments"))).toBe("422 idempotency_key_reused")
  expect(
    desk.simulator
      .calls()
      .rows.map(({ path }) => path)
      .join(),
  ).not.toContain("label")
  await desk.close()
})

test("a create whose answer was lost gives its connection the name", async () => {
  const desk = await startTestApp()
  desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault: { cut: "after" }, times: 1 })
  expect((await passLookUps(desk, create(desk, "orders"))).status).toBe(201)
  expect(await readLabels(desk)).toEqual(["orders"])
  await desk.close()
})

test("a name that waits for approval is shown to the approver, and given once the connection is created", async () => {
  const { desk, call, hold, approve } = await openApprovalDesk()
  const held = await hold("nadia", 1, { label: "orders" })
  expect(held.plan).toMatchObject({ kind: "create", label: "orders" })
  expect((await approve("ben", held)).status).toBe(200)
  expect(await readLabels({ call: (method, path) => call("nadia", method, path) })).toEqual(["orders"])
  await desk.close()
})
