import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { expect, test, type Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"

const paintOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((control) => getComputedStyle(control).backgroundColor)

const web = fileURLToPath(new URL("../apps/web", import.meta.url))

test("every component of the gallery is accessible in every state, with its menu and its dialog", async ({
  page,
}) => {
  const vite = spawn("pnpm", ["exec", "vite", "--port=0", "--host=127.0.0.1", "--clearScreen=false"], {
    cwd: web,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  })
  try {
    let said = ""
    while (!/http:\S+\//.test(said)) said += String((await once(vite.stdout, "data"))[0])
    await page.goto(`${/http:\S+\//.exec(said)?.[0]}gallery`)
    await expect(page.getByRole("heading", { level: 1, name: "Gallery" })).toBeVisible()
    await expectGoodInEveryView(page)

    // Forced colours drop tints, so a chosen control needs the system's own highlight.
    await page.emulateMedia({ forcedColors: "active" })
    const chosen = await paintOf(page, "label:has([type=radio]:checked)")
    expect(await paintOf(page, "label:has([type=radio]:not(:checked))")).not.toBe(chosen)
    expect(await paintOf(page, "button[aria-pressed=true]")).toBe(chosen)
    expect(await paintOf(page, "button[aria-pressed=false]")).not.toBe(chosen)
    const colourOf = (name: string) =>
      page.getByRole("button", { name, exact: true }).evaluate((button) => getComputedStyle(button).color)
    expect(await colourOf("Not allowed now")).toBe(await colourOf("Disabled"))
    expect(await colourOf("Not allowed now")).not.toBe(await colourOf("Open dialog"))
    const marks = page.locator("svg[data-state][viewBox='0 0 22 22']")
    const shapes = await marks.evaluateAll((all) => [
      ...new Map(all.map(({ dataset, innerHTML }) => [dataset["state"], innerHTML])).values(),
    ])
    expect(new Set(shapes).size, "each of the nine states has its own shape").toBe(9)
    const paints = await marks
      .locator("circle, rect")
      .evaluateAll((all) =>
        all.flatMap((shape) => [getComputedStyle(shape).fill, getComputedStyle(shape).stroke]),
      )
    const own = new Set(paints.filter((paint) => paint.startsWith("rgb(")))
    expect([...own].toSorted(), "no tone in forced colours").toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"])
    await page.emulateMedia({ forcedColors: "none" })

    await page.getByRole("button", { name: "More actions" }).click()
    await expect(page.getByRole("menuitem", { name: "Edit" })).toBeFocused()
    await expectGoodInEveryView(page)
    await page.keyboard.press("Escape")
    await expect(page.getByRole("button", { name: "More actions" })).toBeFocused()

    await page.getByRole("button", { name: "Open dialog" }).click()
    await expect(page.getByRole("dialog", { name: "Delete checkout-api?" })).toBeVisible()
    await expectGoodInEveryView(page)
    await page.keyboard.press("Escape")
    await expect(page.getByRole("button", { name: "Open dialog" })).toBeFocused()
  } finally {
    vite.kill()
  }
})
