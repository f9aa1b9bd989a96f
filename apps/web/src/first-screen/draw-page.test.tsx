import { apiUrls, type DrawnPage, type PageRequest } from "@peering-desk/shared-schemas"
import { act } from "@testing-library/react"
import { HttpResponse, http } from "msw"
import { hydrateRoot, type Root } from "react-dom/client"
import { afterEach, describe, expect, test, vi } from "vitest"
import { createLiveUpdates } from "#api/peerings/live-updates.ts"
import { createQueryClient } from "#api/query-client.ts"
import { noteSignedIn } from "#api/session-marks.ts"
import { FakeBrowser } from "#api/stream/testing-browser.ts"
import { App } from "#app/App.tsx"
import { takePageData, type PageData } from "./page-data.ts"
import { makeEntry, makeOverview, makeProject } from "#mock-bff/inventory-samples.ts"
import { answer, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, now, projectId } from "#mock-bff/samples.ts"
import { setFirstRender } from "#ui/first-render.ts"
import { beginClockAt, setClockAhead } from "#ui/time/now.ts"
import { drawPage, isDrawn } from "./draw-page.tsx"

useMockBff()

const list = `/projects/${projectId}/connections`
let root: Root | undefined

afterEach(() => {
  act(() => root?.unmount())
  root = undefined
  setFirstRender(() => null)
  // Ends the time of the drawn page. Other tests of the process read the clock.
  setClockAhead(0)
  document.body.replaceChildren()
})

function draw(path: string, request: Partial<PageRequest> = {}): Promise<DrawnPage | null> {
  return drawPage({
    path,
    search: "",
    now: Date.parse(now),
    isSimulated: false,
    timeZone: "Asia/Tokyo",
    isMac: false,
    lastProject: null,
    async read(url) {
      const answer = await fetch(url)
      return { status: answer.status, etag: answer.headers.get("etag"), text: await answer.text() }
    },
    ...request,
  })
}

async function drawWhole(path: string, request: Partial<PageRequest> = {}): Promise<DrawnPage> {
  const page = await draw(path, request)
  if (page === null) throw new Error(`${path} was left to the browser`)
  return page
}

/** Takes a drawn page over, as the browser does, and returns what was asked and what was drawn again. */
async function hydrate(path: string, { html, data }: DrawnPage) {
  history.replaceState(null, "", path)
  noteSignedIn(true)
  document.body.innerHTML = `<div id="root">${html}</div>`
  const asked: string[] = []
  mockBff.events.on(
    "request:start",
    ({ request }) => void asked.push(request.url.replace(location.origin, "")),
  )
  const again: unknown[] = []
  // React says here which attributes differ. The server's renderer is another one of the same process.
  const said = vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => {
    if (!String(words[0]).startsWith("Detected multiple renderers")) again.push(words)
  })
  const client = createQueryClient()
  const pageData = JSON.parse(data) as PageData
  takePageData(client, pageData, Date.now())
  setFirstRender(() => pageData.first)
  beginClockAt(pageData.first.now)
  const place = document.querySelector<HTMLElement>("#root")
  if (place === null) throw new Error("No root")
  const before = place.textContent
  await act(async () => {
    const app = <App queryClient={client} live={createLiveUpdates(client, new FakeBrowser().tab())} />
    root = hydrateRoot(place, app, { onRecoverableError: (error) => again.push(error) })
    await Promise.resolve()
  })
  mockBff.events.removeAllListeners()
  said.mockRestore()
  return { asked, again, before, place, client }
}

/** The reads of the frame once the page is there: for its counts, and the list of the project that it follows. */
const ofFrame = [apiUrls.inbox(), apiUrls.overview(), apiUrls.peerings(projectId)]

const entries = [makeEntry("AWS", "a"), makeEntry("AZURE", "b", { status: "FAILED", turn: "failed" })]
const connections = ["AWS", "GCP", "AZURE"] as const

describe("a page that the server draws", () => {
  test.each(["/", "/connections", list, `${list}?view=attention`])(
    "%s is taken over by the browser as it is, and nothing of it is read again",
    async (address) => {
      mockBff.use(
        listOf(connections.map((cloud) => makePeering(cloud))),
        answer(apiUrls.inventory(), { projects: [makeProject({ peerings: entries })], timesInState: [] }),
        answer(apiUrls.overview(), makeOverview([makeProject({ peerings: entries })])),
      )
      const [path = "", search = ""] = address.split("?")
      const page = await drawWhole(path, { search })
      expect(page.html).not.toMatch(/<script|\sstyle=|\son\w+=/)
      const { asked, again, before, place } = await hydrate(address, page)
      expect(again).toEqual([])
      expect(asked.filter((url) => !ofFrame.includes(url))).toEqual([])
      // Only the bar of the other width went.
      expect(before).toContain(place.querySelector("main")?.textContent)
    },
  )
})

test.each([
  ["that ends a script", "</script><script>alert(1)</script>"],
  ["that begins a comment", "<!--<script>"],
  ["of line separators", "\u2028\u2029"],
  ["that turns the text round", "\u202Eevil\u202C"],
  ["of 10,000 characters", "n".repeat(10_000)],
  ["with quotes", `"'><img src=x onerror=alert(1)>`],
])("a name %s is shown as it is, and ends no element", async (_what, name) => {
  mockBff.use(
    http.get(apiUrls.projects(), () => HttpResponse.json({ projects: [{ id: projectId, name }] })),
    listOf([makePeering("AWS")]),
  )
  const page = await drawWhole(list)
  expect(page.data).not.toContain("<")
  expect((JSON.parse(page.data) as PageData).state.queries.length).toBeGreaterThan(5)
  expect(page.html).not.toMatch(/<script|<img|<!--<script/)
  const { again } = await hydrate(list, page)
  expect(again).toEqual([])
  expect(document.querySelector("nav[aria-label=Breadcrumb]")?.textContent).toContain(name)
})

describe("a page that is left to the browser", () => {
  test.each(["/audit", "/projects/x/y", `${list}/new`, "/hand-off", "/projects/%3Cb%3E/connections"])(
    "may be at %s",
    (path) => {
      expect(isDrawn(path)).toBe(false)
    },
  )

  test("has a read that fails", async () => {
    mockBff.use(http.get(apiUrls.containers(projectId), () => HttpResponse.json({}, { status: 503 })))
    expect(await draw(list)).toBeNull()
  })

  test("has more than 64 KB of data", async () => {
    const many = Array.from({ length: 200 }, () => makePeering("AWS"))
    mockBff.use(listOf(many))
    expect(await draw(list)).toBeNull()
  })
})

test("two pages that are drawn at the same time each show the time zone and the data of their person", async () => {
  const read = (name: string) => async (url: string) => {
    const answer = await fetch(url)
    const text = await answer.text()
    return { status: 200, etag: `"${name}"`, text: text.replaceAll("payments-prod", name) }
  }
  mockBff.use(listOf([makePeering("AWS")]))
  const pages = await Promise.all([
    drawWhole(list, { timeZone: "Asia/Tokyo", read: read("first-project") }),
    drawWhole(list, { timeZone: "America/New_York", read: read("second-project") }),
  ])
  expect(pages.map(({ title }) => title)).toEqual([
    "Connections in first-project · Peering Desk",
    "Connections in second-project · Peering Desk",
  ])
  expect(pages[0]?.html).not.toContain("second-project")
  expect(pages[1]?.html).not.toContain("first-project")
  expect(pages.map(({ data }) => (JSON.parse(data) as PageData).marks.map(([, etag]) => etag))).toEqual([
    ['"first-project"'],
    ['"second-project"'],
  ])
})
