import { apiUrls, ApprovalDetail, HeldForApproval, ProjectList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { approvalRules, openApprovalDesk, toRequest, type ApprovalDesk } from "#test/support/approvals.ts"
import { projectId, readVerdict } from "#test/support/requests.ts"
import type { ApprovalPolicy } from "./approval-policy.ts"

const reason = "Orders move to Atlas"
const container = { providerName: "AWS", atlasCidrBlock: "10.200.0.0/21", regionName: "US_WEST_2" } as const
const entry = { cidrBlock: "10.50.0.0/16", comment: "orders VPC" }

let held: ApprovalDesk
beforeEach(async () => {
  held = await openApprovalDesk()
})
afterEach(() => held.desk.close())

function setPolicy(line: Pick<ApprovalPolicy["lines"][number], "actions">): void {
  const lines: ApprovalPolicy["lines"] = [{ projects: [projectId], needs: "requester", ...line }]
  held.desk.services.approvalPolicy.replace({ lines, expireAfterHours: 24 })
}

const createContainer = () =>
  held.call("nadia", "POST", apiUrls.containers(projectId), { body: { container, reason } })
const addEntry = () => held.call("nadia", "POST", apiUrls.accessList(projectId), { body: { entry, reason } })
const switchDns = (enabled = true) =>
  held.call("vera", "PATCH", apiUrls.customDns(projectId), { body: { enabled, reason } })
const switchMode = () =>
  held.call("vera", "PATCH", apiUrls.privateIpMode(projectId), { body: { enabled: false, reason } })
async function deleteContainer() {
  const { atlas } = held.desk.services
  const { value } = await atlas.createContainer(projectId, container)
  held.desk.simulator.advance(60)
  const url = apiUrls.container(projectId, value.id, { providerName: "AWS" })
  return await held.call("nadia", "DELETE", url, { body: { reason } })
}

const changes = [
  { action: "container", row: "container-create", send: createContainer, asker: "nadia" },
  { action: "container", row: "container-delete", send: deleteContainer, asker: "nadia" },
  { action: "access-list", row: "access-list-add", send: addEntry, asker: "nadia" },
  { action: "private-ip-mode", row: "private-ip-mode-change", send: switchMode, asker: "vera" },
  { action: "custom-dns", row: "custom-dns-change", send: switchDns, asker: "vera" },
] as const

describe("a change of a project that the policy names", () => {
  test.each(changes)(
    "waits for another person, then is sent once: $row",
    async ({ action, row, send, asker }) => {
      setPolicy({ actions: [action] })
      const answer = await send()
      expect(answer.status).toBe(202)
      const { approval } = HeldForApproval.parse(answer.json())
      expect(approval).toMatchObject({ state: "waiting", plan: { kind: row } })
      expect(await held.rows(row)).toEqual([])
      const approved = ApprovalDetail.parse((await held.approve("ben", approval)).json())
      expect(approved.approval).toMatchObject({ state: "done", decidedBy: "ben example", problem: null })
      const about = { reason, actor: { subject: asker }, detail: { approvedBy: "ben example" } }
      expect(await held.rows(row)).toMatchObject([
        { kind: "attempt", ...about },
        { outcome: "done", ...about },
      ])
    },
  )

  test.each(changes)('waits by a line for "*": $row', async ({ send }) => {
    setPolicy({ actions: "*" })
    expect((await send()).status).toBe(202)
  })

  test.each(changes)("is sent at once by a line without actions: $row", async ({ send, row }) => {
    setPolicy({})
    expect((await send()).status).toBeLessThan(300)
    expect((await held.rows(row)).at(-1)).toMatchObject({ outcome: "done" })
  })

  test("is not sent when the setting has changed since it was requested", async () => {
    setPolicy({ actions: ["custom-dns"] })
    const { approval } = HeldForApproval.parse((await switchDns()).json())
    await held.desk.services.atlas.changeAwsCustomDns(projectId, true)
    expect(readVerdict(await held.approve("ben", approval))).toBe("409 plan_changed")
    expect(await held.rows("custom-dns-change")).toEqual([])
  })

  test("is not approved once an administrator who asked for a setting is none any more", async () => {
    setPolicy({ actions: ["custom-dns"] })
    const { approval } = HeldForApproval.parse((await switchDns()).json())
    const asRequester = {
      claim: "groups",
      equals: "leads",
      role: "requester",
      projects: [projectId],
    } as const
    const others = approvalRules.rules.filter(({ equals }) => equals !== "leads")
    held.desk.services.ruleBook.replace({ rules: [...others, { ...asRequester, projects: [projectId] }] })
    expect(readVerdict(await held.approve("ben", approval))).toBe("409 requester_gone")
    expect(await held.rows("custom-dns-change")).toEqual([])
  })

  test("is not approved by the person who asked", async () => {
    setPolicy({ actions: "*" })
    const { approval } = HeldForApproval.parse((await createContainer()).json())
    expect(readVerdict(await held.approve("nadia", approval))).toBe("403 forbidden")
  })
})

test("the project list says which changes of a project wait", async () => {
  setPolicy({ actions: ["container", "custom-dns"] })
  const { projects } = ProjectList.parse((await held.call("nadia", "GET", apiUrls.projects())).json())
  const needs = projects.find(({ id }) => id === projectId)?.approvals ?? []
  expect(needs.map(({ providerName, action }) => `${providerName} ${action}`)).toEqual(
    ["AWS", "GCP", "AZURE"].flatMap((cloud) => [`${cloud} container`, `${cloud} custom-dns`]),
  )
})

test("a create with a new container waits where the policy names containers", async () => {
  setPolicy({ actions: ["container"] })
  const request = { ...toRequest(1), containerId: "new" }
  expect((await held.ask("nadia", 1, { request, newContainer: container })).status).toBe(202)
  expect((await held.ask("nadia", 2)).status).toBe(201)
})
