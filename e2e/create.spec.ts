import { createButton, fillForm, openForm } from "./new-connection.ts"
import { expect, projects, test } from "./story.ts"

test("an AWS connection is created and followed until it works, without a reload", async ({ page, desk }) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await createButton(page).click()

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-0a1b2c3d4e5f60718")
  await expect(page.getByText("Atlas is working").first()).toBeVisible()
  // The project has a container of each cloud under one id; this is the AWS one.
  await expect(page.getByText("US_EAST_1")).toBeVisible()
  const loadedAt = await page.evaluate(() => performance.timeOrigin)

  await desk.simulator.advance(25)
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()
  const [peer] = await desk.simulator.peers(projects.documentation)
  await expect(page.getByText(`Account 4829 1357 0264 must accept ${peer?.connectionId}`)).toBeVisible()

  await desk.simulator.act(peer?.id ?? "", "accept")
  await expect(page.getByText("Atlas is working").first()).toBeVisible()
  await desk.simulator.advance(35)
  await expect(page.getByText("The two networks are joined.")).toBeVisible()
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt)
})

test("a Google Cloud connection asks to be peered back with the container's own network", async ({
  page,
  desk,
}) => {
  await openForm(page, desk.url, projects.documentation, "GCP")
  await fillForm(page, "GCP")
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("checkout")

  await desk.simulator.advance(45)
  await expect(page.getByText("Your turn: peer back from Google Cloud")).toBeVisible()
  await expect(page.getByText(/\bp-[0-9a-z]{24}\b/).first()).toBeVisible()
  await expect(page.getByText(/\bnt-[0-9a-f]{24}-[0-9a-z]{8}\b/).first()).toBeVisible()

  const [peer] = await desk.simulator.peers(projects.documentation)
  await desk.simulator.act(peer?.id ?? "", "create-reciprocal")
  await desk.simulator.advance(25)
  await expect(page.getByText("The two networks are joined.")).toBeVisible()
})

test("an Azure connection becomes available by itself", async ({ page, desk }) => {
  await openForm(page, desk.url, projects.documentation, "AZURE")
  await fillForm(page, "AZURE")
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vnet-checkout")
  await expect(page.getByText("Atlas is working").first()).toBeVisible()

  await desk.simulator.advance(65)
  await expect(page.getByText("The two networks are joined.")).toBeVisible()
})

test("a request that nobody accepts for seven days is shown as failed, never as done", async ({
  page,
  desk,
}) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await createButton(page).click()
  await expect(page.getByText("Atlas is working").first()).toBeVisible()
  await desk.simulator.advance(25)
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()

  await desk.simulator.advance(7 * 24 * 3600)
  await expect(page.getByText("Failed", { exact: true }).first()).toBeVisible()
  await expect(page.getByText("The two networks are joined.")).toHaveCount(0)
})

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
  await tabTo(page.getByRole("link", { name: "New connection" }))
  await page.keyboard.press("Enter")
  await tabTo(page.getByRole("tab", { name: "AWS" }))
  await page.keyboard.press("ArrowRight")
  if ((await page.getByRole("tab", { name: "GCP" }).getAttribute("aria-selected")) !== "true")
    await page.keyboard.press("Enter")
  await expect(page.getByRole("tab", { name: "GCP" })).toHaveAttribute("aria-selected", "true")

  await tabTo(page.getByLabel("Google Cloud project ID"))
  await page.keyboard.type("acme-checkout-417203")
  await tabTo(page.getByLabel("VPC network name"))
  await page.keyboard.type("checkout")
  await expect(page.getByRole("radio").first()).toBeChecked()
  await tabTo(page.getByLabel("Reason", { exact: true }))
  await page.keyboard.type("PAY-212 checkout reads the ledger")
  await tabTo(createButton(page))
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { level: 1, name: "checkout" })).toBeVisible()

  async function tabTo(target: ReturnType<typeof page.getByRole>) {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return
      await page.keyboard.press("Tab")
    }
    await expect(target).toBeFocused()
  }
})
