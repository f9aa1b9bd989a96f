import { readFileSync } from "node:fs"
import { expectGoodInEveryView } from "./accessible.ts"
import { expect, test } from "./scenario.ts"

test("all connections of all projects are in one table, filtered by its address and saved as CSV", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/`)
  await page.getByRole("link", { name: "Estate" }).click()
  const table = page.getByRole("table", { name: "Connections of all projects" })
  await expect(table).toBeVisible()
  await expect(table.getByRole("row").nth(1)).toContainText("Your turn")
  await expectGoodInEveryView(page)

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
  await expectGoodInEveryView(page)
  await page.getByRole("searchbox").fill("nothing has this name")
  await expect(page.getByText("No connection fits this filter")).toBeVisible()
  await expectGoodInEveryView(page)
})

test("the projects view is accessible", async ({ page, app }) => {
  await page.goto(`${app.url}/inventory?view=projects`)
  await expect(page.getByRole("meter", { name: "Connections in payments-prod" })).toBeVisible()
  await expectGoodInEveryView(page)
})

test.describe("an installation without connections", () => {
  test.use({ atlasScenario: "documentation" })

  test("says so and leads to the first one", async ({ page, app }) => {
    await page.goto(`${app.url}/inventory`)
    await expect(page.getByText(/no connection/i)).toBeVisible()
    await expect(page.getByRole("link", { name: "Choose a project for the first one" })).toBeVisible()
    await expectGoodInEveryView(page)
  })
})
