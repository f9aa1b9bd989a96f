import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { act } from "./connection-page.ts"
import { fillForm } from "./new-connection.ts"
import { expect, projects, signIn, test } from "./scenario.ts"
import { tabTo } from "./tab-to.ts"

/** Creates and edits need another requester or administrator in one project, and deletions an administrator. */
const lines = [
  { projects: [projects.payments], actions: ["delete"], needs: "administrator" },
  { projects: [projects.payments], needs: "requester" },
]

test.use({ approvalPolicy: { lines }, persona: "Nadia Brandt" })

/** No connection of the project has it. */
const vpcId = "vpc-0b7c6d5e4f3a2b190"

/** Opens the list of approvals from the sidebar, and the request that waits for the person. */
async function openWaiting(page: Page): Promise<void> {
  await page
    .getByRole("navigation", { name: "Pages" })
    .getByRole("link", { name: /^Approvals/ })
    .click()
  const row = page.getByRole("row", { name: new RegExp(vpcId) })
  await expect(row).toContainText("Needs your approval")
  await expectGoodInEveryView(page)
  await row.getByRole("link").click()
}

test("one person asks for a connection, another approves it, and it becomes available", async ({
  page,
  app,
  browser,
}) => {
  await page.goto(`${app.url}/projects/${projects.payments}/connections/new`)
  await page.getByRole("radio").first().check()
  await fillForm(page, "AWS")
  await page.getByLabel("VPC ID", { exact: true }).fill(vpcId)
  await expect(page.getByText("Needs approval by another requester or administrator.")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("button", { name: "Ask for approval" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Create connection ${vpcId}`)
  await expect(page.getByText(/You requested it/)).toBeVisible()
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveCount(0)
  await expectGoodInEveryView(page)

  const other = await (await browser.newContext()).newPage()
  await signIn(other, app.url, "Olivia Marsh")
  await openWaiting(other)
  await expect(other.getByRole("region", { name: "Plan" })).toContainText("10.90.0.0/16")
  await expect(other.getByRole("region", { name: "What was checked" })).toContainText("overlap")
  await expectGoodInEveryView(other)
  await tabTo(other, other.getByRole("button", { name: "Approve and send" }))
  await other.keyboard.press("Enter")
  await expect(other.getByText("Approved by Olivia Marsh, and done")).toBeVisible()
  await expect(other.getByRole("heading", { level: 1 })).toBeFocused()
  await other.context().close()

  // Her page finds out by itself.
  await expect(page.getByText("Approved by Olivia Marsh, and done")).toBeVisible()
  await page.getByRole("link", { name: "Open connection" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toContainText(vpcId)
  const id = page.url().replace(/.*\//, "")
  app.simulator.advance(60)
  app.simulator.cloudSide(id, "accept")
  app.simulator.advance(60)
  await act(page, "Check now")
  await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Available")
})

test("an administrator tries the policy out and declines a deletion", async ({ page, app, browser }) => {
  const peerings = await page.request.get(`${app.url}/api/projects/${projects.payments}/peerings`)
  const [peering] = ((await peerings.json()) as { peerings: { id: string }[] }).peerings
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${peering?.id}`)
  await act(page, "Delete…")
  const dialog = page.getByRole("dialog")
  await expect(dialog.getByText("Needs approval by an administrator other than you.")).toBeVisible()
  await expectGoodInEveryView(page)
  await dialog.getByLabel("Name", { exact: true }).fill(await dialog.locator("p code").first().innerText())
  await dialog.getByLabel("Reason", { exact: true }).fill("PAY-300 the ledger moves")
  await dialog.getByRole("button", { name: "Ask for approval" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Delete connection")

  const other = await (await browser.newContext()).newPage()
  await signIn(other, app.url, "Olivia Marsh")
  await other.goto(`${app.url}/approvals/policy`)
  await other.getByRole("combobox", { name: "Project" }).selectOption(projects.payments)
  await other.getByRole("combobox", { name: "Action" }).selectOption("Delete")
  await expect(other.getByText("Rule 1: an administrator of the project has to approve.")).toBeVisible()
  await expectGoodInEveryView(other)
  await other.goto(page.url())
  await other.getByRole("button", { name: "Decline…" }).click()
  await other.getByLabel("Reason").fill("Still in use until Friday")
  await expectGoodInEveryView(other)
  await other.getByRole("button", { name: "Decline", exact: true }).click()
  await expect(page.getByText("Still in use until Friday")).toBeVisible()
  await expectGoodInEveryView(page)
  await other.context().close()
})
