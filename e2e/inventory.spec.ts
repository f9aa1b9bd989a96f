import { readFileSync } from "node:fs"
import { expectGoodInEveryLook } from "./every-look.ts"
import { expect, test } from "./story.ts"

test("all connections of all projects are in one table, narrowed by an address and saved as CSV", async ({
  page,
  desk,
}) => {
  await page.goto(`${desk.url}/`)
  await page.getByRole("link", { name: "Estate" }).click()
  const table = page.getByRole("table", { name: "Connections of all projects" })
  await expect(table).toBeVisible()
  await expect(table.getByRole("row").nth(1)).toContainText("Your turn")
  await expectGoodInEveryLook(page)

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
  await expectGoodInEveryLook(page)
  await page.getByRole("searchbox").fill("nothing has this name")
  await expect(page.getByText("No connection fits this filter")).toBeVisible()
  await expectGoodInEveryLook(page)
})

test("projects and coverage are told too, in every look", async ({ page, desk }) => {
  await page.goto(`${desk.url}/inventory?view=projects`)
  await expect(page.getByRole("meter", { name: "Connections in payments-prod" })).toBeVisible()
  await expectGoodInEveryLook(page)
  await page.getByRole("link", { name: "Coverage" }).click()
  const project = page.getByRole("main").getByRole("combobox", { name: "Project" })
  await project.selectOption("payments-prod")
  await expect(page.getByRole("region", { name: /^AWS/ })).toBeVisible()
  await expectGoodInEveryLook(page)
  await project.selectOption("empty-sandbox")
  await expect(page.getByText("empty-sandbox has no container with a connection yet")).toBeVisible()
  await expectGoodInEveryLook(page)
})

test.describe("no connection anywhere", () => {
  test.use({ scenario: "documentation" })

  test("is said, with the way to the first one", async ({ page, desk }) => {
    await page.goto(`${desk.url}/inventory`)
    await expect(page.getByText(/no connection/i)).toBeVisible()
    await expectGoodInEveryLook(page)
  })
})
