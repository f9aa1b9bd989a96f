import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { openStop, stopRow } from "./connection-page.ts"
import { createButton } from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"

const roleArn = "arn:aws:iam::482913570264:role/peering-desk-read"
const vpcId = "vpc-0b7e3c9d5a1f48260"
const atlasCidr = "192.168.248.0/21"

/** Connects the account of the simulated AWS for the project with connections in every state. */
async function connect(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/cloud-accounts`)
  await expect(page.getByText("No accounts connected yet")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("combobox", { name: "Project" }).selectOption(projects.payments)
  await page.getByLabel("Name", { exact: true }).fill("orders")
  await page.getByRole("button", { name: "Create external ID" }).click()
  const panel = page.getByRole("region", { name: "Connect orders" })
  await expect(panel.getByRole("button", { name: "Download template" })).toBeVisible()
  await expectGoodInEveryView(page)
  await panel.getByLabel("ARN").fill(roleArn)
  await panel.getByRole("button", { name: "Check role" }).click()
  await expect(card(page)).toContainText("All 9 rights present")
}

const card = (page: Page) => page.getByRole("region", { name: "orders", exact: true })

/** Has the server read the network now. */
async function checkNow(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Check now in AWS" }).first()
  await button.click()
  await expect(button).not.toHaveAttribute("aria-disabled", "true")
}

test("a connected account offers its VPC by name, proves each step, and tells when the route is deleted or the role revoked", async ({
  page,
  app,
}) => {
  await connect(page, app.url)
  await expect(card(page)).toContainText("4829 1357 0264")
  await expectGoodInEveryView(page)

  await page.goto(`${app.url}/projects/${projects.payments}/connections/new`)
  // Three actions: the VPC, the reason, the button.
  await page.getByRole("combobox", { name: "VPC", exact: true }).selectOption(vpcId)
  await expect(page.getByLabel("Account ID", { exact: true })).toHaveValue("482913570264")
  await expect(page.getByLabel("Region", { exact: true })).toHaveValue("us-east-1")
  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue(vpcId)
  await expect(page.getByLabel("VPC CIDR", { exact: true })).toHaveValue("10.90.0.0/16")
  await expectGoodInEveryView(page)
  await page.getByLabel("Reason", { exact: true }).fill("PAY-212 checkout reads the ledger")
  await createButton(page).click()
  await expect(page).toHaveURL(/\/connections\/[0-9a-f]{24}$/)

  const peerId = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  app.simulator.advance(60)
  app.simulator.cloudSide(peerId, "accept")
  app.simulator.advance(120)
  const { connectionId } = app.simulator.peers(projects.payments).find(({ id }) => id === peerId) ?? {}
  await expect(page.getByText("Available", { exact: true }).first()).toBeVisible()
  app.simulator.actOnNetwork({
    act: "add-route",
    network: vpcId,
    to: atlasCidr,
    target: connectionId ?? "",
  })
  const side = page.getByRole("region", { name: "Path" })
  await checkNow(page)
  const route = side.getByRole("listitem").filter({ hasText: /^Route/ })
  await expect(route).toContainText(/Proven.*AWS role, \d+ s ago/)
  await openStop(page, "route")
  await expect(stopRow(page, "route")).toContainText(/read by role peering-desk-read \d+ s ago/)
  await expectGoodInEveryView(page)

  app.simulator.actOnNetwork({ act: "delete-route", network: vpcId, to: atlasCidr })
  // A reading that somebody asked for is not repeated within three seconds.
  await expect(async () => {
    await checkNow(page)
    await expect(side).toContainText(`has no route for ${atlasCidr}`, { timeout: 1_000 })
  }).toPass()
  await expect(page.getByText("Route missing in AWS")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/`)
  const group = page.getByRole("region", { name: "Broken in AWS worked before" })
  await expect(group.getByRole("listitem")).toContainText(`has no route for ${atlasCidr}`)
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/notifications`)
  await expect(page.getByRole("row").filter({ hasText: "Broken in AWS" })).toContainText(vpcId)

  app.simulator.actOnNetwork({ act: "revoke-role", arn: roleArn })
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${peerId}`)
  await checkNow(page)
  await expect(page.getByText(/^Facts of \d\d:\d\d: the role of orders is refused since/)).toBeVisible()
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/cloud-accounts`)
  await expect(card(page)).toContainText("Role refused since")
  await expectGoodInEveryView(page)
})
