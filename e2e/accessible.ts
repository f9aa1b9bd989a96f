import { expect, type Page } from "@playwright/test"
import axe, { type RunOptions } from "axe-core"

declare global {
  interface Window {
    axe: typeof axe
  }
}

/** The rules whose outcome changes with the colours and the width of the window. */
const rulesOfAppearance = ["color-contrast", "target-size"]

/** Finds no violation in the page as it is now, by all rules unless some are named. */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  await untilColoursRest(page)
  // Loading axe takes as long as a run of it, so a page loads it once.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source)
  // Only violations are described in full: describing everything that passes takes longer than the rules.
  // By default axe also reads every stylesheet again, for an experimental rule that does not run.
  const options: RunOptions = {
    resultTypes: ["violations"],
    preload: { assets: ["media"] },
    ...(rules && { runOnly: rules }),
  }
  const { violations } = await page.evaluate(async (how) => await window.axe.run(document, how), options)
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([])
}

/** Waits for colours that are still changing to those of another scheme. What moves for ever is left out. */
async function untilColoursRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)))
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}

/** The page is not wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
}

/** A link that covers its row leaves the row's own controls above it, where a click reaches them. */
async function expectRowControlsUncovered(page: Page): Promise<void> {
  const covered = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(":is(tr, li) :is(a, button, input, label, select)")].flatMap(
      (control) => {
        const { left, top, width, height } = control.getBoundingClientRect()
        const hit = document.elementFromPoint(left + width / 2, top + height / 2)?.closest("a") ?? null
        const isOfRow = hit?.closest("tr, li")?.contains(control) === true
        return isOfRow && !hit?.contains(control) && !control.contains(hit) ? [control.outerHTML] : []
      },
    ),
  )
  expect(covered).toEqual([])
}

/** Resizes the window and waits until the page was drawn in it: a busy machine measures the heads of tables before. */
async function resize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.waitForFunction(
    (wanted) =>
      innerWidth === wanted &&
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))),
    width,
  )
}

/**
 * Finds no violation in the page as it is now, wide and narrow, light and dark, and leaves it wide and light. All rules run once;
 * in the other appearances those run whose outcome may differ. It is one page throughout, so a state that takes long to reach is
 * reached once.
 */
export async function expectGoodInEveryView(page: Page): Promise<void> {
  await resize(page, 320, 800)
  // A button half behind the fixed bar would count as too small.
  await page.evaluate(() => window.scrollTo(0, 0))
  await expectNoSidewaysScroll(page)
  await expectRowControlsUncovered(page)
  await expectAccessible(page, rulesOfAppearance)
  await page.emulateMedia({ colorScheme: "dark" })
  await expectAccessible(page, rulesOfAppearance)
  await resize(page, 1440, 900)
  await expectNoSidewaysScroll(page)
  await expectRowControlsUncovered(page)
  await expectAccessible(page, rulesOfAppearance)
  await page.emulateMedia({ colorScheme: "light" })
  await expectAccessible(page)
}
