import { readFileSync } from "node:fs"
import { expectGoodInEveryView } from "./accessible.ts"
import { expect, projects, test } from "./scenario.ts"

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

test("the projects and coverage views are accessible", async ({ page, app }) => {
  await page.goto(`${app.url}/inventory?view=projects`)
  await expect(page.getByRole("meter", { name: "Connections in payments-prod" })).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("link", { name: "Coverage" }).click()
  const project = page.getByRole("main").getByRole("combobox", { name: "Project" })
  await project.selectOption(projects.payments)
  await expect(page.getByRole("region", { name: /^AWS/ })).toBeVisible()
  await expectGoodInEveryView(page)
  await project.selectOption(projects.emptySandbox)
  await expect(page.getByText("empty-sandbox has no container with a connection yet")).toBeVisible()
  await expectGoodInEveryView(page)
})

test(
  "missing connections are selected in the matrix, validated one by one and created together [I5]",
  { tag: "@postgres" },
  async ({ page, app }) => {
    const before = (await app.simulator.peers(projects.payments)).map(({ id }) => id)
    await page.goto(`${app.url}/inventory?view=coverage&project=${projects.payments}`)
    await page.getByRole("checkbox", { name: "Choose us-west-2 to eu-west-1" }).check()
    await page.getByRole("checkbox", { name: "Choose us-west-2 to eu-central-1" }).check()
    await page.reload()
    const drafts = page.getByRole("list", { name: "Drafts" })
    await expect(drafts.getByText("Atlas would take this; worth a look")).toHaveCount(2)
    await expectGoodInEveryView(page)

    await page.getByRole("button", { name: "Create 2 connections" }).click()
    await expect(page.getByText("Say why, for the audit trail")).toBeVisible()
    await page.getByRole("textbox", { name: "Reason" }).fill("NET-42: one VPC, three Atlas regions")
    await page.getByRole("button", { name: "Create 2 connections" }).click()
    await expect(page.getByText("Atlas was asked for 2 connections")).toBeVisible()
    const made = (await app.simulator.peers(projects.payments)).filter(({ id }) => !before.includes(id))
    expect(made.map(({ providerName }) => providerName)).toEqual(["AWS", "AWS"])
    const line = page.getByRole("row", { name: /us-west-2/ })
    await expect(line.getByText("Atlas is working")).toHaveCount(2)
    await expect(line.getByRole("checkbox")).toHaveCount(1)
    await expectGoodInEveryView(page)
    await page.getByRole("link", { name: "us-west-2 to eu-central-1" }).click()
    await expect(page.getByRole("heading", { name: "vpc-0c93f7b2d15ea8046", level: 1 })).toBeVisible()
  },
)

test.describe("an installation without connections", () => {
  test.use({ atlasScenario: "documentation" })

  test("says so and leads to the first one", async ({ page, app }) => {
    await page.goto(`${app.url}/inventory`)
    await expect(page.getByText(/no connection/i)).toBeVisible()
    await expect(page.getByRole("link", { name: "Choose a project for the first one" })).toBeVisible()
    await expectGoodInEveryView(page)
  })
})
