import type { Locator, Page } from "@playwright/test"
import type { components } from "./api-types.d.ts"
import { expect, projects, test, waitUntilUsable } from "./scenario.ts"

declare global {
  interface Window {
    focusedTitles: string[]
  }
}

/** Notes each title that gets the focus: a screen reader reads it out. */
async function noteTitles(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.focusedTitles = []
    document.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLElement && target.tagName === "H1")
        window.focusedTitles.push(target.innerText)
    })
  })
}

const scrollTop = (page: Page) => page.evaluate(() => window.scrollY)

/** Returns whether the server has polled every cloud of every project that this person sees. */
async function knowsAll(page: Page, url: string): Promise<boolean> {
  const answer = await page.request.get(`${url}/api/overview`)
  const { projectCount, reads, unread } = (await answer.json()) as components["schemas"]["Overview"]
  return reads.projectCount === projectCount && unread.projects.every(({ watches }) => watches.length === 3)
}

const heading = (page: Page) => page.getByRole("heading", { level: 1 })

interface Way {
  name: string
  path: string
  /** The link that is followed, far enough down that the page is scrolled. */
  findLink: (page: Page) => Locator
  follow: (page: Page, link: Locator) => Promise<void>
}

const paymentsList = `/projects/${projects.payments}/connections`
const lastRow = (table: string) => (page: Page) =>
  page.getByRole("table", { name: table }).getByRole("row").last().getByRole("link").first()
const click = (_: Page, link: Locator) => link.click()

const ways: readonly Way[] = [
  {
    name: "a click on a name in a project's list",
    path: paymentsList,
    findLink: lastRow("Connections"),
    follow: click,
  },
  {
    name: "Enter in a project's list",
    path: paymentsList,
    findLink: lastRow("Connections"),
    follow: async (page, link) => {
      await link.focus()
      await page.keyboard.press("Enter")
    },
  },
  {
    name: "a click beside the name in a project's list",
    path: paymentsList,
    findLink: lastRow("Connections"),
    follow: async (_, link) => {
      const row = link.locator("xpath=ancestor::tr")
      const box = await row.boundingBox()
      await row.click({ position: { x: (box?.width ?? 0) / 2, y: 4 } })
    },
  },
  {
    name: "the list of all projects",
    path: "/connections",
    findLink: lastRow("Connections of all projects"),
    follow: click,
  },
  {
    name: "Overview",
    path: "/",
    findLink: (page) =>
      page.getByRole("region", { name: "For you" }).getByRole("listitem").last().getByRole("link"),
    follow: click,
  },
  { name: "the audit log", path: "/audit", findLink: lastRow("Audit log"), follow: click },
]

for (const { name, path, findLink, follow } of ways)
  test(`Back from a page that ${name} opened restores the focus and the scroll position`, async ({
    page,
    app,
  }) => {
    await page.setViewportSize({ width: 1440, height: 480 })
    await noteTitles(page)
    await page.goto(`${app.url}${path}`)
    // A list that still grows would move the page.
    await expect.poll(() => knowsAll(page, app.url)).toBe(true)
    await page.reload()
    const link = findLink(page)
    await expect(link).toBeVisible()
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await expect.poll(() => scrollTop(page)).toBeGreaterThan(100)
    await link.scrollIntoViewIfNeeded()
    const before = await scrollTop(page)
    const title = await heading(page).innerText()
    await follow(page, link)
    await expect(heading(page)).not.toHaveText(title)
    await expect(heading(page)).toBeFocused()
    await page.goBack()
    await expect(heading(page)).toHaveText(title)
    await expect(link).toBeFocused()
    await expect.poll(() => scrollTop(page)).toBe(before)
    // The title of the detail page alone was read out.
    expect(await page.evaluate(() => window.focusedTitles)).toHaveLength(1)
  })

test("Back focuses the title of a page that another way than one of its links led away from", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}${paymentsList}`)
  await waitUntilUsable(page)
  await expect(heading(page)).toHaveText("Connections")
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Containers" }).click()
  await expect(heading(page)).toHaveText("Containers")
  await page.goBack()
  await expect(heading(page)).toHaveText("Connections")
  await expect(heading(page)).toBeFocused()
})

test("a connection that loads slowly moves the focus once, to its own title, unless the person went on", async ({
  page,
  app,
}) => {
  await noteTitles(page)
  // The stream could bring the connection before the list does.
  await page.route("**/api/events**", () => {})
  const row = page.getByRole("region", { name: "For you" }).getByRole("listitem").first()
  let name = ""
  /** Opens a connection from Overview, whose list waits until the returned function is called. */
  const open = async () => {
    let disconnect = () => {}
    const held = new Promise<void>((resolve) => {
      disconnect = resolve
    })
    await page.route("**/api/projects/*/peerings", async (route) => {
      await held
      await route.continue()
    })
    await page.goto(`${app.url}/`)
    await waitUntilUsable(page)
    name = await row.getByRole("link").innerText()
    await row.getByRole("link").click()
    await expect(heading(page)).toHaveText("Connection")
    return disconnect
  }
  const disconnect = await open()
  await expect(heading(page)).not.toBeFocused()
  disconnect()
  await expect(heading(page)).toHaveText(name)
  await expect(heading(page)).toBeFocused()
  expect(await page.evaluate(() => window.focusedTitles)).toEqual([name])

  const letGoOn = await open()
  const search = page.getByRole("button", { name: "Search" })
  while (!(await search.evaluate((button) => button === document.activeElement)))
    await page.keyboard.press("Tab")
  letGoOn()
  await expect(heading(page)).toHaveText(name)
  await expect(search).toBeFocused()
})
