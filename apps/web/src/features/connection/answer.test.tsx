import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { expect, test } from "vitest"
import { listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS")

test("An answer to the owner's decline is sent from the connection, and shows there", async () => {
  const answers = [{ at: "2026-11-24T10:06:00.000Z", by: "Ben Adeyemi", text: "Which VPC?" }]
  const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Wrong account", for: null, answers }
  mockBff.use(listOf([{ ...aws, declined }]))
  const { user } = openApp(pagePaths.connection(projectId, aws.id))
  await screen.findByText(/“Wrong account”/)
  expect(screen.getByRole("main")).toHaveTextContent("Ben Adeyemi answered, 10:06: Which VPC?")
  const sent: unknown[] = []
  mockBff.use(
    http.post(apiUrls.answerDecline(projectId, aws.id), async ({ request }) => {
      sent.push(await request.json())
      return new HttpResponse(null, { status: 204 })
    }),
  )
  await user.click(screen.getByRole("button", { name: /^Answer…/ }))
  const dialog = within(await screen.findByRole("dialog", { name: "Answer the network owner" }))
  await user.click(dialog.getByRole("button", { name: "Send answer" }))
  expect(dialog.getByLabelText("Answer")).toHaveAccessibleDescription(/Enter an answer/)
  await user.type(dialog.getByLabelText("Answer"), " The shared one ")
  await user.click(dialog.getByRole("button", { name: "Send answer" }))
  expect(await screen.findByText("Answer is on the share page")).toBeVisible()
  expect(sent).toEqual([{ answer: "The shared one" }])
  expect(screen.queryByRole("dialog")).toBeNull()
})
