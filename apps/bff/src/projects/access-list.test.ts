import { seededIds } from "@peering-desk/atlas-simulator"
import { AccessList, AccessListEntry, apiUrls } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { readProblem, readVerdict } from "#test/support/requests.ts"
import { passLookUps, listAuditRows, reason, summariseRows } from "#test/support/changes.ts"

const { emptySandbox, payments } = seededIds
const block = { cidrBlock: "10.50.0.0/16", comment: "orders VPC" }

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const add = (entry: unknown, projectId: string = emptySandbox) =>
  desk.call("POST", apiUrls.accessList(projectId), { body: { entry, reason } })

async function list(projectId: string, statusOf?: readonly string[]): Promise<AccessListEntry[]> {
  return AccessList.parse(
    (await desk.call("GET", apiUrls.accessList(projectId, { status: statusOf }))).json(),
  ).entries
}

describe("POST …/access-list of a CIDR", () => {
  test("adds it, and reports its status until it is active [I7]", async () => {
    const answer = await add(block)
    expect(answer.status).toBe(201)
    expect(AccessListEntry.parse(answer.json())).toEqual({ ...block, status: "PENDING" })
    desk.simulator.advance(60)
    desk.clock.advance(5_000)
    expect(await list(emptySandbox, [block.cidrBlock])).toMatchObject([{ ...block, status: "ACTIVE" }])
    const [attempt, done] = await listAuditRows(desk, "access-list-add")
    expect(attempt).toMatchObject({ kind: "attempt", reason, projectId: emptySandbox, before: null })
    expect(done).toMatchObject({ outcome: "done", answerCode: "201", after: block })
  })

  test("gives an existing entry the new comment, and audits the old one", async () => {
    await add(block)
    await add({ ...block, comment: "orders and billing" })
    expect(await list(emptySandbox)).toMatchObject([
      { ...block, comment: "orders and billing", status: null },
    ])
    expect((await listAuditRows(desk, "access-list-add")).at(-2)).toMatchObject({ before: block })
  })

  test("looks up a lost answer, and is sent once", async () => {
    desk.simulator.addFault({ match: { method: "POST" }, fault: { cut: "after" } })
    expect((await add(block)).status).toBe(201)
    expect(desk.asked("POST", "/accessList")).toBe(1)
    expect(summariseRows(await listAuditRows(desk, "access-list-add"))).toEqual([
      "attempt",
      "unknown",
      "done",
    ])
    desk.simulator.clearFaults()
    desk.simulator.addFault({ match: { method: "POST" }, fault: { cut: "before" } })
    const lost = await passLookUps(desk, add({ cidrBlock: "10.60.0.0/16", comment: "" }))
    expect(readVerdict(lost)).toBe("504 outcome_unknown")
  })

  test("finds an entry after a lost answer, also where Atlas leaves its empty comment out", async () => {
    const body = JSON.stringify({ results: [{ cidrBlock: "10.60.0.0/16" }], totalCount: 1 })
    const fault = { status: 200, body, contentType: "application/json" }
    desk.simulator.addFault({ match: { method: "GET", path: "/accessList" }, fault })
    desk.simulator.addFault({ match: { method: "POST" }, fault: { cut: "after" } })
    const answer = await passLookUps(desk, add({ cidrBlock: "10.60.0.0/16", comment: "" }))
    expect(answer.status).toBe(201)
  })

  test("is followed by a list that has it even if its status can't be read", async () => {
    desk.simulator.addFault({ match: { path: "/status" }, fault: { status: 500 } })
    expect((await list(payments, ["10.0.0.0/16"]))[0]).toMatchObject({
      cidrBlock: "10.0.0.0/16",
      status: null,
    })
  })
})

test("POST …/access-list by ten people at once reaches Atlas one after another", async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => add({ cidrBlock: `10.${index}.0.0/16`, comment: "" })),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201))
  expect(await list(emptySandbox)).toHaveLength(10)
})

test("POST …/access-list adds a security group where a VPC is peered, and refuses it elsewhere", async () => {
  const group = { awsSecurityGroup: "sg-0a1b2c3d4e5f60718", comment: "" }
  expect((await add(group, payments)).json()).toMatchObject(group)
  const refused = await add(group)
  expect(readVerdict(refused)).toBe("422 atlas_refused")
  expect(readProblem(refused).fields).toHaveProperty("awsSecurityGroup")
})

test.each([
  ["cidrBlock", { cidrBlock: "0.0.0.0/0", comment: "" }],
  ["cidrBlock", { cidrBlock: "203.0.113.0/24", comment: "" }],
  ["cidrBlock", { cidrBlock: "10.0.0.1/16", comment: "" }],
  ["cidrBlock", { comment: "" }],
  ["cidrBlock", { ...block, awsSecurityGroup: "sg-0a1b2c3d4e5f60718" }],
  ["awsSecurityGroup", { awsSecurityGroup: "default", comment: "" }],
  ["comment", { ...block, comment: "x".repeat(81) }],
  ["deleteAfterDate", { ...block, deleteAfterDate: "2030-01-01T00:00:00Z" }],
])("POST …/access-list names a wrong %s, and sends nothing", async (field, entry) => {
  const answer = await add(entry)
  expect(readVerdict(answer)).toBe("400 invalid_request")
  expect(Object.keys(readProblem(answer).fields ?? {})).toEqual([field])
  expect(desk.simulator.calls().total.requests).toBe(0)
})

test("viewers can read the access list and get 403 when they add", async () => {
  const headers = { cookie: await desk.signIn("victor") }
  const seen = await desk.call("GET", apiUrls.accessList(payments), { headers })
  expect(AccessList.parse(seen.json()).entries).toHaveLength(3)
  const body = { entry: block, reason }
  expect(readVerdict(await desk.call("POST", apiUrls.accessList(payments), { headers, body }))).toBe(
    "403 forbidden",
  )
})
