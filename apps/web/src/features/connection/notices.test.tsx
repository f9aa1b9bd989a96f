import { apiUrls, approvalUrls } from "@peering-desk/shared-schemas"
import { screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { makeApproval, target } from "#mock-bff/approval-samples.ts"
import { answer, mockBff } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { openConnection } from "#mock-bff/open-connection.ts"
import { makePeering, makeSession } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const peering = makePeering("AWS", { status: "AVAILABLE" })
const deletion = makeApproval("wanted", {
  plan: { kind: "delete", peeringId: peering.id, target },
  peeringId: peering.id,
  reason: "obsolete",
  may: { decide: false, withdraw: true },
})
const open = (...approvals: ReturnType<typeof makeApproval>[]) => [
  answer(apiUrls.session(), { ...makeSession(), approvals: true }),
  answer(approvalUrls.approvals(), {
    approvals,
    counts: { open: approvals.length, decided: 0 },
    nextBefore: null,
    isPolicySet: true,
  }),
]

test("a connection whose deletion waits for approval says so, and who wants it", async () => {
  mockBff.use(...open(deletion))
  await openConnection(peering)
  expect(await screen.findByText("Delete connection: Waiting")).toBeVisible()
  expect(screen.getByText(/^Nadia Brandt requested it/)).toHaveTextContent(/: obsolete$/)
  const link = screen.getByRole("link", { name: "View request" })
  expect(link).toHaveAttribute("href", pagePaths.approval("wanted"))
})

test("a request about another connection isn't shown on a connection's page", async () => {
  mockBff.use(...open({ ...deletion, peeringId: "of another" }))
  await openConnection(peering)
  expect(await screen.findByRole("link", { name: /^Approvals/ })).toBeVisible()
  expect(screen.queryByText(/requested it/)).toBeNull()
})

test("a viewer sees which request waits, though they can't decide it", async () => {
  mockBff.use(
    answer(apiUrls.session(), { ...makeSession({ everywhere: "viewer" }), approvals: true }),
    ...open({ ...deletion, may: { decide: false, withdraw: false } }),
  )
  await openConnection(peering)
  expect(await screen.findByText("Delete connection: Waiting")).toBeVisible()
})
