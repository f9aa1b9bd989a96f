import type { Page } from "@playwright/test"
import { expectAccessible, expectGoodInEveryView, expectNoSidewaysScroll } from "./accessible.ts"
import { expect, test } from "./scenario.ts"

test.use({ isDemo: true, atlasScenario: "stage" })

const bar = (page: Page) => page.getByRole("region", { name: "Demo", exact: true })
const press = (page: Page, name: string) => bar(page).getByRole("button", { name, exact: true }).click()
const focused = (page: Page) => page.locator(":focus")

/** Opens a scene by its link, and waits for its first caption. */
async function openScene(page: Page, url: string, id: string): Promise<void> {
  await page.goto(`${url}/?scene=${id}`)
  await expect(bar(page).getByText(/^1 of \d$/)).toBeVisible()
  await expect(bar(page).locator("[aria-busy=false]")).toBeVisible({ timeout: 60_000 })
}

test("the demo's bar, cards and menu are accessible in every view", async ({ page, app }) => {
  await page.goto(`${app.url}/?scene=play`)
  await press(page, "Pause")
  await expect(page.getByRole("heading", { level: 1, name: "Orders service → Ledger cluster" })).toBeVisible()
  await expectGoodInEveryView(page)
  await press(page, "Scenes")
  await expectAccessible(page)
  await page.getByRole("button", { name: "A policy forbids a network" }).click()
  await expect(page.locator("[data-demo] > div").first()).toBeVisible({ timeout: 60_000 })
  await expectGoodInEveryView(page)
  await press(page, "Close the demo")
  await expectGoodInEveryView(page)
})

test("a scene waits for the page's own script, which may come late, and the page is drawn once", async ({
  page,
  app,
}) => {
  // The server leaves a page to the browser while its first reads take long.
  await page.goto(app.url)
  await page.route("**/assets/*.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    await route.continue()
  })
  await openScene(page, app.url, "google-cloud")
})

test("a scene of the demo is played by keyboard, and the focus stays on the bar", async ({ page, app }) => {
  await openScene(page, app.url, "audit")
  await bar(page).getByRole("button", { name: "Next step" }).focus()
  // The next captions are on other pages, whose titles want the focus.
  for (const step of [/^2 of \d$/, /^3 of \d$/]) {
    await page.keyboard.press("ArrowRight")
    await expect(bar(page).getByText(step)).toBeVisible({ timeout: 60_000 })
    await expect(focused(page)).toHaveAccessibleName("Next step")
  }
  await page.keyboard.press("ArrowLeft")
  await expect(bar(page).getByText(/^2 of \d$/)).toBeVisible({ timeout: 60_000 })

  // Two roots of React draw the bar and the page and count their ids alike: the button would open a menu of the page.
  const ids = await bar(page)
    .locator("[id]")
    .evaluateAll((all) => all.map(({ id }) => id))
  expect(ids.filter((id) => id.includes("demo-"))).toEqual(ids)
  expect(ids).not.toEqual([])

  await bar(page).getByRole("button", { name: "Scenes" }).focus()
  await page.keyboard.press("Enter")
  await expect(focused(page)).toHaveText("An auditor checks the log")
  await page.keyboard.press("ArrowUp")
  await expect(focused(page)).toHaveText("An answer is lost, and found")
  await page.keyboard.press("Escape")
  await expect(focused(page)).toHaveAccessibleName("Scenes")

  await bar(page).getByRole("button", { name: "Close the demo" }).focus()
  await page.keyboard.press("Enter")
  await expect(focused(page)).toHaveAccessibleName("Demo")
  await page.reload()
  await expect(bar(page).getByRole("button")).toHaveCount(1)
})

test("the demo's bar takes its height from the page, and its light stays above it", async ({ page, app }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await openScene(page, app.url, "form-to-string")
  const account = page.getByRole("button", { name: "Olivia Marsh" })
  await expect(bar(page)).toHaveJSProperty("offsetHeight", 64)
  expect(((await account.boundingBox())?.y ?? 720) + 44).toBeLessThanOrEqual(656)
  const light = page.locator("[data-demo] > div").first()
  for (const [width, height] of [
    [1280, 720],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expect
      .poll(async () => {
        const [lit, below] = [await light.boundingBox(), await bar(page).boundingBox()]
        return lit !== null && below !== null && lit.y >= 0 && lit.y + lit.height <= below.y
      })
      .toBe(true)
    await expectNoSidewaysScroll(page)
  }
})

test("the demo's light stays in sight when the page jumps after a key led on", async ({ page, app }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await openScene(page, app.url, "policy")
  await bar(page).getByRole("button", { name: "Next step" }).focus()
  for (const step of [/^2 of 3$/, /^3 of 3$/]) {
    await page.keyboard.press("ArrowRight")
    await expect(bar(page).getByText(step)).toBeVisible({ timeout: 60_000 })
  }
  const light = page.locator("[data-demo] > div").first()
  const readScroll = () => page.evaluate(() => window.scrollY)
  await expect.poll(readScroll).toBeGreaterThan(0)
  await page.evaluate(() => window.scrollTo(0, 0))
  await expect.poll(readScroll).toBeGreaterThan(0)
  await expect(light).toBeVisible()
})

test("the demo's light is an outline in forced colours, and moves nothing for people who want less", async ({
  page,
  app,
}) => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" })
  await openScene(page, app.url, "policy")
  const light = page.locator("[data-demo] > div").first()
  await expect(light).toHaveCSS("border-top-width", "3px")
  await expect(light).toHaveCSS("box-shadow", "none")
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
})
