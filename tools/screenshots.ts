import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { browserCookies } from "@peering-desk/shared-schemas"
import type { BrowserContext, Page } from "@playwright/test"
import { launchChromium } from "./lab/bench/browser.ts"
import { openDemoContext, startScreenshotDemo } from "./screenshot-demo.ts"
import type { Shot } from "./screenshot-shot.ts"
import { listShots } from "./screenshot-shots.ts"
import { makeStill } from "./screenshot-still.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const folder = join(root, ".screenshots")
const sizes = [
  [1440, 900],
  [1280, 720],
  [768, 1024],
  [390, 844],
  [320, 640],
] as const
const schemes = ["light", "dark"] as const
const help = `Draws every page and state at ${sizes.map(([width]) => width).join(", ")} px, light and dark, and at the first width in forced colours, into
.screenshots/. Lists and the audit log are drawn as printed too.

  --only TEXT   only those whose name contains the text
  --docs        also refresh the pictures in docs/screenshots
  --still       ids, times and ages the same in each run, to compare the pictures of two versions
  --help

It builds and starts a demo with its own data and ports. It fails when a page cannot be reached or is wider than its window.
`

const { values: flags } = parseArgs({
  options: {
    only: { type: "string" },
    docs: { type: "boolean" },
    still: { type: "boolean" },
    help: { type: "boolean" },
  },
})
if (flags.help === true) {
  process.stdout.write(help)
  process.exit(0)
}
if (flags.still === true && flags.docs === true) {
  process.stderr.write("The pictures in docs/screenshots have real times: leave out --still.\n")
  process.exit(1)
}
if (flags.only === undefined) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const wide: string[] = []
const unreached: string[] = []
const demo = await startScreenshotDemo()
const chosen = listShots(demo).filter(({ name }) => name.includes(flags.only ?? ""))
const browser = await launchChromium()
try {
  const contexts = new Map<string, BrowserContext>()
  for (const shot of chosen) {
    const person = shot.person === undefined ? "Olivia Marsh" : shot.person
    const known = shot.isAlone === true ? undefined : contexts.get(String(person))
    const context = known ?? (await openDemoContext(browser, demo.url, person))
    if (shot.isAlone !== true) contexts.set(String(person), context)
    await draw(shot, context)
  }
} finally {
  await browser.close()
  await demo.stop()
}
report("wider than the window", wide)
report("not reached", unreached)
process.stdout.write(`\n${chosen.length} pages and states in ${folder}\n`)
process.exit(wide.length + unreached.length === 0 ? 0 : 1)

/** Reaches one state and draws it at each width in both colour schemes. */
async function draw(shot: Shot, context: BrowserContext): Promise<void> {
  process.stdout.write(`── ${shot.name}\n`)
  const page = await context.newPage()
  try {
    const path = typeof shot.path === "string" ? shot.path : await shot.path(page)
    if (shot.before !== undefined) {
      // Only what the browser reads can be answered otherwise, and the server draws no page without a time zone that it knows.
      await context.addCookies([
        { name: browserCookies.timeZone, value: "none", url: demo.url, httpOnly: true },
      ])
      await shot.before(page)
    }
    await page.goto(`${demo.url}${path}`)
    if (shot.isLoading === true) await page.locator("h1").first().waitFor()
    else await untilQuiet(page)
    await shot.reach?.(page)
    if (shot.isLoading !== true) await untilQuiet(page)
  } catch (error) {
    unreached.push(`${shot.name}: ${String(error).split("\n", 1)[0]}`)
  }
  for (const [width, height] of sizes) {
    for (const colorScheme of schemes) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await takePicture(page, join(folder, `${shot.name}-${width}-${colorScheme}.png`))
      const [inside, window] = (await page.evaluate(
        "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]",
      )) as [number, number]
      if (inside > window && colorScheme === "light") wide.push(`${shot.name}: ${inside} in ${window} px`)
      if (flags.docs === true && shot.docs !== undefined && width === 1440 && colorScheme === "light")
        await page.screenshot({ path: join(root, "docs/screenshots", `${shot.docs}.png`) })
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" })
  await takePicture(page, join(folder, `${shot.name}-forced.png`))
  if (shot.isPrinted === true) {
    // As wide as a page of A4 without its margins.
    await page.setViewportSize({ width: 720, height: 1000 })
    await page.emulateMedia({ forcedColors: "none", media: "print" })
    await takePicture(page, join(folder, `${shot.name}-print.png`))
  }
  await page.close()
  await context.clearCookies({ name: browserCookies.timeZone })
}

/** Draws a page once it has the height that its width needs, which takes two frames. */
async function takePicture(page: Page, path: string): Promise<void> {
  await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
  if (flags.still === true) await makeStill(page)
  await page.screenshot({ path, fullPage: true })
}

/** Waits until nothing is being loaded: no request that is not the event stream, and no placeholder. */
async function untilQuiet(page: Page): Promise<void> {
  await page.waitForLoadState("load")
  await page.locator("h1").first().waitFor()
  await page.locator("[aria-busy=true], .shell-wait").first().waitFor({ state: "hidden" })
  await page.waitForTimeout(400)
}

function report(what: string, found: string[]): void {
  if (found.length > 0) process.stderr.write(`\n${what}:\n${found.map((line) => `  ${line}\n`).join("")}`)
}
