import type { Page } from "@playwright/test"
import { expectAccessible, expectNoSidewaysScroll } from "./story.ts"

/**
 * Finds nothing to mend in the page as it is now, wide and narrow, light and dark, and leaves it wide and light. It is the same
 * page each time, so that a state which takes long to reach is reached once.
 */
export async function expectGoodInEveryLook(page: Page): Promise<void> {
  for (const [width, height] of [
    [320, 800],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expectNoSidewaysScroll(page)
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
  }
}
