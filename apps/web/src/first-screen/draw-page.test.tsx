import {
  apiUrls,
  approvalUrls,
  cloudUrls,
  type ApprovalDetail,
  type DrawnPage,
  type PageRequest,
  type Peering,
  type ProjectAddresses,
} from "@peering-desk/shared-schemas"
import { QueryObserver } from "@tanstack/react-query"
import { act } from "@testing-library/react"
import { delay, HttpResponse, http, type HttpHandler } from "msw"
import { hydrateRoot, type Root } from "react-dom/client"
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest"
import { createLiveUpdates } from "#api/peerings/live-updates.ts"
import { addressSpaceKey, addressSpaceQuery } from "#api/projects/address-space.ts"
import { createQueryClient } from "#api/query-client.ts"
import { noteSignedOut } from "#api/session-marks.ts"
import { FakeBrowser } from "#api/stream/testing-browser.ts"
import { App } from "#app/App.tsx"
import { makeRow } from "#features/audit/testing-rows.ts"
import { takePageData, type PageData } from "./page-data.ts"
import { makeApproval } from "#mock-bff/approval-samples.ts"
import { makeAccount, makeAccountList, makeWaiting } from "#mock-bff/cloud-accounts.ts"
import { answerAll } from "#mock-bff/all-connections.ts"
import { makeEntry, makeProject } from "#mock-bff/inventory-samples.ts"
import { answer, listOf, mockBff, signedOut } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { containers, inOneProject, makePeering, makeSession, now, projectId } from "#mock-bff/samples.ts"
import { pagePatterns } from "#shared/page-paths.ts"
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
    hasSession: true,
    isMac: false,
    lastProject: null,
    late: new Promise<void>(() => {}),
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

/** Overview follows the changes of a project by its list. */
const ofChanges = apiUrls.peerings(projectId)

const entries = [makeEntry("AWS", "a"), makeEntry("AZURE", "b", { status: "FAILED", turn: "failed" })]
const clouds = ["AWS", "GCP", "AZURE"] as const
const connection = (peering: Peering, view = "") => `${list}/${peering.id}${view}`
const accepted = { status: "AVAILABLE" }
const connections: Record<string, Peering> = {
  "that waits for its owner": makePeering("AWS"),
  "that works": makePeering("AWS", accepted),
  "that works in Google Cloud": makePeering("GCP", accepted),
  "that works in Azure": makePeering("AZURE", accepted),
  "that Atlas is creating": makePeering("AWS", { status: "INITIATING" }),
  "that failed": makePeering("AZURE", { status: "FAILED" }),
  "that Atlas is deleting": makePeering("AWS", { status: "TERMINATING" }),
  "of an unknown status": makePeering("AWS", { status: "PAUSED" }),
}
const space: ProjectAddresses = {
  project: { id: projectId, name: "payments-prod" },
  containers,
  peers: clouds.map((cloud) => makePeering(cloud).peer),
  privateIpMode: null,
  readAt: now,
  problem: null,
}
const detail: ApprovalDetail = { approval: makeApproval("a1"), check: null }
const kinds = { events: [], address: "olivia@example.com", addressProblem: null, canMail: true }
const noHandOffs = answer(`/api/projects/${projectId}/hand-offs`, { handOffs: [] })
const addresses = answer("/api/address-space", { projects: [space] })
const trail = answer("/api/audit", { rows: [makeRow(2), makeRow(1)], nextBefore: 1 })

const pages: Record<string, HttpHandler[]> = {
  "/": [],
  "/connections": [],
  "/connections/new": [],
  [list]: [],
  [`${list}?view=attention`]: [],
  [`${list}/new`]: [addresses],
  [connection(makePeering("AWS"), "/activity")]: [],
  [connection(makePeering("GCP"), "/code")]: [],
  [`${list}/1112222b3bf9940384000000`]: [],
  [`/projects/${projectId}/containers`]: [addresses],
  [`/projects/${projectId}/settings`]: [
    noHandOffs,
    answer(apiUrls.presets(projectId), { presets: [] }),
    answer(apiUrls.privateIpMode(projectId), { enabled: true }),
  ],
  "/address-space": [addresses],
  "/address-space?block=10.50.0.0/16": [addresses],
  "/address-space/blocks": [addresses],
  "/address-space/coverage": [],
  "/audit": [trail],
  "/audit?when=day&actor=nadia": [trail],
  "/audit?from=2026-11-20T10:00:00.000Z": [trail],
  "/audit/1": [answer(apiUrls.auditStory("1"), { rows: [makeRow(1)] })],
  "/keys": [answer(apiUrls.keys(), { keys: [], configurationProblem: null })],
  "/sessions": [answer("/api/sessions", { sessions: [] })],
  "/sessions?whose=everybody": [answer("/api/sessions", { sessions: [] })],
  "/tokens": [answer("/api/tokens", { tokens: [], defaultDays: 90, mostDays: 365, ownerDays: 30 })],
  "/cloud-accounts": [
    answer(cloudUrls.cloudAccounts(), makeAccountList([makeAccount("a"), makeWaiting("b")])),
  ],
  "/approvals": [],
  "/approvals?show=decided": [],
  "/approvals/policy": [],
  "/approvals/a1": [answer(approvalUrls.approval("a1"), detail), addresses],
  "/notifications": [],
  "/notifications/email": [answer(apiUrls.inboxMail(), kinds)],
  "/notifications/routes": [answer(apiUrls.notificationRoutes(), { routes: [], canMail: true })],
  "/notifications/messages": [answer(apiUrls.deliveries(), { deliveries: [] })],
}

/** Draws a page, takes it over, and returns what was read or drawn again, and whether it looks as before. */
async function takeOver(address: string) {
  const [path = "", search = ""] = address.split("?")
  const page = await drawWhole(path, { search })
  const { asked, again, before, place } = await hydrate(address, page)
  // Only the bar of the other width went, and forms come with the script.
  const shown = place.querySelector("main")?.cloneNode(true) as HTMLElement
  for (const form of shown.querySelectorAll("[role=tabpanel], aside")) form.remove()
  return {
    read: asked.filter((url) => url !== ofChanges),
    again,
    isAsBefore: before?.includes(shown.textContent),
    scripts: /<script|\son\w+=|<!--\$[?!]/.exec(page.html),
  }
}
const asItIs = { read: [], again: [], isAsBefore: true, scripts: null }

describe("a page that the server draws", () => {
  test.each(Object.entries(pages))(
    "%s is taken over by the browser as it is, and nothing of it is read again",
    async (address, handlers) => {
      mockBff.use(
        listOf(clouds.map((cloud) => makePeering(cloud))),
        ...answerAll(() => [makeProject({ peerings: entries })]),
        ...handlers,
      )
      expect(await takeOver(address)).toEqual(asItIs)
    },
  )

  test.each(Object.entries(connections))(
    "a connection %s is taken over by the browser as it is, and nothing of it is read again",
    async (_state, peering) => {
      mockBff.use(listOf([peering]))
      expect(await takeOver(connection(peering))).toEqual(asItIs)
    },
  )

  test.each(["viewer", "requester"] as const)(
    "a connection is taken over as a %s sees it, and nothing of it is read again",
    async (role) => {
      const peering = makePeering("AWS")
      mockBff.use(listOf([peering]), answer(apiUrls.session(), makeSession(inOneProject(role))))
      expect(await takeOver(connection(peering))).toEqual(asItIs)
    },
  )

  test("a connection is drawn without what takes too long, and the browser reads that alone", async () => {
    const peering = makePeering("AWS")
    mockBff.use(
      listOf([peering]),
      http.get(apiUrls.clusters(projectId), () => delay("infinite")),
    )
    const page = await drawWhole(connection(peering), { late: Promise.resolve() })
    const { asked, again } = await hydrate(connection(peering), page)
    expect(again).toEqual([])
    expect(asked).toContain(apiUrls.clusters(projectId))
    expect(asked).not.toContain(apiUrls.containers(projectId))
  })

  test.each([0, 10, 30])(
    "an answer that comes %i ms late, maybe while the page is drawn, changes nothing that the browser takes over",
    async (lateMs) => {
      const peering = makePeering("AWS", accepted)
      mockBff.use(
        listOf([peering]),
        http.get(apiUrls.clusters(projectId), async () => {
          await delay(lateMs)
          return HttpResponse.json({ clusters: [] })
        }),
      )
      const page = await drawWhole(connection(peering), { late: Promise.resolve() })
      const { again } = await hydrate(connection(peering), page)
      expect(again).toEqual([])
    },
  )

  test("a drawn page reads again what a change made out of date, also right after it was drawn", async () => {
    mockBff.use(listOf([makePeering("AWS")]), addresses)
    const { asked, client } = await hydrate(`${list}/new`, await drawWhole(`${list}/new`))
    expect(asked).not.toContain(apiUrls.addressSpace({ project: projectId }))
    await client.invalidateQueries({ queryKey: addressSpaceKey(), refetchType: "none" })
    const shown = new QueryObserver(client, addressSpaceQuery(projectId))
    onTestFinished(shown.subscribe(() => {}))
    expect(shown.getCurrentResult().isFetching).toBe(true)
  })

  test("the form of a new connection is drawn without the addresses of many networks, and the browser reads these alone", async () => {
    const peers = Array.from({ length: 300 }, (_, at) => ({ ...makePeering("AWS").peer, id: `peer-${at}` }))
    mockBff.use(answer("/api/address-space", { projects: [{ ...space, peers }] }))
    const { asked, again } = await hydrate(`${list}/new`, await drawWhole(`${list}/new`))
    expect(again).toEqual([])
    expect(asked).toContain(apiUrls.addressSpace({ project: projectId }))
    expect(asked).not.toContain(apiUrls.containers(projectId))
  })

  test("the sign-in page is taken over by the browser as it is, with a greeting to somebody who signed out here", async () => {
    mockBff.use(signedOut())
    noteSignedOut()
    const page = await drawWhole("/keys", { hasSession: false })
    const { asked, again, before, place } = await hydrate("/keys", page)
    expect([asked, again]).toEqual([[], []])
    expect(before).toContain("Continue with SSO")
    expect(place.querySelector("h1")?.textContent).toBe("You're signed out")
  })

  test("the page of a share link has nothing of the link, and opens it once the browser has taken it over", async () => {
    mockBff.use(http.get(apiUrls.openHandOff(), () => HttpResponse.error()))
    const page = await drawWhole("/hand-off", { hasSession: false })
    expect((JSON.parse(page.data) as PageData).queries).toEqual([])
    expect(page.html).toContain("This page needs JavaScript")
    const { asked, again, before } = await hydrate("/hand-off#secret", page)
    expect([asked, again]).toEqual([[apiUrls.openHandOff()], []])
    expect(before).toContain("Opening the link")
  })

  test("the addresses of all pages that the browser knows are among them", () => {
    const known = Object.values(pagePatterns)
    const drawn = known.filter((pattern) => isDrawn(pattern.replaceAll(/:\w+/g, "a")))
    expect(drawn).toEqual(known)
  })
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
  expect((JSON.parse(page.data) as PageData).queries.length).toBeGreaterThan(5)
  expect(page.html).not.toMatch(/<script|<img|<!--<script/)
  const { again } = await hydrate(list, page)
  expect(again).toEqual([])
  expect(document.querySelector("nav[aria-label=Breadcrumb]")?.textContent).toContain(name)
})

describe("a page that is left to the browser", () => {
  test.each(["/unknown", "/projects/x/y", "/hand-off/x", "/projects/%3Cb%3E/connections"])(
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
