import { createButton, fillForm, openForm } from "./new-connection.ts"
import { expect, projects, test } from "./story.ts"
import { tabTo } from "./tab-to.ts"

test("switching tabs changes the fields and keeps what was typed in each", async ({ page, desk }) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await page.getByRole("tab", { name: "Azure" }).click()
  await expect(page.getByLabel("VPC ID", { exact: true })).toBeHidden()
  await fillForm(page, "AZURE")
  await page.reload()
  await expect(page.getByLabel("VNet name")).toHaveValue("vnet-checkout")
  await page.getByRole("tab", { name: "AWS" }).click()
  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue("vpc-0a1b2c3d4e5f60718")
})

test("the whole flow works by keyboard alone", async ({ page, desk }) => {
  await page.goto(`${desk.url}/projects/${projects.documentation}/connections`)
  await expect(page.getByRole("heading", { name: "Connections", exact: true })).toBeVisible()
  await expect(page.getByText("No connection yet")).toBeVisible()

  await page.keyboard.press("Tab")
  await expect(page.getByRole("link", { name: /skip/i })).toBeFocused()
  await tabTo(page, page.getByRole("link", { name: "New connection" }))
  await page.keyboard.press("Enter")
  await tabTo(page, page.getByRole("tab", { name: "AWS" }))
  await page.keyboard.press("ArrowRight")
  if ((await page.getByRole("tab", { name: "GCP" }).getAttribute("aria-selected")) !== "true")
    await page.keyboard.press("Enter")
  await expect(page.getByRole("tab", { name: "GCP" })).toHaveAttribute("aria-selected", "true")

  await tabTo(page, page.getByLabel("Google Cloud project ID"))
  await page.keyboard.type("acme-checkout-417203")
  await tabTo(page, page.getByLabel("VPC network name"))
  await page.keyboard.type("checkout")
  await expect(page.getByRole("radio").first()).toBeChecked()
  await tabTo(page, page.getByLabel("Reason", { exact: true }))
  await page.keyboard.type("PAY-212 checkout reads the ledger")
  await tabTo(page, createButton(page))
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { level: 1, name: "checkout" })).toBeVisible()
})
