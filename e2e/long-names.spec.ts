import type { Locator, Page } from "@playwright/test"
import { expectNoSidewaysScroll } from "./accessible.ts"
import { act } from "./connection-page.ts"
import { drawInBrowser, expect, projects, test } from "./scenario.ts"

const names = [
  "הזמנות אל ספר החשבונות ".repeat(9).slice(0, 199).concat("1"),
  "orders-to-ledger-".repeat(12).slice(0, 200),
]

/** Replaces the values of some fields in an answer, by the two names in turn. */
async function rename(page: Page, url: string, fields: readonly string[]): Promise<void> {
  await page.route(url, async (route) => {
    const response = await route.fetch()
    let at = 0
    const json = JSON.parse(await response.text(), (field, value: unknown) =>
      fields.includes(field) ? names[(at += 1) % 2] : value,
    ) as unknown
    await route.fulfill({ response, json })
  })
}

/** Tells if the first letter of a text is within its box. */
const showsStart = (text: Locator) =>
  text.evaluate((box) => {
    const range = document.createRange()
    range.selectNodeContents(box)
    const letters = document.createTreeWalker(box, NodeFilter.SHOW_TEXT).nextNode()
    if (letters === null) return false
    range.setStart(letters, 0)
    range.setEnd(letters, 1)
    const [letter, around] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
    return letter.left >= around.left - 1 && letter.right <= around.right + 1
  })

const widths = [1280, 320]

async function expectToFit(page: Page): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 720 })
    await expectNoSidewaysScroll(page)
    const dialog = page.locator("dialog[open]")
    if ((await dialog.count()) > 0)
      expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
  }
}

test("names of 200 characters, also from right to left, fit lists, palette, audit log and dialogs", async ({
  page,
  app,
}) => {
  await drawInBrowser(page, app.url)
  for (const url of ["**/api/connections*", "**/api/overview", "**/api/projects/*/peerings"])
    await rename(page, url, ["label"])
  await rename(page, "**/api/audit?*", ["reason", "vpcId", "name"])
  await page.route("**/api/events**", () => {})
  await page.goto(`${app.url}/projects/${projects.payments}/connections`)
  const links = page.getByRole("table", { name: "Connections" }).getByRole("rowheader").getByRole("link")
  for (const name of names) {
    const link = links.filter({ hasText: name.slice(0, 60) }).first()
    await expect(link).toBeVisible()
    expect(await showsStart(link)).toBe(true)
  }
  await expectToFit(page)

  await page.setViewportSize({ width: 1280, height: 720 })
  await page.keyboard.press("Control+k")
  const option = page
    .getByRole("option")
    .filter({ hasText: names[0]?.slice(0, 60) })
    .first()
  await expect(option).toBeVisible()
  expect(await showsStart(option.locator(".cut").first())).toBe(true)
  await expectToFit(page)
  await page.keyboard.press("Escape")

  await page.setViewportSize({ width: 1280, height: 720 })
  await links
    .filter({ hasText: names[0]?.slice(0, 60) })
    .first()
    .click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(names[0] ?? "")
  await act(page, "Delete…")
  await expect(
    page.getByRole("dialog", { name: names[0] }).getByRole("button", { name: "Cancel" }),
  ).toBeVisible()
  await expectToFit(page)

  await page.goto(`${app.url}/audit`)
  await expect(page.getByText(names[0]?.slice(0, 60) ?? "").first()).toBeVisible()
  await expectToFit(page)
})
