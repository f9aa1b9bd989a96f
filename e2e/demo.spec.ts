import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { scenes } from "@peering-desk/demo-director/scenes"
import type { Locator, Page } from "@playwright/test"
import fc from "fast-check"
import { expectAccessible, expectGoodInEveryView, expectNoSidewaysScroll } from "./accessible.ts"
import { describeOthers, readStatuses, sceneEnds, type SceneEnd } from "./demo-scenes.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, test } from "./scenario.ts"

const policyFile = fileURLToPath(new URL("../tools/demo-approval-policy.json", import.meta.url))

test.use({
  isDemo: true,
  atlasScenario: "stage",
  approvalPolicy: JSON.parse(readFileSync(policyFile, "utf8")) as object,
  viewport: { width: 1280, height: 720 },
})

const sizes = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
]
const bar = (page: Page) => page.locator("[data-demo]").getByRole("region", { name: "Demo", exact: true })
const nextButton = (page: Page) => bar(page).getByRole("button", { name: "Next step" })
const spotlight = (page: Page) => page.locator("[data-demo] > :first-child")
/** Simulated clouds need their time, at twenty times the speed. */
const patience = { timeout: 60_000 }

/** Presses Shift+Tab until a part of the bar has the focus: from the start of a page it is the shorter way to its end. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press("Shift+Tab")
  }
  await expect(target).toBeFocused()
}

/** Chooses the fastest clock by keyboard. */
async function hurry(page: Page, url: string): Promise<void> {
  await page.goto(url)
  const speed = bar(page).getByRole("combobox", { name: "Speed of the simulated clouds" })
  await reach(page, speed)
  await page.keyboard.press("End")
  await expect(speed).toHaveValue("20")
}

function getSteps(id: string) {
  return scenes.find((scene) => scene.id === id)?.steps ?? []
}

async function expectCaption(page: Page, id: string, index: number): Promise<void> {
  const { title = "", caption = "" } = getSteps(id)[index] ?? {}
  // Without the count the scene is still on its way there, or goes back to it.
  const words = `${title} ${caption}${index + 1} of ${getSteps(id).length}`
  await expect(bar(page)).toContainText(words, patience)
  await expect(bar(page).getByRole("alert")).toHaveCount(0)
}

/** Expects the spotlight inside the window and above the bar, in both sizes of a projector. */
async function expectLit(page: Page): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    await expect(async () => {
      const [lit, of] = await Promise.all([spotlight(page).boundingBox(), bar(page).boundingBox()])
      expect(lit).not.toBeNull()
      expect(of).not.toBeNull()
      if (lit === null || of === null) return
      expect(of.height).toBe(64)
      expect(lit.x).toBeGreaterThanOrEqual(0)
      expect(lit.y).toBeGreaterThanOrEqual(0)
      expect(lit.x + lit.width).toBeLessThanOrEqual(size.width)
      expect(lit.y + lit.height).toBeLessThanOrEqual(of.y)
      // A part that is in sight by its edge alone is not.
      expect(Math.min(lit.width, lit.height)).toBeGreaterThan(24)
    }).toPass(patience)
  }
  await page.setViewportSize({ width: 1280, height: 720 })
}

interface Interruption {
  /** The caption at which it comes. */
  at: number
  by: "reload" | "elsewhere"
}

/** Leaves the scene by a link of the page; Next leads back to its caption, or to the next one where that is there. */
async function leaveAndComeBack(page: Page): Promise<void> {
  const inSidebar = page
    .getByRole("navigation", { name: "Pages" })
    .getByRole("link", { name: /^Address space/ })
  const above = page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link").first()
  await ((await inSidebar.isVisible()) ? inSidebar : above).click()
  await reach(page, nextButton(page))
  await page.keyboard.press("ArrowRight")
  await expect(bar(page).locator("[aria-busy]")).toHaveAttribute("aria-busy", "false", patience)
}

/** Plays a scene from its link to its end by keyboard. */
async function play(page: Page, url: string, { id }: SceneEnd, interruption: Interruption): Promise<void> {
  const { length } = getSteps(id)
  await page.goto(`${url}/?scene=${id}`)
  for (let index = 0; index < length; index += 1) {
    await expectCaption(page, id, index)
    await expectLit(page)
    if (interruption.at === index && interruption.by === "reload") {
      await page.reload()
      await expectCaption(page, id, index)
    }
    if (index === length - 1) break
    if (interruption.at === index && interruption.by === "elsewhere") {
      await leaveAndComeBack(page)
      if (!((await bar(page).textContent()) ?? "").includes(`${index + 1} of ${length}`)) continue
    }
    await reach(page, nextButton(page))
    await page.keyboard.press("ArrowRight")
  }
}

async function expectEnd(page: Page, app: RunningApp, { id, statuses, says }: SceneEnd): Promise<void> {
  await expect(page.getByRole("main").getByText(says).filter({ visible: true }).first()).toBeVisible(patience)
  // Atlas may still be on its way there.
  await expect.poll(() => readStatuses(app, id), patience).toEqual(statuses)
}

const seed = Number(process.env["E2E_SEED"])
const [order = []] = fc.sample(fc.shuffledSubarray([...sceneEnds], { minLength: sceneEnds.length }), {
  seed,
  numRuns: 1,
})

// A few in each world, so that each follows others, and no test takes long.
for (const part of [0, 1, 2, 3]) {
  const some = order.filter((_scene, index) => index % 4 === part)
  test(`scenes of the demo end the same in any order, over a reload, and light what captions are about: part ${part + 1} of 4`, async ({
    page,
    app,
  }) => {
    // E2E_SEED repeats the order.
    process.stdout.write(`E2E_SEED=${seed}: ${some.map(({ id }) => id).join(", ")}\n`)
    // What the seeded projects still wait for is over.
    app.simulator.advance(600)
    await hurry(page, app.url)
    const [first] = some
    const again = first === undefined ? [] : [first]
    for (const [index, scene] of [...some, ...again].entries()) {
      const others = describeOthers(app, scene.id)
      const at = (seed + index) % (getSteps(scene.id).length - 1)
      await play(page, app.url, scene, { at, by: index === 1 ? "elsewhere" : "reload" })
      await expectEnd(page, app, scene)
      expect(describeOthers(app, scene.id)).toBe(others)
    }
  })
}

test("the demo plays from its title card to its end card without a hand", async ({ page, app }) => {
  // Reading takes most of the demo's time. In this test the director's pauses for it are short.
  await page.addInitScript(() => {
    const wait = window.setTimeout.bind(window)
    const isReading = (ms: number) => ms >= 2_000 && new Error().stack?.includes("/demo/director.js") === true
    Object.assign(window, {
      setTimeout: (then: () => void, ms = 0) => wait(then, isReading(ms) ? 100 : ms),
    })
  })
  await hurry(page, app.url)
  await page.goto(`${app.url}/?scene=play`)
  await expect(page.getByRole("heading", { name: "Orders reads Ledger" })).toBeVisible({ timeout: 170_000 })
  const figures = page.locator("[data-demo] dl")
  await expect(figures).toContainText(/\d+ s.*from form to every stop proven|from form to every stop proven/)
  await expect(figures).toContainText("refusals avoided")
  await expect(figures).toContainText(/hash chain verified/)
  await expect(bar(page).getByRole("button", { name: "Play again" })).toBeVisible()
  await expectGoodInEveryView(page)
})

test("the demo's bar, menu and owner's page are accessible in every view", async ({ page, app }) => {
  await hurry(page, app.url)
  await page.goto(`${app.url}/?scene=play`)
  await expect(page.getByRole("heading", { name: "Orders service → Ledger cluster" })).toBeVisible()
  await bar(page).getByRole("button", { name: "Pause" }).click()
  await expectGoodInEveryView(page)
  await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" })
  await page.goto(`${app.url}/?scene=owner-page`)
  await expectCaption(page, "owner-page", 0)
  await expectLit(page)
  await page.emulateMedia({ reducedMotion: null, forcedColors: null })
  await expectGoodInEveryView(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await nextButton(page).click()
  await expectCaption(page, "owner-page", 1)
  await expect.poll(async () => (await spotlight(page).boundingBox())?.height ?? 0).toBeGreaterThan(24)
  await expectNoSidewaysScroll(page)
  await nextButton(page).click()
  await expectCaption(page, "owner-page", 2)
  const isAboveOwnersPage = () => {
    const parts = [...document.querySelectorAll("[data-demo] > :first-child, [data-demo] iframe")]
    const [lit, frame] = parts.map((part) => part.getBoundingClientRect())
    return lit && frame && lit.height > 24 && lit.bottom <= frame.top
  }
  await expect.poll(() => page.evaluate(isAboveOwnersPage)).toBe(true)
  await bar(page).getByRole("button", { name: "Scenes" }).click()
  await expectAccessible(page)
  await page.keyboard.press("Escape")
  await bar(page).getByRole("button", { name: "Close the demo" }).click()
  await expect(bar(page).getByRole("button", { name: "Demo" })).toBeFocused()
  await expectNoSidewaysScroll(page)
})

test.describe("an installation that is no demo", () => {
  test.use({ isDemo: false })

  test("loads nothing of the demo, also by a scene's link", async ({ page, app }) => {
    const loaded: string[] = []
    page.on("request", (request) => loaded.push(request.url()))
    await page.goto(`${app.url}/?scene=audit`)
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible()
    await page.getByRole("button", { name: /^Search/ }).click()
    await expect(page.getByRole("dialog")).toBeVisible()
    await expect(bar(page)).toHaveCount(0)
    expect(loaded.filter((url) => new URL(url).pathname.startsWith("/demo"))).toEqual([])
  })
})

test("the bar for selected connections stands above the demo's bar", async ({ page, app }) => {
  for (const size of [
    { width: 1280, height: 720 },
    { width: 900, height: 640 },
  ]) {
    await page.setViewportSize(size)
    await page.goto(`${app.url}/connections`)
    await expect(bar(page)).toBeVisible()
    await expect(page.getByRole("table").getByRole("link").first()).toBeVisible()
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    const selected = page.getByRole("region", { name: "1 connection selected" })
    await expect(selected).toBeVisible()
    const covered = await selected.getByRole("button").evaluateAll(
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
