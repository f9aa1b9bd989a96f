import type { Page } from "@playwright/test"
import { expectAccessible, expectGoodInEveryView } from "./accessible.ts"
import { holdScripts, list, listDrawn, openDrawn } from "./drawn.ts"
import { takeLayoutShifts, watchLayoutShifts } from "./layout-shifts.ts"
import { expect, test, waitUntilUsable } from "./scenario.ts"

/** What does not come with the page: how it hears of changes (the stream, on Overview the list of a project), and the frame's counts. */
const comesLater = /^\/api\/(events|inbox|projects\/\w+\/peerings)(\?|$)/

/** Lists a page of each family that shares its scripts. */
async function listOfEachFamily(page: Page, url: string): Promise<string[]> {
  const connections = (await listDrawn(page, url)).filter((path) => path.startsWith(`${list}/`))
  return ["/", `${list}/new`, "/keys", "/address-space", ...connections.slice(0, 1), ...connections.slice(-2)]
}

async function takeLargeShifts(page: Page): Promise<unknown[]> {
  const { shifts } = await takeLayoutShifts(page)
  return shifts.filter(({ value }) => value >= 0.01)
}

for (const timezoneId of ["Asia/Tokyo", "America/New_York"])
  test.describe(`the time zone ${timezoneId}`, () => {
    test.use({ timezoneId })

    for (const width of [1280, 600, 412])
      test(`${width} pixels wide, the browser goes on with what the server drew and reads none of it again`, async ({
        page,
        app,
      }) => {
        await page.setViewportSize({ width, height: 900 })
        await watchLayoutShifts(page)
        // What changes meanwhile is read again.
        await page.route("**/api/events**", () => {})
        const asked: string[] = []
        page.on("request", (request) => {
          if (request.isNavigationRequest()) asked.splice(0)
          asked.push(request.url().replace(app.url, ""))
        })
        for (const path of await listDrawn(page, app.url)) {
          const openAndListReads = async () => {
            await openDrawn(page, `${app.url}${path}`)
            await waitUntilUsable(page)
            return asked.filter((url) => url.startsWith("/api/") && !comesLater.test(url))
          }
          const late = await openAndListReads()
          // On a busy machine what the page can do without may come too late for the document. The next time the server has it.
          if (late.length > 0) expect.soft(await openAndListReads(), `reads of ${path}`).toEqual([])
          expect.soft(await takeLargeShifts(page), `shifts of ${path}`).toEqual([])
        }
      })
  })

test.describe("a demo", () => {
  test.use({ isDemo: true })
  test("a page is drawn by the simulated time, and the browser goes on with it", async ({ page, app }) => {
    app.simulator.advance(3 * 24 * 60 * 60)
    for (const path of await listDrawn(page, app.url)) {
      await openDrawn(page, `${app.url}${path}`)
      await waitUntilUsable(page)
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    }
  })
})

test("a drawn page asks for at most 8 files and answers, code and activity for 9, and the frame's counts come later", async ({
  page,
  app,
}) => {
  const asked: string[] = []
  page.on("request", (request) => {
    if (request.isNavigationRequest()) asked.splice(0)
    if (!request.url().startsWith("data:")) asked.push(request.url().replace(app.url, ""))
  })
  for (const path of await listOfEachFamily(page, app.url)) {
    await openDrawn(page, `${app.url}${path}`)
    await expect.poll(() => asked, `what ${path} asks for`).toContain("/api/inbox")
    // Overview follows a project at once, other pages without its list do so with the counts.
    const later = path === "/" ? /^\/api\/inbox$/ : /^\/api\/(inbox|overview|projects\/\w+\/peerings)$/
    const first = asked.slice(
      0,
      asked.findIndex((url) => later.test(url)),
    )
    const most = /\/(activity|code)$/.test(path) ? 9 : 8
    expect.soft(first.length, `${path}: ${first.join(" ")}`).toBeLessThanOrEqual(most)
  }
})

test("a document that comes in small pieces moves nothing that was shown", async ({ page, app }) => {
  await page.setViewportSize({ width: 412, height: 900 })
  await watchLayoutShifts(page)
  await holdScripts(page)
  const session = await page.context().newCDPSession(page)
  await session.send("Network.enable")
  const slowTo = (downloadThroughput: number) =>
    session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput,
      uploadThroughput: -1,
    })
  for (const path of await listOfEachFamily(page, app.url)) {
    await openDrawn(page, `${app.url}${path}`)
    await slowTo(6_000)
    const answer = await page.goto(`${app.url}${path}`, { waitUntil: "commit" })
    await answer?.finished()
    await slowTo(-1)
    expect.soft(await takeLargeShifts(page), `shifts of ${path}`).toEqual([])
  }
})

test("the browser goes on with the elements that the server drew", async ({ page, app }) => {
  for (const path of await listDrawn(page, app.url)) {
    const release = await holdScripts(page)
    await openDrawn(page, `${app.url}${path}`)
    await page.locator("main h1").evaluate((title) => title.setAttribute("data-drawn", ""))
    release()
    await waitUntilUsable(page)
    await expect(page.locator("main h1[data-drawn]"), path).toHaveCount(1)
    await page.unrouteAll()
  }
})

test.describe("a browser without JavaScript", () => {
  test.use({ javaScriptEnabled: false })
  test("shows Overview and the lists, which say what they lack", async ({ page, app }) => {
    for (const path of await listDrawn(page, app.url)) {
      await openDrawn(page, `${app.url}${path}`)
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
      expect(await page.content()).toContain("<noscript><p>Without JavaScript, this page can be read only.")
    }
    await openDrawn(page, `${app.url}${list}`)
    await expect(page.getByRole("row")).toHaveCount(19)
  })
})

test("a page that the server drew is accessible before the script is there", async ({ page, app }) => {
  await holdScripts(page)
  for (const path of await listDrawn(page, app.url)) {
    await openDrawn(page, `${app.url}${path}`)
    await (path === list ? expectGoodInEveryView(page) : expectAccessible(page))
  }
})

test("a page of a build that was replaced loads again, once", async ({ page, app }) => {
  await page.route("**/assets/*.js", (route) => route.fulfill({ status: 404 }))
  const loads: string[] = []
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loads.push(request.url())
  })
  await openDrawn(page, `${app.url}/`)
  const before = loads.length
  await expect.poll(() => loads.length).toBe(before + 1)
  await page.waitForLoadState("networkidle")
  expect(loads).toHaveLength(before + 1)
})

test("a page shows ages by the server's clock where the browser's is hours wrong", async ({ page, app }) => {
  await page.clock.install({ time: Date.now() + 5 * 3_600_000 })
  await openDrawn(page, `${app.url}${list}`)
  await waitUntilUsable(page)
  await page.clock.runFor(11_000)
  await expect(page.getByText(/^Updated/)).toBeVisible()
  await expect(page.getByText(/^[45] h ago$/)).toHaveCount(0)
})
