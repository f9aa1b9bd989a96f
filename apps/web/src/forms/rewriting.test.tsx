import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { openConnection } from "#mock-bff/open-connection.ts"
import { makePeering } from "#mock-bff/samples.ts"

useMockBff()

const aws = makePeering("AWS", { status: "AVAILABLE" })

test("an edited connection reads a pasted account ID with stray characters, and undoes that", async () => {
  const { user } = await openConnection(aws)
  await user.click(screen.getByRole("button", { name: "Edit" }))
  const account = screen.getByLabelText("AWS account ID")
  const pasted = "\u200b«2109\u20118765\u20114321»."
  await user.clear(account)
  await user.paste(pasted)
  await waitFor(() => expect(account).toHaveValue("210987654321"))
  expect(screen.getByRole("list", { name: "What changes" })).toHaveTextContent("→ 210987654321")
  await user.click(screen.getByRole("button", { name: /^Undo: / }))
  expect(account).toHaveValue(pasted)
  expect(account).toHaveFocus()
  await user.tab()
  expect(account).toHaveValue(pasted)
})

test("an edited connection reads typed full-width digits when the person leaves the field", async () => {
  const { user } = await openConnection(aws)
  await user.click(screen.getByRole("button", { name: "Edit" }))
  const cidr = screen.getByLabelText("VPC CIDR")
  await user.clear(cidr)
  await user.type(cidr, "１０.３０.0.0/16")
  await user.tab()
  await waitFor(() => expect(cidr).toHaveValue("10.30.0.0/16"))
})

test("the access list step reads a pasted CIDR with a no-break space and a full stop", async () => {
  const { user } = await openConnection(aws)
  await user.click(document.getElementById("stop-access-list")!)
  const stops = within(screen.getByRole("list", { name: "Stops" }))
  const entry = await stops.findByLabelText("CIDR or security group")
  await user.clear(entry)
  await user.paste("\u200e10.30.0.0\u00a0/\u00a016.")
  await waitFor(() => expect(entry).toHaveValue("10.30.0.0/16"))
  expect(stops.getByRole("button", { name: /^Undo: / })).toBeVisible()
})
