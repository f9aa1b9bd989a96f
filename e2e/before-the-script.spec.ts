import { holdScripts, list, openDrawn } from "./drawn.ts"
import { expect, test, waitUntilUsable } from "./scenario.ts"

test("presses, typing and choices before the script is there count once it is", async ({ page, app }) => {
  const release = await holdScripts(page)
  await openDrawn(page, `${app.url}/connections`)
  const first = page.getByRole("checkbox", { name: /^Select (?!all)/ }).first()
  const name = (await first.getAttribute("aria-label")) ?? ""
  await page.getByRole("searchbox", { name: "Search connections" }).fill("vpc")
  await page.getByRole("combobox", { name: "Cloud" }).selectOption("AWS")
  await first.check()
  release()
  await expect(page).toHaveURL(/[?&]q=vpc/)
  await expect(page).toHaveURL(/cloud=AWS/i)
  await expect(page.getByRole("searchbox", { name: "Search connections" })).toHaveValue("vpc")
  if (name.includes("vpc")) await expect(page.getByRole("checkbox", { name })).toBeChecked()

  await page.unrouteAll()
  const again = await holdScripts(page)
  await openDrawn(page, `${app.url}/`)
  await page.keyboard.press("Control+k")
  await page.keyboard.type("settlement")
  await page
    .getByRole("button", { name: /^Share / })
    .first()
    .focus()
  again()
  const search = page.getByRole("dialog", { name: "Search" })
  await expect(search).toBeVisible()
  await expect(search.getByRole("combobox")).toHaveValue("settlement")
})

test("a form that is sent before the script is there is sent once it is, and the page stays", async ({
  page,
  app,
}) => {
  const release = await holdScripts(page)
  await openDrawn(page, `${app.url}/audit`)
  await page.locator("main h1").evaluate((title) => title.setAttribute("data-drawn", ""))
  await page.getByRole("button", { name: "Verify integrity" }).click()
  release()
  await expect(page.getByText(/^Verified: \d+ entr/)).toBeVisible()
  await expect(page.locator("main h1[data-drawn]")).toHaveCount(1)
})

test("the focus, the place on the page and the account menu stay as they are when the script comes", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 1280, height: 400 })
  const release = await holdScripts(page)
  await openDrawn(page, `${app.url}${list}`)
  const rows = page.getByRole("row")
  await rows.nth(9).getByRole("link").first().focus()
  await page.evaluate(() => scrollTo(0, 300))
  const before = await page.evaluate(() => [document.activeElement?.textContent, scrollY])
  release()
  await waitUntilUsable(page)
  expect(await page.evaluate(() => [document.activeElement?.textContent, scrollY])).toEqual(before)

  await page.unrouteAll()
  const again = await holdScripts(page)
  await openDrawn(page, `${app.url}/`)
  await page.getByRole("button", { name: /your account/ }).click()
  again()
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible()
})
