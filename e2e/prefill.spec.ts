import { act } from "./connection-page.ts"
import { createButton, fillForm, openForm } from "./new-connection.ts"
import { expect, projects, signIn, test } from "./scenario.ts"

test(
  "a preset saved by one person fills another's form, is undone and deleted",
  { tag: "@postgres" },
  async ({ page, browser, app }) => {
    await openForm(page, app.url, projects.payments, "GCP")
    await fillForm(page, "GCP")
    await page.getByRole("button", { name: "Presets" }).click()
    await page.getByLabel("Save as preset").fill("Checkout network")
    await page.getByRole("button", { name: "Save", exact: true }).click()
    await expect(page.getByText("by Olivia Marsh")).toBeVisible()

    const other = await (await browser.newContext()).newPage()
    await signIn(other, app.url, "Nadia Brandt")
    await other.goto(`${app.url}/projects/${projects.payments}/connections/new`)
    await other.getByRole("button", { name: "Presets" }).click()
    await other.getByRole("button", { name: "Use Checkout network" }).click()
    await expect(other.getByRole("tab", { name: "Google Cloud" })).toHaveAttribute("aria-selected", "true")
    await expect(other.getByRole("textbox", { name: "VPC network" })).toHaveValue("checkout")
    await expect(other.getByLabel("Reason", { exact: true })).toHaveValue("")
    await other.getByRole("button", { name: "Undo" }).click()
    await expect(other.getByRole("textbox", { name: "VPC network" })).toHaveValue("")
    await other.getByRole("button", { name: "Delete Checkout network" }).click()
    await other.getByRole("button", { name: "Delete preset" }).click()
    await expect(other.getByText("No presets in this project yet.")).toBeVisible()
    await other.context().close()
  },
)

test("a connection is duplicated for another network in the same container", async ({ page, app }) => {
  const peers = app.simulator.peers(projects.payments)
  const works = peers.find(({ providerName, status }) => providerName === "AWS" && status === "AVAILABLE")
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${works?.id}`)
  await act(page, "Duplicate")

  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue("vpc-05c1d9e87b3a2f406")
  await expect(page.getByLabel("Region", { exact: true })).toHaveValue("us-east-1")
  await expect(page.getByText("PEER_ALREADY_EXISTS").first()).toBeVisible()
  await page.getByLabel("VPC ID", { exact: true }).fill("vpc-05c1d9e87b3a2f407")
  await page.getByLabel("VPC CIDR", { exact: true }).fill("10.91.0.0/16")
  await page.getByLabel("Reason", { exact: true }).fill("PAY-213 the second network of checkout")
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-05c1d9e87b3a2f407")
  await expect(page.getByText("US_EAST_1").first()).toBeVisible()
})
