import { apiUrls, approvalUrls, Inbox } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import { toSentence } from "#events/event-sentence.ts"
import { readNotifications } from "#test/support/audit-log.ts"
import { openApprovalDesk, type ApprovalDesk } from "#test/support/approvals.ts"
import { projectId } from "#test/support/requests.ts"

let held: ApprovalDesk
beforeAll(async () => {
  held = await openApprovalDesk()
})
afterAll(() => held.desk.close())

async function readEvents(approvalId: string) {
  return (await readNotifications(held.desk.services.store)).filter(
    ({ values }) => values.approval === approvalId,
  )
}

test("A request for approval makes one event, and the decision another", async () => {
  const { id } = await held.hold("nadia", 1)
  await held.ask("nadia", 1)
  await held.call("ben", "POST", approvalUrls.declineApproval(id), { body: { reason: "Use lake" } })
  await held.call("vera", "POST", approvalUrls.declineApproval(id), { body: { reason: "Too late" } })
  const events = await readEvents(id)
  expect(events.map(toSentence)).toEqual([
    "nadia example asks for approval to create vpc-00000000000000001: Orders move to Atlas",
    "ben example declined a request to create vpc-00000000000000001: Use lake",
  ])
  expect(events.map(({ kind, about }) => [kind, about?.projectId])).toEqual([
    ["approval-requested", projectId],
    ["approval-decided", projectId],
  ])
})

test("The event of an approval names the approver, and a withdrawal makes none", async () => {
  const approved = await held.hold("nadia", 2)
  await held.approve("ben", approved)
  expect((await readEvents(approved.id)).map(toSentence).at(-1)).toBe(
    "ben example approved a request to create vpc-00000000000000002.",
  )
  const withdrawn = await held.hold("nadia", 3)
  await held.call("nadia", "POST", approvalUrls.withdrawApproval(withdrawn.id))
  expect((await readEvents(withdrawn.id)).map(({ kind }) => kind)).toEqual(["approval-requested"])
})

test("A request for approval is in the inbox of the people who can decide it alone", async () => {
  await held.hold("nadia", 4)
  const says = "nadia example asks for approval to create vpc-00000000000000004: Orders move to Atlas"
  const told = await Promise.all(
    (["nadia", "ben", "vera", "victor", "olivia"] as const).map(async (person) => {
      const inbox = Inbox.parse((await held.call(person, "GET", apiUrls.inbox())).json())
      return [person, inbox.entries.some((entry) => entry.says === says)]
    }),
  )
  expect(Object.fromEntries(told)).toEqual({
    nadia: false,
    ben: true,
    vera: true,
    victor: false,
    olivia: true,
  })
})
