import { apiUrls, type HandOff } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { expect, test } from "vitest"
import { answer, holdAnswer, listOf, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS")

const link: HandOff = {
  id: "link-1",
  for: "Network team",
  madeBy: "Tom Reed",
  madeAt: "2026-11-24T10:00:00.000Z",
  expiresAt: "2026-11-27T10:00:00.000Z",
  revokedAt: null,
  revokedBy: null,
  openedCount: 2,
  lastOpenedAt: "2026-11-24T10:05:00.000Z",
  pressedCount: 1,
  lastPressedAt: "2026-11-24T10:06:00.000Z",
}
const given = (...handOffs: HandOff[]) => answer(apiUrls.handOffs(projectId, aws.id), { handOffs })

async function openShare(...handOffs: HandOff[]) {
  mockBff.use(listOf([aws]), given(...handOffs))
  const app = openApp(pagePaths.connection(projectId, aws.id))
  await app.user.click(await screen.findByRole("button", { name: "Share with owner" }))
  return { ...app, dialog: within(screen.getByRole("dialog", { name: "Share with network owner" })) }
}

test.each([
  [link, /The link for Network team was opened at 10:05\./],
  [{ ...link, for: null, openedCount: 0, lastOpenedAt: null }, /The share link wasn't opened yet\./],
])("A waiting connection says whether its share link was opened %#", async (one, words) => {
  mockBff.use(listOf([aws]), given({ ...one, revokedAt: one.madeAt, id: "old" }, one))
  openApp(pagePaths.connection(projectId, aws.id))
  const path = await screen.findByRole("region", { name: "Path" })
  await expect.poll(() => path.textContent).toMatch(words)
})

test("The dialog of a connection's share links stays open until a new link, which is shown once, is there", async () => {
  const { user, dialog } = await openShare()
  const made = { handOff: link, url: "https://desk.example/hand-off#t" }
  const { answered, answer: answerNow } = holdAnswer(() => HttpResponse.json(made))
  mockBff.use(http.post(apiUrls.handOffs(projectId, aws.id), () => answered))
  await user.click(dialog.getByRole("button", { name: "Create link" }))
  await user.click(dialog.getByRole("button", { name: "Close" }))
  answerNow()
  expect(await dialog.findByText("Copy it now. You won't see it again.")).toBeVisible()
  await user.click(dialog.getByRole("button", { name: "Close" }))
  expect(screen.queryByRole("dialog")).toBeNull()
})

test("A share link is created for a recipient and a time, and shown once to copy until it is revoked", async () => {
  const { user, dialog } = await openShare()
  const sent: unknown[] = []
  mockBff.use(
    runAudited(
      "post",
      apiUrls.handOffs(projectId, aws.id),
      { handOff: link, token: "t", url: "https://desk.example/hand-off#t" },
      (body) => sent.push(body),
    ),
    given(link),
  )
  await user.type(dialog.getByLabelText("Recipient"), "Network team")
  await user.selectOptions(dialog.getByLabelText("Expires in"), "7 days")
  await user.click(dialog.getByRole("button", { name: "Create link" }))
  expect(await dialog.findByText("Copy it now. You won't see it again.")).toBeVisible()
  await user.click(dialog.getByRole("button", { name: /^Copy for Share link/ }))
  expect(await navigator.clipboard.readText()).toBe("https://desk.example/hand-off#t")
  expect(sent).toEqual([{ expiresInHours: 168, for: "Network team" }])
  const revoke = await dialog.findByRole("button", { name: "Revoke the link: Network team" })
  mockBff.use(
    runAudited("delete", apiUrls.handOff(projectId, aws.id, link.id), null),
    given({ ...link, revokedAt: "2026-11-24T10:07:00.000Z", revokedBy: "Olivia Novak" }),
  )
  await user.click(revoke)
  await dialog.findByText(/Revoked by Olivia Novak/)
  expect(dialog.queryByText("Copy it now. You won't see it again.")).toBeNull()
})

test("Links say if they were opened and reported done, and are revoked", async () => {
  const { user, dialog } = await openShare(link)
  expect((await dialog.findByRole("listitem")).textContent).toContain(
    "Opened 2 times, last 10:05 · Reported done once, last 10:06",
  )
  mockBff.use(
    runAudited("delete", apiUrls.handOff(projectId, aws.id, link.id), null),
    given({ ...link, revokedAt: "2026-11-24T10:07:00.000Z", revokedBy: "Olivia Novak" }),
  )
  await user.click(dialog.getByRole("button", { name: "Revoke the link: Network team" }))
  expect(await dialog.findByText(/Revoked by Olivia Novak/)).toBeVisible()
  expect(dialog.queryByRole("button", { name: /^Revoke/ })).toBeNull()
  await waitFor(() => expect(screen.getByRole("dialog")).toHaveFocus())
})

test("A link that was declined shows the reason", async () => {
  const declined = { declinedAt: "2026-11-24T10:06:30.000Z", declineReason: "Wrong account" }
  const { dialog } = await openShare({ ...link, ...declined })
  expect(await dialog.findByText(/Declined.*“Wrong account”/)).toBeVisible()
})

test("Links that can't be read are read again on a press", async () => {
  mockBff.use(listOf([aws]), refuse(apiUrls.handOffs(projectId, aws.id), "internal_error"))
  const { user } = openApp(pagePaths.connection(projectId, aws.id))
  await user.click(await screen.findByRole("button", { name: "Share with owner" }))
  const dialog = within(screen.getByRole("dialog", { name: "Share with network owner" }))
  const again = await dialog.findByRole("button", { name: "Try again" })
  mockBff.use(given(link))
  await user.click(again)
  expect(await dialog.findByText(/Opened 2 times/)).toBeVisible()
  expect(dialog.queryByRole("button", { name: "Try again" })).toBeNull()
})
