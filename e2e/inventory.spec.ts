import { readFileSync } from "node:fs"
import type { Locator } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { expect, projects, test } from "./scenario.ts"

test("Overview leads from a status to the list, which is filtered by its address and saved as CSV", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/`)
  await expect(page.getByRole("region", { name: "For you" }).getByRole("listitem").first()).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("link", { name: /Failed/ }).click()
  await expect(page).toHaveURL(/\/connections\?status=failed$/)
  const table = page.getByRole("table", { name: "Connections of all projects" })
  await expect(table.getByRole("row").nth(1)).toContainText(/Rejected|Expired|Refused|not found|overlap/)
  await page.getByRole("combobox", { name: "Status" }).selectOption("any")
  await expect(table.getByRole("row").nth(1)).toContainText("Accept in AWS")
  await expectGoodInEveryView(page)

  await page.getByRole("combobox", { name: "Cloud" }).selectOption("AZURE")
  await expect(page).toHaveURL(/\/connections\?cloud=AZURE$/)
  await page.reload()
  await expect(page.getByRole("combobox", { name: "Cloud" })).toHaveValue("AZURE")
  await expect(table).not.toContainText("vpc-")
  await page.getByRole("button", { name: "Export" }).click()
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Export as CSV" }).click(),
  ])
  const csv = readFileSync(await download.path(), "utf8")
  const shown = await table.getByRole("row").count()
  expect(csv.trim().split("\r\n")).toHaveLength(shown)
  expect(csv).not.toContain('"AWS"')
  await page.getByRole("searchbox").fill("nothing has this name")
  await expect(page.getByText("No connection matches “nothing has this name”")).toBeVisible()
  await expectGoodInEveryView(page)
})

test("fourteen rows of the list fit a window of 1440 by 900 pixels", async ({ page, app }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${app.url}/connections`)
  const row = page.getByRole("row").nth(14)
  await expect(row).toBeVisible()
  const box = await row.boundingBox()
  expect((box?.y ?? 900) + (box?.height ?? 0)).toBeLessThanOrEqual(900)
})

test("the menu of a row opens by a click, above the link that covers the row", async ({ page, app }) => {
  for (const path of ["/connections", `/projects/${projects.payments}/connections`]) {
    await page.goto(`${app.url}${path}`)
    await page
      .getByRole("button", { name: /^Actions for / })
      .first()
      .click()
    await expect(page.getByRole("menu")).toBeVisible()
    await expect(page).toHaveURL(`${app.url}${path}`)
  }
})

test("ten rows of equal height fit a window of 1280 by 720 pixels, and cut no CIDR and no status", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  for (const path of ["/connections", `/projects/${projects.payments}/connections`]) {
    await page.goto(`${app.url}${path}`)
    const rows = page.getByRole("table", { name: /^Connections/ }).getByRole("row")
    await expect(rows.filter({ hasText: "Peer from Google Cloud" }).first()).toBeVisible()
    await expect(rows.filter({ hasText: "192.168.248.0/21" }).first()).toBeVisible()
    const heights = await rows.evaluateAll((all) =>
      all.slice(1).map((row) => row.getBoundingClientRect().height),
    )
    expect(new Set(heights)).toEqual(new Set([44]))
    const bottom = await rows.nth(10).evaluate((row) => row.getBoundingClientRect().bottom)
    expect(bottom).toBeLessThanOrEqual(720)
    const overlapping = await rows.evaluateAll((all) =>
      all
        .slice(1)
        .flatMap((row) =>
          [...row.children]
            .filter((cell) => cell.scrollWidth > cell.clientWidth)
            .map((cell) => cell.textContent),
        ),
    )
    expect(overlapping).toEqual([])
    const vpc = rows.getByRole("link", { name: /^vpc-[0-9a-f]{17}$/ }).first()
    expect(await vpc.evaluate((link) => link.scrollWidth - link.clientWidth)).toBe(0)
    const cut = await rows.evaluateAll((all) =>
      all
        .flatMap((row) => [...row.querySelectorAll("td code, td span")])
        .filter(
          (part) =>
            /^([\d./]+|Peer from Google Cloud)$/.test(part.textContent) && part.childElementCount === 0,
        )
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    )
    expect(cut).toEqual([])
  }
})

test("selected connections are deleted with one confirmation and one reason, by keyboard alone", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/projects/${projects.payments}/connections?status=failed`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  const rows = page.getByRole("table", { name: "Connections" }).getByRole("row")
  // Rows that are loading have no box to select them with.
  await expect(rows.getByRole("checkbox").nth(2)).toBeVisible()
  const before = await rows.count()
  await page.keyboard.press("j")
  await page.keyboard.press("x")
  await page.keyboard.press("j")
  await page.keyboard.press("x")
  const bar = page.getByRole("region", { name: "2 connections selected" })
  await expect(bar).toBeVisible()
  await expectGoodInEveryView(page)
  await bar.getByRole("button", { name: "Delete…" }).focus()
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog", { name: "Delete 2 connections" })
  await expect(dialog).toBeVisible()
  await dialog.getByLabel("Number of connections").focus()
  await page.keyboard.type("2")
  await dialog.getByLabel("Reason").focus()
  await page.keyboard.type("PAY-301 cleanup")
  await expectGoodInEveryView(page)
  await page.keyboard.press("Enter")
  await expect(dialog.getByText("2 deletions requested")).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(rows).toHaveCount(before - 2)
})

test("a saved view is a tab of its person, and can be deleted", async ({ page, app }) => {
  await page.goto(`${app.url}/connections?cloud=AWS&q=payments`)
  await page.getByRole("button", { name: "Save view" }).click()
  await page.getByRole("dialog", { name: "Save view" }).getByLabel("Name").fill("AWS of payments")
  await page.keyboard.press("Enter")
  const tab = page.getByRole("link", { name: /AWS of payments/ })
  await expect(tab).toHaveAttribute("aria-current", "page")
  await expectGoodInEveryView(page)
  await page.goto(`${app.url}/connections`)
  await tab.click()
  await expect(page).toHaveURL(/q=payments&cloud=AWS$/)
  await page.getByRole("button", { name: "Delete view" }).click()
  await expect(tab).toHaveCount(0)
})

test.describe("an installation without connections", () => {
  test.use({ atlasScenario: "documentation" })

  test("leads from Overview and from the list to the first one", async ({ page, app }) => {
    await page.goto(`${app.url}/`)
    await expect(page.getByRole("link", { name: "Google Cloud" })).toBeVisible()
    await expectGoodInEveryView(page)
    await page.goto(`${app.url}/inventory`)
    await expect(page.getByText("No connections yet")).toBeVisible()
    await expect(page.getByRole("link", { name: "Create the first connection" })).toBeVisible()
    await expectGoodInEveryView(page)
  })
})

test("a list that is printed across the page keeps each name, and the titles above their columns", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 1123, height: 794 })
  await page.goto(`${app.url}/projects/${projects.payments}/connections`)
  const name = page.getByRole("table").getByRole("rowheader").first().getByRole("link")
  await expect(name).toBeVisible()
  const title = page.locator("th", { hasText: "Your network" })
  const cell = page.locator("tbody tr").first().locator("td").nth(1)
  const measure = (part: Locator) => part.evaluate((box) => box.getBoundingClientRect())
  await page.emulateMedia({ media: "print" })
  await expect(title).toHaveCSS("content", '"Your network"', { pseudo: "before" })
  await expect.poll(async () => (await measure(name)).width).toBeGreaterThan(100)
  await expect.poll(async () => (await measure(title)).x - (await measure(cell)).x).toBe(0)
})
