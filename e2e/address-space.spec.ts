import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { expect, projects, test, waitUntilUsable } from "./scenario.ts"
import { tabTo } from "./tab-to.ts"

const mapOf = (page: Page, cidr: string) =>
  page.getByRole("toolbar", { name: new RegExp(`^${cidr.replaceAll(".", "\\.")}`) })

async function openMap(page: Page, url: string, search = ""): Promise<void> {
  await page.goto(`${url}/address-space${search}`)
  await expect(mapOf(page, "10.0.0.0/8")).toBeVisible()
}

test("the map is used by keyboard and pointer, and a link opens a CIDR on it [C11]", async ({
  page,
  app,
}) => {
  await openMap(page, app.url)
  const map = mapOf(page, "10.0.0.0/8")
  await page.getByRole("radio", { name: "By project" }).focus()
  await tabTo(page, map.locator("[tabindex='0']"))
  await page.keyboard.press("ArrowRight")
  await expect(map.locator(":focus")).toHaveCount(1)
  const block = map.getByRole("button", { name: /10\.20\.0\.0\/16/ })
  await block.focus()
  const link = page.getByRole("link", { name: "Open vpc-0c93f7b2d15ea8046" })
  await expect(link).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(link).toBeHidden()
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/\?block=10\.20\.0\.0\/16$/)
  await expect(page.getByRole("region", { name: /^10\.20\.0\.0\/16/ })).toContainText("Your network")
  await page.getByRole("link", { name: "Close" }).click()
  await expect(page).toHaveURL(/\/address-space$/)
  await block.hover()
  await link.click()
  await expect(page.getByRole("heading", { level: 1 })).toContainText("vpc-0c93f7b2d15ea8046")
})

test("a free CIDR overlaps nothing, is copied and goes into the form", async ({ page, app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  await openMap(page, app.url)
  await page.getByRole("button", { name: "Find a free /21" }).click()
  await expect(page).toHaveURL(/\?block=10\.\d+\.\d+\.0\/21$/)
  const found = new URL(page.url()).searchParams.get("block") ?? ""
  const chosen = page.getByRole("region", { name: new RegExp(`^${found}`) })
  await expect(chosen.getByText(`${found} is free in the projects you can see`)).toBeVisible()
  await expect(mapOf(page, "10.0.0.0/8").getByRole("button", { name: /Proposed/ })).toBeVisible()
  await chosen.getByRole("button", { name: `Copy ${found}` }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(found)
  await chosen.getByRole("combobox", { name: "Project" }).selectOption({ label: "payments-prod" })
  await chosen.getByRole("link", { name: "Use this CIDR" }).click()
  // The form takes the values out of the address.
  await expect(page).toHaveURL(/\/projects\/64b1f0a27c3d5e4f8a9b0c1d\/connections\/new$/)
  const field = page.getByLabel("Atlas CIDR", { exact: true })
  const change = page.getByRole("button", { name: "Change Atlas CIDR" })
  // The form shows a value as words once it knows that it would propose the same.
  await expect(async () => {
    if (await change.isVisible())
      await expect(page.getByRole("region", { name: "Atlas side" })).toContainText(found, { timeout: 100 })
    else await expect(field).toHaveValue(found, { timeout: 100 })
  }).toPass()
})

test("the map and the table are accessible, with a selected CIDR and an open card too", async ({
  page,
  app,
}) => {
  await openMap(page, app.url, "?by=cloud")
  await expectGoodInEveryView(page)
  await openMap(page, app.url, "?block=192.168.248.0/21")
  await expect(page.getByRole("region", { name: /^192\.168\.248\.0\/21/ })).toBeVisible()
  await page
    .getByRole("button", { name: /192\.168\.248\.0\/21/ })
    .last()
    .focus()
  await expectGoodInEveryView(page)
  await page.getByRole("button", { name: /Find a free/ }).click()
  await expect(page.getByRole("link", { name: "Use this CIDR" })).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("link", { name: "Table", exact: true }).click()
  await expect(page.getByRole("table", { name: "CIDRs" })).toBeVisible()
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
    const before = app.simulator.peers(projects.payments).map(({ id }) => id)
    await page.goto(`${app.url}/address-space/coverage?project=${projects.payments}`)
    await waitUntilUsable(page)
    await page.getByRole("checkbox", { name: "Add us-west-2 to eu-west-1" }).check()
    await page.getByRole("checkbox", { name: "Add us-west-2 to eu-central-1" }).check()
    await page.reload()
    const drafts = page.getByRole("list", { name: "Drafts" })
    await expect(drafts.getByText("No problems found, not all checked")).toHaveCount(2)
    await expectGoodInEveryView(page)

    await page.getByRole("button", { name: "Create 2 connections" }).click()
    await expect(page.getByText("Enter a reason (stored in the audit log)")).toBeVisible()
    await page.getByRole("textbox", { name: "Reason" }).fill("NET-42: one VPC, three Atlas regions")
    await page.getByRole("button", { name: "Create 2 connections" }).click()
    await expect(page.getByText("2 connections requested")).toBeVisible()
    const made = app.simulator.peers(projects.payments).filter(({ id }) => !before.includes(id))
    expect(made.map(({ providerName }) => providerName)).toEqual(["AWS", "AWS"])
    const line = page.getByRole("row", { name: /us-west-2/ })
    await expect(line.getByText("In progress")).toHaveCount(2)
    await expect(line.getByRole("checkbox")).toHaveCount(1)
    await expectGoodInEveryView(page)
    await page.getByRole("link", { name: "us-west-2 to eu-central-1" }).click()
    await expect(page.getByRole("heading", { name: "vpc-0c93f7b2d15ea8046", level: 1 })).toBeVisible()
  },
)

test("the map's legend stays where it is while its last words arrive", async ({ page, app }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await openMap(page, app.url)
  const signs = page.getByRole("list", { name: "Legend" }).getByRole("listitem")
  const whole = await signs.first().boundingBox()
  // Hidden, not removed: React may not have taken the page over yet.
  await signs.last().evaluate((sign) => sign.style.setProperty("display", "none"))
  expect(await signs.first().boundingBox()).toEqual(whole)
})

test("a printed map has every block and free range, in the colours of its legend", async ({ page, app }) => {
  await page.setViewportSize({ width: 1000, height: 900 })
  await openMap(page, app.url)
  await page.emulateMedia({ media: "print" })
  const map = mapOf(page, "10.0.0.0/8")
  const block = map.getByRole("button", { name: /10\.20\.0\.0\/16/ })
  await expect(block).toBeVisible()
  await expect(block).toHaveCSS("print-color-adjust", "exact")
  await expect(map.getByRole("button", { name: /^[\d,]+ free \/21/ }).first()).toBeVisible()
  const largest = page.getByRole("region", { name: "Largest free ranges" })
  await expect(largest.getByRole("listitem").first()).toContainText(/^[\d,]+ free \/21/)
  await expect(largest.getByRole("button").first()).toBeVisible()
  // A browser shrinks a page that is too wide, and cuts what scrolls.
  await expect(map.locator("..")).toHaveCSS("overflow-x", "visible")
  // An upright sheet of A4.
  await page.setViewportSize({ width: 718, height: 1_047 })
  const buttons = map.getByRole("button")
  const measure = () =>
    buttons.evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().right)))
  await expect.poll(measure).toBeLessThanOrEqual(718)
})

test("the word on a reserved range of the map is never cut", async ({ page, app }) => {
  await openMap(page, app.url)
  const words = page.getByRole("toolbar").getByText("Reserved", { exact: true })
  await expect(words.first()).toBeVisible()
  const cut = await words.evaluateAll((all) => all.filter((word) => word.scrollWidth > word.clientWidth))
  expect(cut).toHaveLength(0)
})
