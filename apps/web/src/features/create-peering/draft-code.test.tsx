import { screen, within } from "@testing-library/react"
import { beforeEach, expect, test } from "vitest"
import { answerContainers, fill, oneOfEach, openPage, rightAws } from "./testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))

const fold = () => within(screen.getByText("As code").closest("details")!)

/** The code that the opened fold shows in a language. */
async function readCode(user: Awaited<ReturnType<typeof openPage>>, language: string) {
  await user.click(await fold().findByRole("button", { name: language }))
  return fold().getByText(/\S/, { selector: "pre" }).textContent
}

test("what is filled in is code in the tool of one's choice, and follows what is typed", async () => {
  const user = await openPage(`?${new URLSearchParams({ provider: "AWS", vpcId: rightAws["VPC ID"] })}`)
  await screen.findByRole("radio", { checked: true })
  await user.click(screen.getByText("As code"))
  expect(await readCode(user, "Terraform")).toMatch(
    /resource "mongodbatlas_network_peering"[^]*vpc-0a1b2c3d4e5f60718/,
  )
  expect(await readCode(user, "CloudFormation")).toContain(oneOfEach[0]?.id)
  await fill(user, { "VPC ID": "vpc-0a1b2c3d" })
  expect(await readCode(user, "curl")).toMatch(/"vpcId": ?"vpc-0a1b2c3d"/)
  await user.clear(screen.getByLabelText("VPC ID"))
  expect(fold().getByText(/^Still empty, and left out:.* vpcId\.$/)).toBeVisible()
})

test.each([
  ["AWS", "Terraform", { "Atlas region": "EU_WEST_1" }, /"mongodbatlas_network_container"[^]*EU_WEST_1/],
  ["GCP", "curl", {}, /\/containers[^]*"10\.60\.0\.0\/21"[^]*\/peers/],
  ["Azure", "Atlas CLI", { "Atlas region": "eastus" }, /create azure[^]*--region=US_EAST\b/],
])("on %s a new container comes along, in %s for one", async (cloud, language, values, code) => {
  const user = await openPage()
  await user.click(screen.getByRole("tab", { name: cloud }))
  await user.click(await screen.findByRole("radio", { name: /A new container/ }))
  await fill(user, { "Atlas CIDR": "10.60.0.0/21", ...values })
  await user.click(screen.getByText("As code"))
  expect(await readCode(user, language)).toMatch(code)
})
