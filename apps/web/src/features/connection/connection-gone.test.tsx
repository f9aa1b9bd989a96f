import { apiUrls, type HandOff } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { answer, runAudited, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, projectId } from "#mock-bff/samples.ts"
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

/** A connection whose page is open when it goes. */
async function openGone(handOffs: HandOff[] = []) {
  mockBff.use(listOf([aws]), answer(apiUrls.handOffs(projectId, aws.id), { handOffs }))
  const app = openApp(pagePaths.connection(projectId, aws.id))
  await screen.findByRole("list", { name: "Stations" })
  await waitFor(app.openStream)
  app.send({ event: "gone", data: { projectId, id: aws.id, at: "2026-11-24T10:06:00.000Z" } })
  await screen.findByText("Atlas no longer lists this connection.")
  return app
}

test("a deleted connection shows only its last step, as done", async () => {
  await openGone()
  const steps = within(screen.getByRole("list", { name: "Stations" })).getAllByRole("listitem")
  expect(steps.map(({ textContent }) => textContent)).toEqual(["Done: Removing10:04"])
  expect(steps[0]).not.toHaveAttribute("aria-current")
})

test("code of a deleted connection creates another, with no id to import", async () => {
  const { user } = await openGone()
  await user.click(screen.getByText("As code"))
  const code = await screen.findByText(/resource "mongodbatlas_network_peering"/)
  expect(code).not.toHaveTextContent("import {")
  expect(code).not.toHaveTextContent(aws.id)
})

test("a link that was given out can still be taken back, and none is made", async () => {
  const { user } = await openGone([link])
  await user.click(await screen.findByRole("heading", { name: "Hand it off" }))
  expect(screen.queryByRole("button", { name: "Make a link" })).toBeNull()
  const back = { ...link, revokedAt: "2026-11-24T10:07:00.000Z", revokedBy: "Olivia Novak" }
  mockBff.use(
    runAudited("delete", apiUrls.handOff(projectId, aws.id, link.id), null),
    answer(apiUrls.handOffs(projectId, aws.id), { handOffs: [back] }),
  )
  await user.click(await screen.findByRole("button", { name: "Take it back: the link for the network team" }))
  expect(await screen.findByText(/Taken back by Olivia Novak/)).toBeVisible()
})

test("a deleted connection links to the form with its values", async () => {
  await openGone()
  expect(screen.getByRole("link", { name: "Ask for it anew" })).toHaveAttribute(
    "href",
    expect.stringMatching(
      /connections\/new\?provider=AWS&.*accepterRegionName=us-east-1&vpcId=vpc-0a1b2c3d4e5f60718&/,
    ),
  )
})

test("a deleted connection without links shows no links", async () => {
  await openGone()
  expect(screen.getByRole("heading", { name: "Activity" })).toBeVisible()
  expect(screen.queryByRole("heading", { name: "Hand it off" })).toBeNull()
})
