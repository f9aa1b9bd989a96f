import { AxeBuilder } from "@axe-core/playwright"
import { expect, type Page } from "@playwright/test"

/** The rules whose outcome changes with the colours and the width of the window. */
const rulesOfAppearance = ["color-contrast", "target-size"]

/** Finds no violation in the page as it is now, by all rules unless some are named. */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // No page of ours holds a frame, so axe need not gather its findings in a second, empty page.
  // Only violations are described in full: describing everything that passes takes longer than the rules.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] })
  const { violations } = await (rules === undefined ? builder : builder.withRules(rules)).analyze()
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([])
}

/** The page is not wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
}

/**
 * Finds no violation in the page as it is now, wide and narrow, light and dark, and leaves it wide and light. All rules run once;
 * in the other appearances those run whose outcome may differ. It is one page throughout, so a state that takes long to reach is
 * reached once.
 */
export async function expectGoodInEveryView(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 800 })
  // A button half behind the fixed bar would count as too small.
  await page.evaluate(() => window.scrollTo(0, 0))
  await expectNoSidewaysScroll(page)
  await expectAccessible(page, rulesOfAppearance)
  await page.emulateMedia({ colorScheme: "dark" })
  await expectAccessible(page, rulesOfAppearance)
  await page.setViewportSize({ width: 1440, height: 900 })
  await expectNoSidewaysScroll(page)
  await expectAccessible(page, rulesOfAppearance)
  await page.emulateMedia({ colorScheme: "light" })
  await expectAccessible(page)
}
