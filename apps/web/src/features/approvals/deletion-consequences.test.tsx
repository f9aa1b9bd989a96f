import { approvalUrls } from "@peering-desk/shared-schemas"
import { screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { makeApproval, target } from "#mock-bff/approval-samples.ts"
import { answer, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { answerBlastRadius } from "#mock-bff/open-connection.ts"
import { makePeering } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const peering = makePeering("AWS", { status: "AVAILABLE" })
const plan = { kind: "delete", peeringId: peering.id, target } as const

test("an approver of a deletion sees the consequences that its requester saw", async () => {
  mockBff.use(
    answer(approvalUrls.approval("a"), {
      approval: makeApproval("a", { plan, peeringId: peering.id }),
      check: { requester: null, preflight: null, target: null, holds: true },
    }),
    listOf([peering]),
    answerBlastRadius(peering.id, "vpc-1", { lastAwsConnection: true, securityGroups: ["sg-0a1"] }),
  )
  openApp(pagePaths.approval("a"))
  expect(await screen.findByText(/last AWS connection.*from the access list: sg-0a1\.$/)).toBeVisible()
  expect(screen.getByText(/^Applications using this connection lose access immediately/)).toBeVisible()
})

test("a decided deletion says in short what it did", async () => {
  mockBff.use(
    answer(approvalUrls.approval("a"), {
      approval: makeApproval("a", { plan, state: "done", may: { decide: false, withdraw: false } }),
      check: null,
    }),
  )
  openApp(pagePaths.approval("a"))
  expect(await screen.findByText("Deletes the connection. Its container and the network stay.")).toBeVisible()
})
