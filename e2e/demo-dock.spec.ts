import type { Locator, Page } from "@playwright/test"
import fc from "fast-check"
import { expectAccessible, expectGoodInEveryView, expectNoSidewaysScroll } from "./accessible.ts"
import { scenes, type Caption, type PlayedScene } from "./demo-scenes.ts"
import { expect, test } from "./scenario.ts"

test.use({ isDemo: true })

const dock = (page: Page) => page.getByRole("region", { name: "Demo", exact: true })
const nextButton = (page: Page) => dock(page).getByRole("button", { name: "Next step" })
/** Simulated clouds need their time, at twenty times the speed. */
const patience = { timeout: 60_000 }

/** Presses Shift+Tab until a button of the dock has the focus: from the start of a page it is the shorter way to its end. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press("Shift+Tab")
  }
  await expect(target).toBeFocused()
}

/** Opens a scene by its link. The dock starts the simulated time. */
async function openScene(page: Page, url: string, { id, steps: [first] }: PlayedScene): Promise<void> {
  await page.goto(`${url}/?scene=${id}`)
  await expectStep(page, first)
}

async function expectStep(page: Page, [title, says]: Caption): Promise<void> {
  await expect(dock(page).getByText(title, { exact: true })).toBeVisible(patience)
  await expect(page.getByRole("main").getByText(says).filter({ visible: true }).first()).toBeInViewport()
}

/** Chooses the fastest clock by keyboard. */
async function hurry(page: Page): Promise<void> {
  const speed = dock(page).getByRole("combobox", { name: "Speed" })
  await reach(page, speed)
  await page.keyboard.press("End")
  await expect(speed).toHaveValue("20")
}

/** Plays a scene from its link to its end by keyboard. Its captions come with what the page shows. */
async function play(page: Page, url: string, scene: PlayedScene, reloadAt: number | null): Promise<void> {
  await openScene(page, url, scene)
  for (const [index, step] of scene.steps.slice(1).entries()) {
    await reach(page, nextButton(page))
    await page.keyboard.press("ArrowRight")
    if (index === reloadAt) await page.reload()
    await expectStep(page, step)
    if (index !== reloadAt) await expect(nextButton(page)).toBeFocused()
  }
  await expect(nextButton(page)).toHaveAttribute("aria-disabled", "true")
  await expect(dock(page).getByRole("alert")).toHaveCount(0)
}

const seed = Number(process.env["E2E_SEED"])
const [order = []] = fc.sample(fc.shuffledSubarray([...scenes], { minLength: scenes.length }), {
  seed,
  numRuns: 1,
})

// A few in each world, so that each follows others, and no test takes long.
for (const part of [0, 1, 2, 3]) {
  const some = order.slice(3 * part, 3 * part + 3)
  test(`scenes of the demo play to their end by keyboard in any order, over a reload: part ${part + 1} of 4`, async ({
    page,
    app,
  }) => {
    // E2E_SEED repeats the order.
    process.stdout.write(`E2E_SEED=${seed}: ${some.map(({ id }) => id).join(", ")}\n`)
    await page.goto(`${app.url}/?scene=aws`)
    await hurry(page)
    for (const [index, scene] of some.entries())
      await play(page, app.url, scene, (seed + index) % (scene.steps.length - 1))
  })
}

test("a scene of the demo plays by itself, requests once, and a reset brings the first world back", async ({
  page,
  app,
}) => {
  const [aws] = scenes
  await openScene(page, app.url, aws)
  await hurry(page)
  await reach(page, dock(page).getByRole("button", { name: "Play" }))
  await page.keyboard.press("Enter")
  // Captions pass too fast to see each of them.
  await expectStep(page, aws.steps[3])
  const vpcId = (await page.getByRole("heading", { level: 1 }).textContent()) ?? ""
  await page.goto(`${app.url}/connections?q=${vpcId}`)
  await expect(page.getByRole("link", { name: vpcId, exact: true })).toHaveCount(1)

  await dock(page).getByRole("button", { name: "Reset the demo" }).click()
  await expect(dock(page).getByText("Choose a scene. It plays")).toBeVisible()
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible()
  await page.goto(`${app.url}/connections?q=${vpcId}`)
  await expect(page.getByRole("link", { name: vpcId, exact: true })).toHaveCount(0)
})

test("the demo's dock is accessible, shows the owner's page beside ours, and fits a narrow window", async ({
  page,
  app,
}) => {
  const sharePage = scenes[9]
  await page.goto(`${app.url}/?scene=${sharePage.id}`)
  await hurry(page)
  for (const step of sharePage.steps.slice(1, 3)) {
    await nextButton(page).click()
    await expectStep(page, step)
  }
  const owner = page.frameLocator('iframe[title="What the network\'s owner sees"]')
  await expect(owner.getByText("For the network owner")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.setViewportSize({ width: 320, height: 800 })
  await nextButton(page).click()
  await expectStep(page, sharePage.steps[3])
  await expect(owner.getByText("Available").first()).toBeVisible(patience)
  await dock(page).getByRole("button", { name: "Close the demo scenes" }).click()
  await expect(dock(page).getByRole("button", { name: "Demo scenes" })).toBeFocused()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test.describe("an installation that is no demo", () => {
  test.use({ isDemo: false })

  test("loads nothing of the demo's dock, also by a scene's link", async ({ page, app }) => {
    const loaded: string[] = []
    page.on("request", (request) => loaded.push(request.url()))
    await page.goto(`${app.url}/?scene=aws`)
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible()
    // The part that would load it is there.
    await page.getByRole("button", { name: /^Search/ }).click()
    await expect(page.getByRole("dialog")).toBeVisible()
    await expect(dock(page)).toHaveCount(0)
    expect(loaded.filter((url) => /DemoDock|api\/demo/.test(url))).toEqual([])
  })
})

test("the bar for selected connections stands above the dock", async ({ page, app }) => {
  for (const size of [
    { width: 1280, height: 720 },
    { width: 900, height: 640 },
  ]) {
    await page.setViewportSize(size)
    await page.goto(`${app.url}/connections`)
    await expect(dock(page)).toBeVisible()
    await expect(page.getByRole("table").getByRole("link").first()).toBeVisible()
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    const bar = page.getByRole("region", { name: "1 connection selected" })
    await expect(bar).toBeVisible()
    const covered = await bar.getByRole("button").evaluateAll(
      (buttons) =>
        buttons.filter((button) => {
          const { left, top, width, height } = button.getBoundingClientRect()
          const points = [1, height / 2, height - 1].map((y) =>
            document.elementFromPoint(left + width / 2, top + y),
          )
          return points.some((found) => !button.contains(found))
        }).length,
    )
    expect(covered).toBe(0)
  }
})
