import { apiUrls } from "@peering-desk/shared-schemas"
import { act, screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { expect, test } from "vitest"
import { answer, holdAnswer, listOf, mockBff, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { answerBlastRadius } from "#mock-bff/open-connection.ts"
import { makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS", { status: "AVAILABLE" })
const url = apiUrls.peering(projectId, aws.id)

async function openEdit() {
  mockBff.use(listOf([aws]))
  const { user, openStream, send } = openApp(pagePaths.connection(projectId, aws.id))
  await user.click(await screen.findByRole("button", { name: "Edit" }))
  const dialog = within(screen.getByRole("dialog"))
  await user.clear(dialog.getByLabelText("VPC CIDR"))
  await user.type(dialog.getByLabelText("VPC CIDR"), "10.30.0.0/16")
  return { user, openStream, send, dialog, save: dialog.getByRole("button", { name: "Save changes" }) }
}

test("the dialog of a change says why it can't be saved while nothing is changed", async () => {
  const { dialog, user, save } = await openEdit()
  await user.clear(dialog.getByLabelText("VPC CIDR"))
  await user.type(dialog.getByLabelText("VPC CIDR"), "10.20.0.0/16")
  expect(save).toHaveAttribute("aria-disabled", "true")
  expect(save).toHaveAccessibleDescription("Change a field to save.")
  await user.type(dialog.getByLabelText("VPC CIDR"), "{Backspace}7")
  expect(save).not.toHaveAccessibleDescription()
})

test("the dialog of a change stays open until the answer, which may be a refusal", async () => {
  const { user, dialog, save } = await openEdit()
  const { answered, answer } = holdAnswer()
  mockBff.use(http.patch(url, () => answered))
  await user.click(save)
  await user.click(dialog.getByRole("button", { name: "Cancel" }))
  await user.click(dialog.getByRole("button", { name: "Close" }))
  const reason = dialog.getByRole("textbox", { name: "Reason" })
  expect(reason).toHaveAttribute("readonly")
  answer()
  expect(await dialog.findByRole("alert")).toHaveTextContent("Can't reach the server")
  expect(reason).not.toHaveAttribute("readonly")
  await user.click(dialog.getByRole("button", { name: "Cancel" }))
  expect(screen.queryByRole("dialog")).toBeNull()
})

test("a change without a network fails at once, and is not sent when the network is back", async () => {
  const { dialog, user, save } = await openEdit()
  let sent = 0
  mockBff.use(http.patch(url, () => (sent++, HttpResponse.error())))
  act(() => void window.dispatchEvent(new Event("offline")))
  try {
    await user.click(save)
    expect(await dialog.findByRole("alert")).toHaveTextContent("Can't reach the server")
  } finally {
    act(() => void window.dispatchEvent(new Event("online")))
  }
  expect(sent).toBe(1)
})

test("the server's error of a field goes when the field is edited, and comes back with the next refusal", async () => {
  const { user, dialog, save } = await openEdit()
  const fields = { routeTableCidrBlock: "Enter a CIDR like 10.15.0.0/16", reason: "Enter a reason" }
  mockBff.use(runAudited("patch", url, { problem: { code: "invalid_request", status: 400, fields } }))
  await user.click(save)
  expect(await dialog.findByText(fields.routeTableCidrBlock)).toBeVisible()
  await user.type(dialog.getByLabelText("VPC CIDR"), "{Backspace}8")
  expect(dialog.queryByText(fields.routeTableCidrBlock)).toBeNull()
  expect(dialog.getByText(fields.reason)).toBeVisible()
  await user.type(dialog.getByLabelText("Reason"), "PAY-301")
  expect(dialog.queryByText(fields.reason)).toBeNull()
  await user.click(save)
  expect(await dialog.findByText(fields.routeTableCidrBlock)).toBeVisible()
})

test("the refusal of a change comes before the buttons, so that it is seen in a low window", async () => {
  const { user, dialog, save } = await openEdit()
  mockBff.use(http.patch(url, () => HttpResponse.error()))
  await user.click(save)
  const alert = await dialog.findByRole("alert")
  expect(alert.compareDocumentPosition(save)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
})

test("the dialog of an edit says that the connection was deleted meanwhile", async () => {
  const { dialog, openStream, send, save } = await openEdit()
  await waitFor(openStream)
  mockBff.use(answer(apiUrls.deletedPeerings(projectId), { deletedPeerings: [] }))
  send({ event: "gone", data: { projectId, id: aws.id, at: "2026-11-24T10:08:00.000Z" } })
  expect(await dialog.findByText("This connection is deleted. It can't be edited any more.")).toBeVisible()
  expect(save).toHaveAttribute("aria-disabled", "true")
})

test("the dialog of a deletion doesn't blame missing fields while the container can't be read", async () => {
  mockBff.use(listOf([aws]), answerBlastRadius(aws.id, "x", { containerLeftWithoutPeers: true }))
  const { user } = openApp(pagePaths.connection(projectId, aws.id))
  await user.click(await screen.findByRole("button", { name: /^More actions/ }))
  await user.click(screen.getByRole("menuitem", { name: "Delete…", hidden: true }))
  expect(await screen.findByText(/^It can't be recreated from here/)).toHaveTextContent(
    "It can't be recreated from here while its container can't be read.",
  )
})

test("an answer of Atlas without a code is called by its HTTP status", async () => {
  const { user, dialog, save } = await openEdit()
  const atlas = { status: 503, errorCode: null, detail: null }
  mockBff.use(runAudited("patch", url, { problem: { code: "atlas_failed", status: 502, atlas } }))
  await user.click(save)
  expect(await dialog.findByText("Atlas returned HTTP 503")).toBeVisible()
})
