import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http } from "msw"
import { describe, expect, test } from "vitest"
import { analytics, makeEntry, makeProject } from "#mock-bff/inventory-samples.ts"
import { answerAll } from "#mock-bff/all-connections.ts"
import { answer, mockBff, refuse, unreachable } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeList, makePeering, makeWatch, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { listRows, openList } from "./testing-list.ts"

useMockBff()

const waiting = { status: "PENDING_ACCEPTANCE", turn: "you" }
const thousand = Array.from({ length: 1000 }, (_, index) =>
  makeEntry("AWS", `peer-${index}`, { label: `net ${index}`, ...(index === 700 && waiting) }),
)
const findTable = () => screen.findByRole("table", { name: "Connections of all projects", busy: false })
const views = () => within(screen.getByRole("navigation", { name: "Views" }))

/** Follows which rows' elements, texts or attributes are changed, and which are put in, moved or taken out. */
function noteTouchedRows(): Set<Element> {
  const touched = new Set<Element>()
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes, removedNodes } of records)
      for (const node of [target, ...addedNodes, ...removedNodes]) {
        const row = (node instanceof Element ? node : node.parentElement)?.closest("tbody tr")
        if (row != null) touched.add(row)
      }
  })
  const everything = { subtree: true, childList: true, characterData: true, attributes: true }
  observer.observe(screen.getByRole("table", { name: /^Connections/ }), everything)
  return touched
}

describe("The list of all projects", () => {
  test("shows fifty of a thousand connections, the ones with something to do first", async () => {
    const { user } = openList([makeProject({ peerings: thousand })])
    await findTable()
    await waitFor(() => expect(listRows()).toHaveLength(50))
    expect(listRows()[0]).toHaveTextContent("net 700")
    await user.click(screen.getByRole("button", { name: "Show more" }))
    expect(await screen.findByText("1 to 100 of 1,000 connections")).toBeVisible()
    expect(new Set(listRows().map(({ dataset }) => dataset["key"])).size).toBe(100)
  })

  test("keeps the focus in its foot while it draws more rows, also after the last ones", async () => {
    const { user } = openList([makeProject({ peerings: thousand.slice(0, 120) })])
    await findTable()
    const more = await screen.findByRole("button", { name: "Show more" })
    await user.click(more)
    const foot = (await screen.findByText("1 to 100 of 120 connections")).parentElement
    expect(more).toHaveFocus()
    await user.keyboard("{Enter}")
    expect(await screen.findByText("1 to 120 of 120 connections")).toBeVisible()
    await waitFor(() => expect(foot).toHaveFocus())
  })

  test("keeps its rows and says why when the next ones can't be read", async () => {
    const { user } = openList([makeProject({ peerings: thousand.slice(0, 60) })])
    await findTable()
    mockBff.use(refuse(apiUrls.connections(), "internal_error", { status: 500 }))
    await user.click(await screen.findByRole("button", { name: "Show more" }))
    expect(await screen.findByRole("alert")).toHaveTextContent("Can't load more: ")
    expect(screen.queryByText(/req-1234/)).toBeNull()
    expect(listRows()).toHaveLength(50)
  })

  test("keeps its filters and has no rows to come while they can't be read", async () => {
    const all = () => answerAll(() => [makeProject({ peerings: thousand.slice(0, 3) })])
    mockBff.use(...all())
    mockBff.use(unreachable(apiUrls.connections()))
    const { user } = openApp(pagePaths.allConnections())
    expect(await screen.findByText("Can't reach the server")).toBeVisible()
    expect(screen.getByRole("searchbox")).toBeVisible()
    expect(screen.queryByRole("table")).toBeNull()
    expect(screen.queryByText(/Loading connections|Still waiting/)).toBeNull()
    mockBff.use(...all())
    await user.click(screen.getByRole("button", { name: "Try again" }))
    expect(await screen.findByText("1 to 3 of 3 connections")).toBeVisible()
  })

  test("shows failed connections after those that wait, and before an unknown status", async () => {
    openList([
      makeProject({
        peerings: [
          makeEntry("AWS", "a", { label: "works" }),
          makeEntry("AWS", "b", { label: "unknown", status: "PAUSED", turn: "unknown" }),
          makeEntry("AWS", "c", { label: "failed", status: "FAILED", turn: "failed" }),
          makeEntry("AWS", "d", { label: "in progress", status: "INITIATING", turn: "atlas" }),
          makeEntry("AWS", "e", { label: "waits", ...waiting }),
        ],
      }),
    ])
    await findTable()
    const names = screen.getAllByRole("rowheader").map((cell) => within(cell).getByRole("link").textContent)
    expect(names).toEqual(["waits", "failed", "unknown", "in progress", "works"])
  })

  test("shows a declined request first, as declined and not as waiting", async () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Wrong account", for: null }
    openList([
      makeProject({
        peerings: [
          makeEntry("AWS", "a", { label: "waits", ...waiting }),
          makeEntry("AWS", "b", { label: "declined", ...waiting, declined }),
          makeEntry("AWS", "c", { label: "works", declined }),
        ],
      }),
    ])
    await findTable()
    const [first, second, third] = listRows()
    expect(first).toHaveTextContent(/^declined.*Declined by owner/)
    expect(second).toHaveTextContent(/^waits.*Accept in AWS/)
    expect(third).toHaveTextContent(/^works.*Available/)
  })

  test("shows what is broken in AWS in the place of Available, after what was declined", async () => {
    const broken = {
      since: "2026-11-24T10:05:00.000Z",
      stop: "route",
      says: "rtb-0a17 has no route for 192.168.248.0/21.",
    }
    openList([
      makeProject({
        peerings: [
          makeEntry("AWS", "a", { label: "works" }),
          makeEntry("AWS", "b", { label: "waits", ...waiting, broken }),
          makeEntry("AWS", "c", { label: "broken", broken }),
        ],
      }),
    ])
    await findTable()
    const [first, second, third] = listRows()
    expect(first).toHaveTextContent(/^broken.*Route missing in AWSrtb-0a17 has no route/)
    expect(second).toHaveTextContent(/^waits.*Accept in AWS/)
    expect(third).toHaveTextContent(/^works.*Available/)
  })

  test("counts its views and its summary by what the search finds", async () => {
    const { user } = openList([
      makeProject({
        peerings: [
          makeEntry("AWS", "a", { label: "ledger", ...waiting, createdByKey: "key of Olivia Novak" }),
          makeEntry("AWS", "b", { label: "ledger-old" }),
          makeEntry("AWS", "c", { label: "orders", ...waiting }),
        ],
      }),
    ])
    await findTable()
    expect(views().getByRole("link", { name: "Needs attention 2" })).toBeVisible()
    await user.type(screen.getByRole("searchbox"), "ledger")
    await waitFor(() => expect(listRows()).toHaveLength(2))
    expect(screen.getByText("2 connections")).toBeVisible()
    expect(views().getByRole("link", { name: "All 2" })).toHaveAttribute("aria-current", "page")
    await user.click(views().getByRole("link", { name: "Needs attention 1" }))
    await waitFor(() => expect(listRows()).toHaveLength(1))
    expect(location.search).toBe("?view=attention&q=ledger")
    await user.click(views().getByRole("link", { name: "Requested by me 1" }))
    await waitFor(() => expect(location.search).toBe("?view=mine&q=ledger"))
    expect(listRows()).toHaveLength(1)
  })

  test("opens with the search, the filters and the order of its address", async () => {
    openList(
      [
        makeProject({ peerings: [makeEntry("AWS", "a"), makeEntry("GCP", "g", { label: "data" })] }),
        makeProject({ project: analytics, peerings: [makeEntry("GCP", "h", { label: "other" })] }),
      ],
      { search: `?cloud=GCP&project=${projectId}&sort=name&dir=desc` },
    )
    await findTable()
    expect(listRows()).toHaveLength(1)
    expect(listRows()[0]).toHaveTextContent("data")
    expect(screen.getByRole("combobox", { name: "Cloud" })).toHaveValue("GCP")
    expect(screen.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending")
  })

  test("sorts by a column, and the other way round on a second press", async () => {
    const { user } = openList([
      makeProject({
        peerings: [makeEntry("AWS", "b", { label: "b" }), makeEntry("AWS", "a", { label: "a" })],
      }),
    ])
    await findTable()
    const names = () =>
      screen.getAllByRole("rowheader").map((cell) => within(cell).getByRole("link").textContent)
    await user.click(screen.getByRole("button", { name: "Name" }))
    await waitFor(() => expect(names()).toEqual(["a", "b"]))
    await user.click(screen.getByRole("button", { name: "Name" }))
    await waitFor(() => expect(names()).toEqual(["b", "a"]))
    expect(location.search).toBe("?sort=name&dir=desc")
  })

  test("shows a state that began before the first poll as a least age, never as a time of day", async () => {
    openList([
      makeProject({
        // Its id was created on 24 November at 08:00; it was first seen waiting at 10:00.
        peerings: [
          makeEntry("AWS", "692410800000000000000000", {
            ...waiting,
            statusSince: "2026-11-24T10:00:00.000Z",
            statusSinceSeen: false,
          }),
        ],
      }),
    ])
    await findTable()
    const [row] = listRows()
    expect(row).toHaveTextContent("at least 7 min")
    expect(row).not.toHaveTextContent("before")
    expect(within(row!).getByTitle(/^First observed 24 Nov/)).toBeVisible()
  })

  test("says when a step at Atlas takes longer than nine of ten did here", async () => {
    openList(
      [
        makeProject({
          peerings: [makeEntry("AWS", "a", { status: "FINALIZING", turn: "atlas" }), makeEntry("AWS", "b")],
        }),
      ],
      {
        timesInState: [
          { providerName: "AWS", status: "FINALIZING", count: 20, p50Ms: 60_000, p90Ms: 90_000 },
        ],
      },
    )
    expect(await screen.findByText("slower than usual")).toBeVisible()
    expect(screen.getByTitle("Median 1 min, p90 1 min, 20 samples")).toBeVisible()
  })

  test("reads a change of the chosen project's stream at once, and nothing after a poll without a change", async () => {
    let reads = 0
    const entries = [makeEntry("AWS", "1112222b3bf99403840e8934", waiting)]
    mockBff.use(
      http.get(apiUrls.connections(), () => {
        reads += 1
      }),
      ...answerAll(() => [makeProject({ peerings: entries })]),
    )
    const { openStream, send, browser } = openApp(`${pagePaths.allConnections()}?project=${projectId}`)
    await findTable()
    await openStream()
    expect(browser.openSources.map(({ url }) => url)).toEqual([
      apiUrls.events({ projects: `${projectId}@${makeList([]).lastEventId}` }),
    ])
    send({ event: "watch", data: makeWatch("AWS", { checkedAt: "2026-11-24T10:07:05.000Z" }) })
    const before = reads
    entries[0] = makeEntry("AWS", "1112222b3bf99403840e8934")
    send({ event: "peering", data: makePeering("AWS", { status: "AVAILABLE" }) })
    await waitFor(() => expect(listRows()[0]).toHaveTextContent("Available"))
    expect(reads).toBe(before + 1)
  })

  test.each([
    ["where it is", "&sort=name", 20],
    ["and moves it to the top", "", 999],
  ])(
    "draws one changed connection of a thousand again %s, and touches no other row",
    async (_, search, changed) => {
      let entries = thousand.filter(({ turn }) => turn !== "you")
      mockBff.use(...answerAll(() => [makeProject({ peerings: entries })]))
      const { openStream, send } = openApp(`${pagePaths.allConnections()}?project=${projectId}${search}`)
      await findTable()
      await waitFor(() => expect(listRows()).toHaveLength(50))
      await openStream()
      const touched = noteTouchedRows()
      entries = entries.map((one) =>
        one.label === `net ${changed}` ? makeEntry("AWS", one.id, { label: one.label, ...waiting }) : one,
      )
      send({ event: "peering", data: makePeering("AWS", { status: "AVAILABLE" }) })
      const state = await within(screen.getByRole("table", { name: /^Connections/ })).findByText(
        "Accept in AWS",
      )
      const row = state.closest("tr")
      expect(row).toHaveTextContent(`net ${changed}`)
      expect([...touched].filter((one) => one.isConnected)).toEqual([row])
    },
  )

  test("clears a filter that nothing fits, also one of an unknown project, and keeps the focus", async () => {
    const { user } = openList([makeProject({ peerings: [makeEntry("AWS", "a")] })], {
      search: "?q=10.99.0.0/16&project=none&sort=name",
    })
    expect(await screen.findByText("No connection matches “10.99.0.0/16”")).toBeVisible()
    await user.click(screen.getAllByRole("button", { name: "Clear filters" }).at(-1)!)
    await waitFor(() => expect(listRows()).toHaveLength(1))
    expect(location.search).toBe("?sort=name")
    expect(screen.getByRole("heading", { level: 1 })).toHaveFocus()
  })

  test("lists the deleted connections of 90 days by their status", async () => {
    const { peer, raw } = makePeering("AWS")
    mockBff.use(
      answer(apiUrls.deletedPeerings(projectId), {
        deletedPeerings: [
          {
            projectId,
            id: peer.id,
            peer,
            raw,
            history: [],
            lastStatus: "AVAILABLE",
            label: "tmp-load-test",
            origin: "created-here",
            createdBy: "Olivia Novak",
            firstSeenAt: "2026-11-20T10:00:00.000Z",
            lastSeenAt: "2026-11-24T09:00:00.000Z",
            goneAt: "2026-11-24T09:01:00.000Z",
            deletedBy: "Olivia Novak",
            deleteReason: "cleanup",
          },
        ],
      }),
    )
    openList([makeProject({ peerings: [makeEntry("AWS", "a")] })], {
      search: "?status=deleted",
    })
    const row = await screen.findByRole("row", { name: /tmp-load-test/ })
    expect(row).toHaveTextContent("Deletedby Olivia Novak")
    expect(listRows()).toHaveLength(1)
  })
})

describe("Unread clouds of the list of all projects", () => {
  test("is named with its project, and the rest is shown", async () => {
    const watches = [makeWatch("AWS"), makeWatch("GCP", { problem: "atlas_rights_missing" })]
    openList([
      makeProject({ peerings: [makeEntry("AWS", "a")] }),
      makeProject({ project: analytics, containersProblem: "atlas_rights_missing", watches }),
    ])
    const notice = await screen.findByText(/^analytics: Google Cloud, Containers: .*; Azure: not read yet$/)
    expect(notice).toBeVisible()
    await findTable()
    expect(listRows()).toHaveLength(1)
  })

  test("makes the whole list old when no list is fresh, with a way to try now", async () => {
    const failing = { problem: "atlas_unreachable" as const, checkedAt: "2026-11-24T10:01:00.000Z" }
    const watches = (["AWS", "GCP", "AZURE"] as const).map((cloud) => makeWatch(cloud, failing))
    const { user } = openList([
      makeProject({
        watches,
        peerings: [makeEntry("AWS", "692410800000000000000000", { ...waiting })],
      }),
    ])
    expect(await screen.findByText(/since/, { selector: "strong" })).toHaveTextContent("since 10:01")
    await findTable()
    const [row] = listRows()
    expect(row).toHaveTextContent(/expires 1 Dec/)
    expect(row).not.toHaveTextContent("left")
    expect(row!.querySelector("[data-stale]")).not.toBeNull()
    mockBff.use(...answerAll(() => [makeProject({ peerings: [makeEntry("AWS", "a")] })]))
    await user.click(screen.getByRole("button", { name: "Try now" }))
    await waitFor(() => expect(screen.queryByRole("button", { name: "Try now" })).toBeNull())
  })

  test("is explained when it is everything, and can be tried again", async () => {
    mockBff.use(refuse(apiUrls.connections(), "store_unavailable", { status: 503 }))
    openApp(pagePaths.allConnections())
    expect(await screen.findByText("store_unavailable")).toBeInTheDocument()
    expect(screen.getByRole("button", { name: "Try again" })).toBeVisible()
  })

  test("is not taken for an empty list", async () => {
    openList([makeProject({ watches: [] })])
    expect(await screen.findByText("No connections loaded yet")).toBeVisible()
  })

  test("shows an empty list with what a connection needs, and the way to the first one", async () => {
    openList([makeProject()])
    expect(await screen.findByText("No connections yet")).toBeVisible()
    expect(screen.getByRole("link", { name: "Create the first connection" })).toHaveAttribute(
      "href",
      pagePaths.newConnectionAnywhere(),
    )
  })
})
