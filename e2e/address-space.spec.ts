import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { expect, projects, test } from "./scenario.ts"
import { tabTo } from "./tab-to.ts"

const mapOf = (page: Page, cidr: string) => page.getByRole("slider", { name: `Map of ${cidr}` })
const blockRow = (page: Page, cidr: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: cidr, exact: true }) })

async function openMap(page: Page, url: string, search = ""): Promise<void> {
  await page.goto(`${url}/address-space${search}`)
  await expect(mapOf(page, "10.0.0.0/8")).toBeVisible()
}

async function filter(page: Page, text: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Filter the blocks" }).fill(text)
}

test("the map moves by keys, links, wheel and pointer [C11]", async ({ page, app }) => {
  await openMap(page, app.url)
  const map = mapOf(page, "10.0.0.0/8")
  const seen = async () => (await map.getAttribute("aria-valuetext")) ?? ""
  const whole = await seen()
  expect(whole).toMatch(/^10\.0\.0\.0 to 10\.255\.255\.255 · \d+ blocks$/)
  await page.getByRole("link", { name: "Map", exact: true }).focus()
  await tabTo(page, map)
  await page.keyboard.press("+")
  await expect(map).toHaveAttribute("aria-valuetext", /^10\.64\.0\.0 to 10\.191\.255\.255/)
  await page.keyboard.press("ArrowRight")
  await expect(map).toHaveAttribute("aria-valuetext", /^10\.80\.0\.0 to 10\.207\.255\.255/)
  await page.keyboard.press("Home")
  await expect(map).toHaveAttribute("aria-valuetext", whole)

  await filter(page, "vpc-0a1b2c3d4e5f60718")
  await blockRow(page, "10.0.0.0/16").getByRole("link").click()
  await expect(map).toHaveAttribute("aria-valuetext", /^10\.0\.0\.0 to 10\.3\.255\.255/)
  await expect(map).toBeFocused()
  await expect(page).toHaveURL(/\?block=10\.0\.0\.0\/16$/)
  await page.goBack()
  await expect(map).toHaveAttribute("aria-valuetext", whole)

  await openMap(page, app.url, "?block=10.96.0.0/18")
  await expect(map).toHaveAttribute("aria-valuetext", /^10\.95\.160\.0 to 10\.96\.159\.255/)
  await expect(page.getByRole("region", { name: "10.96.0.0/18" })).toContainText("Atlas container")
  await page.getByRole("button", { name: "Whole range, 10.0.0.0/8" }).click()
  await expect(map).toHaveAttribute("aria-valuetext", /^10\.0\.0\.0 to 10\.255/)
  const box = await page.locator("canvas").first().boundingBox()
  if (box === null) throw new Error("The map has no place")
  // The position of 10.96.0.0.
  const at = { x: box.x + (96 / 256) * box.width + 2, y: box.y + 20 }
  await page.mouse.move(at.x, at.y)
  await page.mouse.wheel(0, -900)
  await expect.poll(seen).not.toMatch(/^10\.0\.0\.0 to 10\.255/)
  const zoomed = await seen()
  await page.mouse.down()
  await page.mouse.move(at.x - 120, at.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(seen).not.toBe(zoomed)
  await page.mouse.move(at.x - 119, at.y)
  await page.mouse.down()
  await page.mouse.up()
  await expect(page).toHaveURL(/\?block=10\.96\.0\.0\/18$/)
})

test("a free block overlaps nothing, is copied and goes into the form", async ({ page, app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  await openMap(page, app.url)
  const finder = page.getByRole("region", { name: "Find a free block" })
  await finder.getByRole("combobox", { name: "In" }).selectOption("192.168.0.0/16")
  await finder.getByRole("button", { name: "Find a free /21" }).click()
  const found = await finder.locator("code").innerText()
  expect(found).toMatch(/^192\.168\.\d+\.0\/21$/)
  await expect(page).toHaveURL(`${app.url}/address-space?block=${found}`)
  await expect(page.getByRole("region", { name: found })).toContainText("It is free of others.")
  await expect(blockRow(page, found)).toContainText("Not there yet")
  await finder.getByRole("button", { name: "Copy the free block" }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(found)
  await finder.getByRole("combobox", { name: "Project" }).selectOption({ label: "payments-prod" })
  await finder.getByRole("link", { name: "Use it" }).click()
  // The form takes the values out of the address.
  await expect(page).toHaveURL(/\/projects\/64b1f0a27c3d5e4f8a9b0c1d\/connections\/new$/)
  await expect(page.getByRole("radio", { name: /A new container/ })).toBeChecked()
  await expect(page.getByLabel("Atlas CIDR", { exact: true })).toHaveValue(found)
})

test("the map is accessible as a whole and with a selected block", async ({ page, app }) => {
  await openMap(page, app.url)
  await expectGoodInEveryView(page)
  await openMap(page, app.url, "?block=192.168.248.0/21")
  await expect(page.getByRole("region", { name: "192.168.248.0/21" })).toBeVisible()
  await page.getByRole("button", { name: /Find a free/ }).click()
  await expect(page.getByRole("link", { name: "Use it" })).toBeVisible()
  await expectGoodInEveryView(page)
})

test("the coverage tab is accessible with and without connections", async ({ page, app }) => {
  await page.goto(`${app.url}/address-space/coverage?project=${projects.payments}`)
  await expect(page.getByRole("region", { name: "AWS" })).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("main").getByRole("combobox", { name: "Project" }).selectOption(projects.emptySandbox)
  await expect(page.getByText("empty-sandbox has no container with a connection yet")).toBeVisible()
  await expectGoodInEveryView(page)
})

test(
  "connections added in the coverage table are validated one by one and created together [I5]",
  { tag: "@postgres" },
  async ({ page, app }) => {
    const before = (await app.simulator.peers(projects.payments)).map(({ id }) => id)
    await page.goto(`${app.url}/address-space/coverage?project=${projects.payments}`)
    await page.getByRole("checkbox", { name: "Add us-west-2 to eu-west-1" }).check()
    await page.getByRole("checkbox", { name: "Add us-west-2 to eu-central-1" }).check()
    await page.reload()
    const drafts = page.getByRole("list", { name: "Drafts" })
    await expect(drafts.getByText("Ready to create, with warnings")).toHaveCount(2)
    await expectGoodInEveryView(page)

    await page.getByRole("button", { name: "Create 2 connections" }).click()
    await expect(page.getByText("Enter a reason (stored in the audit log)")).toBeVisible()
    await page.getByRole("textbox", { name: "Reason" }).fill("NET-42: one VPC, three Atlas regions")
    await page.getByRole("button", { name: "Create 2 connections" }).click()
    await expect(page.getByText("2 connections requested")).toBeVisible()
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
