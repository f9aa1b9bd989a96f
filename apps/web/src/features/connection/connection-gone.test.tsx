import { apiUrls, type DeletedPeering, type HandOff } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { answer, listOf, mockBff, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS", { status: "TERMINATING" })

const link: HandOff = {
  id: "link-1",
  for: "the network team",
  madeBy: "Tom Reed",
  madeAt: "2026-11-24T09:00:00.000Z",
  expiresAt: "2026-11-25T09:00:00.000Z",
  revokedAt: null,
  revokedBy: null,
  openedCount: 0,
  lastOpenedAt: null,
  pressedCount: 0,
  lastPressedAt: null,
}

/** What the server keeps of it. */
const kept: DeletedPeering = {
  projectId,
  id: aws.id,
  peer: aws.peer,
  raw: aws.raw,
  history: aws.history,
  lastStatus: "TERMINATING",
  label: "checkout-api",
  origin: "adopted",
  createdBy: null,
  createdAt: null,
  firstSeenAt: "2026-11-20T10:04:00.000Z",
  lastSeenAt: "2026-11-24T10:05:30.000Z",
  goneAt: "2026-11-24T10:06:00.000Z",
}

/** Opens the page of a connection that is deleted while it shows. */
async function openGone(handOffs: HandOff[] = [], more: Partial<DeletedPeering> = {}) {
  mockBff.use(
    listOf([aws]),
    answer(apiUrls.handOffs(projectId, aws.id), { handOffs }),
    answer(apiUrls.deletedPeerings(projectId), { deletedPeerings: [{ ...kept, ...more }] }),
  )
  const app = openApp(pagePaths.connection(projectId, aws.id))
  await screen.findByRole("region", { name: "Path" })
  await waitFor(app.openStream)
  app.send({ event: "gone", data: { projectId, id: aws.id, at: "2026-11-24T10:06:00.000Z" } })
  await screen.findByText("Showing the last known details.")
  return app
}

test("A connection that went elsewhere says around when", async () => {
  await openGone()
  expect(screen.getByText(/^Removed from Atlas around/)).toHaveTextContent("Removed from Atlas around 10:06")
  const stops = within(screen.getByRole("region", { name: "Path" })).getAllByRole("listitem")
  for (const stop of stops) {
    expect(stop).toHaveTextContent(/^\S.*\. Later/)
    expect(stop).not.toHaveAttribute("aria-current")
  }
  expect(screen.queryByRole("list", { name: "Stops" })).toBeNull()
})

test("A waiting connection that went elsewhere has no steps to choose a tool for", async () => {
  const { peer } = makePeering("AWS", { status: "PENDING_ACCEPTANCE" })
  mockBff.use(
    listOf([]),
    answer(apiUrls.handOffs(projectId, aws.id), { handOffs: [] }),
    answer(apiUrls.deletedPeerings(projectId), { deletedPeerings: [{ ...kept, peer }] }),
  )
  openApp(pagePaths.connection(projectId, aws.id))
  expect(await screen.findByText("Showing the last known details.")).toBeVisible()
  expect(screen.queryByRole("radio", { name: "Terraform" })).toBeNull()
})

test("A connection that was deleted here says by whom, when and why [11]", async () => {
  await openGone([], {
    deletedBy: "Olivia Marsh",
    deleteReason: "cleanup",
    deletedAt: "2026-11-24T10:05:00.000Z",
  })
  expect(await screen.findByText(/^Deleted by Olivia Marsh/)).toHaveTextContent(
    "Deleted by Olivia Marsh, 10:05 – cleanup",
  )
})

test("A deleted connection says when and why it was requested, also on a page that is opened later", async () => {
  const requested = {
    origin: "created-here" as const,
    createdBy: "Nadia Brandt",
    createdAt: "2026-11-20T10:04:00.000Z",
    createReason: "Orders need their ledger",
  }
  mockBff.use(
    listOf([]),
    answer(apiUrls.deletedPeerings(projectId), { deletedPeerings: [{ ...kept, ...requested }] }),
  )
  openApp(pagePaths.connection(projectId, aws.id))
  const details = await screen.findByRole("region", { name: "Details" })
  expect(details).toHaveTextContent(/Requested20 Nov, 10:04ByNadia Brandt/)
  expect(details).toHaveTextContent(/ReasonOrders need their ledger/)
})

test("Code of a deleted connection creates another, with no id to import", async () => {
  const { user } = await openGone()
  await user.click(screen.getByRole("link", { name: "Code" }))
  const code = await screen.findByText(/resource "mongodbatlas_network_peering"/)
  expect(code).not.toHaveTextContent("import {")
  expect(code).not.toHaveTextContent(aws.id)
})

test("An open link to a deleted connection can be revoked, and none is created", async () => {
  const { user } = await openGone([link])
  await user.click(await screen.findByRole("button", { name: "Share links" }))
  const dialog = within(screen.getByRole("dialog"))
  expect(dialog.queryByRole("button", { name: "Create link" })).toBeNull()
  const revoked = { ...link, revokedAt: "2026-11-24T10:07:00.000Z", revokedBy: "Olivia Novak" }
  mockBff.use(
    runAudited("delete", apiUrls.handOff(projectId, aws.id, link.id), null),
    answer(apiUrls.handOffs(projectId, aws.id), { handOffs: [revoked] }),
  )
  await user.click(await dialog.findByRole("button", { name: "Revoke the link: the network team" }))
  expect(await dialog.findByText(/Revoked by Olivia Novak/)).toBeVisible()
})

test("A deleted connection is recreated from the form with its values", async () => {
  await openGone()
  expect(screen.getByRole("link", { name: "Recreate" })).toHaveAttribute(
    "href",
    expect.stringMatching(
      /connections\/new\?provider=AWS&.*accepterRegionName=us-east-1&vpcId=vpc-0a1b2c3d4e5f60718&/,
    ),
  )
  expect(screen.queryByRole("button", { name: /Share/ })).toBeNull()
  expect(screen.queryByRole("button", { name: "Rename" })).toBeNull()
})

test("A viewer sees a deleted connection without an action", async () => {
  mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
  await openGone()
  expect(screen.queryByRole("link", { name: "Recreate" })).toBeNull()
})

test("A connection that went before the page opened shows as it was last seen", async () => {
  mockBff.use(listOf([]), answer(apiUrls.deletedPeerings(projectId), { deletedPeerings: [kept] }))
  openApp(pagePaths.connection(projectId, aws.id))
  expect(await screen.findByText(/^Removed from Atlas around/)).toBeVisible()
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("checkout-api")
})
