import { readFileSync } from "node:fs"
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./story.ts"

test("all connections of all projects are in one table, narrowed by an address and saved as CSV", async ({
  page,
  desk,
}) => {
  await page.goto(`${desk.url}/`)
  await page.getByRole("link", { name: "Estate" }).click()
  const table = page.getByRole("table", { name: "Connections of all projects" })
  await expect(table).toBeVisible()
  await expect(table.getByRole("row").nth(1)).toContainText("Your turn")
  await expectAccessible(page)

  await page.getByRole("combobox", { name: "Cloud" }).selectOption("AZURE")
  await expect(page).toHaveURL(/\/inventory\?cloud=AZURE$/)
  await page.reload()
  await expect(page.getByRole("combobox", { name: "Cloud" })).toHaveValue("AZURE")
  await expect(table).not.toContainText("vpc-")
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ])
  const csv = readFileSync(await download.path(), "utf8")
  const shown = await table.getByRole("row").count()
  expect(csv.trim().split("\r\n")).toHaveLength(shown)
  expect(csv).not.toContain('"AWS"')
})

test("projects and coverage are told too, on a phone as well", async ({ page, desk }) => {
  await page.setViewportSize({ width: 320, height: 800 })
  await page.goto(`${desk.url}/inventory`)
  await expect(page.getByRole("table")).toBeVisible()
  await expectNoSidewaysScroll(page)
  await page.getByRole("link", { name: /^Projects/ }).click()
  await expect(page.getByRole("meter", { name: "Connections in payments-prod" })).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole("link", { name: "Coverage" }).click()
  await page.getByRole("main").getByRole("combobox", { name: "Project" }).selectOption("payments-prod")
  await expect(page.getByRole("region", { name: /^AWS/ })).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
