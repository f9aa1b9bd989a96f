import type { Route } from "@playwright/test"
import { expectGoodInEveryView, expectNoSidewaysScroll } from "./accessible.ts"
import { expect, projects, test, waitUntilUsable } from "./scenario.ts"

test("the frame fits each window width, and a narrow one has the pages in a menu", async ({ page, app }) => {
  await page.goto(`${app.url}/projects/${projects.longName}/connections`)
  await expect(page.getByRole("button", { name: /^Project: / })).toBeVisible()
  for (const width of [1440, 1100, 900, 801]) {
    await page.setViewportSize({ width, height: 800 })
    await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible()
    await expectNoSidewaysScroll(page)
  }
  for (const width of [800, 600, 430, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await expect(page.getByRole("navigation", { name: "Pages" })).toBeHidden()
    await expectNoSidewaysScroll(page)
    const menu = page.getByRole("button", { name: "Menu" })
    await menu.click()
    await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible()
    await expectNoSidewaysScroll(page)
    await page.keyboard.press("Escape")
    await expect(menu).toBeFocused()
  }
})

test("content is 1,320 pixels wide at most, with the same room on either side", async ({ page, app }) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  for (const path of ["/", "/connections", `/projects/${projects.payments}/connections/new`]) {
    await page.goto(`${app.url}${path}`)
    const title = page.getByRole("heading", { level: 1 })
    await expect(title).toBeVisible()
    const crumb = page.getByRole("navigation", { name: "Breadcrumb" })
    const [main, first, bar] = await Promise.all(
      [page.getByRole("main"), title, crumb].map((part) => part.boundingBox()),
    )
    const left = (first?.x ?? 0) - (main?.x ?? 0)
    expect((main?.width ?? 0) - 2 * left).toBe(1320)
    expect(bar?.x).toBe(first?.x)
  }
})

test("the palette, the project switcher and the list of shortcuts are accessible", async ({ page, app }) => {
  await page.goto(`${app.url}/projects/${projects.payments}/containers`)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await page.keyboard.press("Control+k")
  const field = page.getByRole("combobox", { name: "Search connections, projects and actions" })
  await field.fill("vnet")
  await expect(page.getByRole("option").first()).toBeVisible()
  await expectGoodInEveryView(page)
  await page.keyboard.press("Escape")
  await expect(field).toBeHidden()

  await page.getByRole("button", { name: /^Project: / }).click()
  await expect(page.getByRole("combobox", { name: "Search projects" })).toBeFocused()
  await expectGoodInEveryView(page)
  await page.keyboard.press("Escape")

  await page.keyboard.press("?")
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible()
  await expectGoodInEveryView(page)
})

test("the palette and the project switcher keep every key that is typed before their list has loaded", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/projects/${projects.payments}/containers`)
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible()
  await waitUntilUsable(page)
  const held: Route[] = []
  const hold = () => page.route("**/assets/*.js", (route) => void held.push(route))
  const disconnect = async () => {
    await Promise.all(held.splice(0).map((route) => route.continue()))
    await page.unroute("**/assets/*.js")
  }
  await hold()
  const slow = await page.context().newCDPSession(page)
  await slow.send("Emulation.setCPUThrottlingRate", { rate: 6 })

  await page.keyboard.press("Control+k")
  await page.keyboard.type("settlement", { delay: 40 })
  const field = page.getByRole("combobox", { name: "Search connections, projects and actions" })
  await expect(field).toHaveValue("settlement")
  expect(held.length).toBeGreaterThan(0)
  await expectGoodInEveryView(page)
  await slow.send("Emulation.setCPUThrottlingRate", { rate: 1 })
  await disconnect()
  await expect(page.getByRole("option")).toHaveText([/^vnet-settlement/])
  await expect(field).toHaveValue("settlement")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vnet-settlement")

  await page.goto(`${app.url}/projects/${projects.payments}/containers`)
  await waitUntilUsable(page)
  await hold()
  await page.getByRole("button", { name: /^Project: / }).click()
  await page.keyboard.type("analyt")
  await expect(page.getByRole("combobox", { name: "Search projects" })).toHaveValue("analyt")
  await disconnect()
  await expect(page.getByRole("option")).toHaveText(["analytics"])
})

test("the printed form for a new connection says its cloud and is no wider than the paper", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/projects/${projects.payments}/connections/new?provider=AWS`)
  await expect(page.getByRole("button", { name: "Create connection" })).toBeVisible()
  await page.emulateMedia({ media: "print" })
  await expect(page.getByRole("tab", { name: "AWS" })).toBeVisible()
  for (const width of [1000, 720]) {
    await page.setViewportSize({ width, height: 900 })
    await expectNoSidewaysScroll(page)
  }
})

test("the audit log's filter shows each choice and time whole", async ({ page, app }) => {
  await page.goto(`${app.url}/audit?when=custom&from=2026-11-20T10:00:00.000Z`)
  const fields = page.getByRole("region", { name: "Filters" }).locator("select, [type=datetime-local]")
  await expect(fields).toHaveCount(6)
  for (const width of [1440, 1280, 1000, 768, 390, 320]) {
    await page.setViewportSize({ width, height: 900 })
    const cut = await fields.evaluateAll((all) =>
      all.flatMap((field) => {
        const given = field.getBoundingClientRect().width
        const { cssText } = (field as HTMLElement).style
        ;(field as HTMLElement).style.cssText =
          "width: max-content; min-width: max-content; field-sizing: content"
        const needed = field.getBoundingClientRect().width
        ;(field as HTMLElement).style.cssText = cssText
        return needed > given + 1
          ? [`${field.closest("label")?.textContent.slice(0, 20)}: ${needed} > ${given}`]
          : []
      }),
    )
    expect.soft(cut, `${width} px`).toEqual([])
  }
})
