import { expectNoSidewaysScroll } from "./accessible.ts"
import { expect, projects, test } from "./scenario.ts"

test("the header has room for the project and every page at each window width", async ({ page, app }) => {
  await page.goto(`${app.url}/projects/${projects.payments}/connections`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  for (const width of [1440, 1100, 1000, 900, 768, 600, 430, 320]) {
    await page.setViewportSize({ width, height: 800 })
    const parts = await page.locator("header > :is(a, label, nav, span)").evaluateAll((elements) =>
      elements
        .map((element) => ({ name: element.textContent, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0)
        .map(({ name, box: { left, right, top, bottom } }) => ({ name, left, right, top, bottom })),
    )
    const overlaps = parts.flatMap((one, index) =>
      parts
        .slice(index + 1)
        .filter(
          (other) =>
            one.left < other.right &&
            other.left < one.right &&
            one.top < other.bottom &&
            other.top < one.bottom,
        )
        .map((other) => `${width} px: ${one.name} and ${other.name}`),
    )
    expect(overlaps).toEqual([])
    expect((await page.getByLabel("Project", { exact: true }).boundingBox())?.width).toBeGreaterThan(80)
    await expectNoSidewaysScroll(page)
  }
})
