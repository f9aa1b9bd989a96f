import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { answer, listOf, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import {
  containers,
  inOneProject,
  makeList,
  makePeering,
  makeSession,
  makeWatch,
  projectId,
} from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { analytics, makeEntry, makeProject } from "#mock-bff/inventory-samples.ts"
import { openInventory } from "./testing-inventory.ts"

useMockBff()

const waiting = { status: "PENDING_ACCEPTANCE", turn: "you" }
const thousand = Array.from({ length: 1000 }, (_, index) =>
  makeEntry("AWS", `peer-${index}`, { label: `net ${index}`, ...(index === 700 && waiting) }),
)
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

/** By their elements: to ask each of hundreds for its role takes a second. */
const rows = () => [
  ...document.querySelectorAll<HTMLElement>('table[aria-label^="Connections"] > tbody > tr'),
]
const findTable = () => screen.findByRole("table", { name: "Connections of all projects" })

describe("all connections", () => {
  test("the table shows fifty of a thousand connections, those that need attention first", async () => {
    const { user } = openInventory([makeProject({ peerings: thousand })])
    await findTable()
    expect(screen.getByText("1,000 connections in 1 project, 1 needs a person")).toBeVisible()
    await waitFor(() => expect(rows()).toHaveLength(50))
    expect(rows()[0]).toHaveTextContent("net 700")
    await user.click(screen.getByRole("button", { name: "Next" }))
    expect(await screen.findByText("51 to 100 of 1,000 connections")).toBeVisible()
    expect(location.search).toBe("?page=2")
  })

  test("typing narrows them, and the address keeps it", async () => {
    const { user } = openInventory([makeProject({ peerings: thousand })])
    await findTable()
    await user.type(screen.getByRole("searchbox"), "net 999")
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(location.search).toBe("?q=net+999")
    await user.clear(screen.getByRole("searchbox"))
    await user.click(screen.getByRole("button", { name: "Needs a person 1" }))
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(location.search).toBe("?state=person")
  })

  test("an address opens the same view again", async () => {
    openInventory(
      [
        makeProject({ peerings: [makeEntry("AWS", "a"), makeEntry("GCP", "g", { label: "data" })] }),
        makeProject({ project: analytics, peerings: [makeEntry("GCP", "h", { label: "other" })] }),
      ],
      { search: `?cloud=GCP&project=${projectId}` },
    )
    await findTable()
    expect(rows()).toHaveLength(1)
    expect(rows()[0]).toHaveTextContent("data")
    expect(screen.getByRole("combobox", { name: "Cloud" })).toHaveValue("GCP")
  })

  test("says which takes longer than nine of ten did here", async () => {
    openInventory([makeProject({ peerings: [makeEntry("AWS", "a", waiting)] })], {
      timesInState: [
        { providerName: "AWS", status: "PENDING_ACCEPTANCE", count: 20, p50Ms: 60_000, p90Ms: 300_000 },
      ],
    })
    expect(await screen.findByText("slower than 9 of 10 here")).toBeVisible()
  })

  test("the table counts no time in a state that began before polling, like the project's list own list does not", async () => {
    const entry = makeEntry("AWS", "1112222b3bf99403840e8934", { ...waiting, statusSinceSeen: false })
    const peering = makePeering("AWS", {
      beginSeen: false,
      history: [{ status: "PENDING_ACCEPTANCE", at: entry.statusSince ?? "" }],
    })
    mockBff.use(listOf([peering]))
    const { user } = openInventory([makeProject({ peerings: [entry] })], {
      timesInState: [
        { providerName: "AWS", status: "PENDING_ACCEPTANCE", count: 20, p50Ms: 60_000, p90Ms: 300_000 },
      ],
    })
    expect(await screen.findByText("before 10:00")).toBeVisible()
    expect(screen.getByText("at most 6 d 23 h left")).toBeVisible()
    expect(screen.getByText("half within 1 m, 9 of 10 within 5 m")).toBeVisible()
    expect(screen.queryByText("slower than 9 of 10 here")).toBeNull()
    const cells = () =>
      within(rows()[0]!)
        .getAllByRole("cell")
        .map((cell) => cell.textContent)
    const [yours, , atlas] = cells()
    expect(yours).toBe("account 1234 5678 901210.20.0.0/16")
    await user.click(screen.getByRole("link", { name: "Projects" }))
    await user.click(await screen.findByRole("link", { name: "payments-prod" }))
    await screen.findByRole("table", { name: "Connections" })
    expect(cells()).toEqual([yours, atlas, "Your turn", "before 10:00"])
  })

  test("our own name for a connection comes first, in both tables, and finds it", async () => {
    const entry = makeEntry("AWS", "1112222b3bf99403840e8934", { label: "ledger" })
    mockBff.use(listOf([makePeering("AWS", { record: { label: "ledger" } })]))
    const { user } = openInventory([makeProject({ peerings: [entry] })])
    await findTable()
    const head = () => screen.getByRole("rowheader").textContent
    const expected = "ledgervpc-0a1b2c3d4e5f60718 · AWS · us-east-1"
    expect(head()).toBe(expected)
    await user.click(screen.getByRole("link", { name: "Projects" }))
    await user.click(await screen.findByRole("link", { name: "payments-prod" }))
    await user.type(await screen.findByRole("searchbox"), "LEDGER")
    await screen.findByRole("table", { name: "Connections" })
    expect(head()).toBe(expected)
  })

  test("a change told by the chosen project's stream is read at once; a look that changed nothing is not", async () => {
    let reads = 0
    const entries = [makeEntry("AWS", "1112222b3bf99403840e8934", waiting)]
    mockBff.use(
      http.get(apiUrls.inventory(), () => {
        reads += 1
        return HttpResponse.json({ projects: [makeProject({ peerings: entries })], timesInState: [] })
      }),
    )
    const { openStream, send, browser } = openApp(`${pagePaths.allConnections()}?project=${projectId}`)
    await findTable()
    await openStream()
    expect(browser.openSources.map(({ url }) => url)).toEqual([
      apiUrls.events({ projects: [projectId].join(",") }),
    ])
    const peering = makePeering("AWS")
    const watches = [makeWatch("AWS")]
    send({ event: "snapshot", data: { projectId, peerings: [peering], watches } })
    send({ event: "watch", data: makeWatch("AWS", { checkedAt: "2026-11-24T10:07:05.000Z" }) })
    const before = reads
    entries[0] = makeEntry("AWS", "1112222b3bf99403840e8934")
    send({ event: "peering", data: makePeering("AWS", { status: "AVAILABLE" }) })
    await waitFor(() => expect(rows()[0]).toHaveTextContent("Available"))
    expect(reads).toBe(before + 1)
  })

  test.each([
    ["where it is", "&sort=name&page=15", 720],
    ["and moves it to the top", "", 999],
  ])(
    "one changed connection of a thousand is drawn again %s, and no other row is touched",
    async (_, search, changed) => {
      let entries = thousand.filter(({ turn }) => turn !== "you")
      mockBff.use(
        http.get(apiUrls.inventory(), () =>
          HttpResponse.json({ projects: [makeProject({ peerings: entries })], timesInState: [] }),
        ),
      )
      const { openStream, send } = openApp(`${pagePaths.allConnections()}?project=${projectId}${search}`)
      await findTable()
      await waitFor(() => expect(rows()).toHaveLength(50))
      await openStream()
      send({ event: "snapshot", data: makeList([makePeering("AWS")]) })
      const touched = noteTouchedRows()
      entries = entries.map((one) => (one.label === `net ${changed}` ? { ...one, ...waiting } : one))
      send({ event: "peering", data: makePeering("AWS", { status: "AVAILABLE" }) })
      const turn = await within(screen.getByRole("table", { name: /^Connections/ })).findByText("Your turn")
      const row = turn.closest("tr")
      expect(row).toHaveTextContent(`net ${changed}`)
      expect([...touched].filter((one) => one.isConnected)).toEqual([row])
    },
  )

  test("says which projects are not whole here, and shows the rest", async () => {
    const watches = [makeWatch("AWS"), makeWatch("GCP", { problem: "atlas_rights_missing" })]
    openInventory([
      makeProject({ peerings: [makeEntry("AWS", "a")] }),
      makeProject({ project: analytics, containersProblem: "atlas_rights_missing", watches }),
    ])
    expect(await screen.findByText("Not all of 1 project could be read")).toBeVisible()
    expect(
      screen.getByText(
        "analytics: Google Cloud, Containers: The API key lacks the rights for this; Azure: not read yet",
      ),
    ).toBeVisible()
    expect(rows()).toHaveLength(1)
  })

  test("says when there is none, and when it only can't tell", async () => {
    openInventory([makeProject()])
    expect(await screen.findByText(/There is no connection in any of these projects yet/)).toBeVisible()
    expect(screen.queryByText("No connection could be read so far.")).toBeNull()
  })

  test("takes none for none only where all was read", async () => {
    openInventory([makeProject({ watches: [] })])
    expect(await screen.findByText("No connection could be read so far.")).toBeVisible()
  })

  test("a filter that nothing fits is taken back with one press, also one of an unknown project", async () => {
    const { user } = openInventory([makeProject({ peerings: [makeEntry("AWS", "a")] })], {
      search: "?q=10.99.0.0/16&project=none&sort=name",
    })
    await user.click(await screen.findByRole("button", { name: "Show all" }))
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(location.search).toBe("")
  })

  test("tells how long each state lasts here", async () => {
    const times = { providerName: "AWS" as const, count: 1200, p50Ms: 40_000, p90Ms: 7_260_000 }
    openInventory([makeProject({ peerings: [makeEntry("AWS", "a")] })], {
      timesInState: [
        { ...times, status: "FINALIZING" },
        { ...times, status: "AVAILABLE" },
      ],
    })
    await screen.findByRole("heading", { name: "How long a state lasts here" })
    const row = await screen.findByRole("row", { name: /FINALIZING/ })
    expect(row).toHaveTextContent("AWS FINALIZING40 s2 h 1 m1,200")
    expect(screen.queryByRole("row", { name: /AWS AVAILABLE/ })).toBeNull()
  })

  test("says why they can't be read", async () => {
    mockBff.use(refuse(apiUrls.inventory(), "store_unavailable", { status: 503 }))
    openApp(pagePaths.allConnections())
    expect(await screen.findByRole("heading", { name: "Estate" })).toBeVisible()
    expect(await screen.findByText("store_unavailable")).toBeVisible()
  })
})

describe("projects", () => {
  test("tell what they use of Atlas's limits, what stands unused, and what could not be read", async () => {
    openInventory(
      [
        makeProject({
          peerings: [makeEntry("AWS", "a"), makeEntry("AWS", "b", waiting)],
          containers: containers.map((container) => ({ ...container, provisioned: false })),
          tombstoneCount: 3,
          quota: { used: 48, most: 50, pending: 2, mostPending: 25 },
          watches: [makeWatch("AWS"), makeWatch("GCP"), makeWatch("AZURE", { problem: "atlas_timeout" })],
        }),
        makeProject({ project: analytics, containers: [], watches: [] }),
      ],
      { search: "?view=projects" },
    )
    expect(await screen.findByRole("meter", { name: "Connections in payments-prod" })).toHaveValue(48)
    const [first, second] = within(screen.getByRole("table", { name: "Projects" }))
      .getAllByRole("row")
      .slice(1)
    expect(first).toHaveTextContent("48 of 50near the limit3 gone in 90 days")
    expect(first).toHaveTextContent("Azure: Atlas did not answer in time")
    expect(screen.getByRole("link", { name: "1 needs a person" })).toHaveAttribute(
      "href",
      `/inventory?state=person&project=${projectId}`,
    )
    // Nothing of it was read, so that 0 would be a claim.
    expect(second).toHaveTextContent("not known")
    expect(screen.queryByRole("meter", { name: "Connections in analytics" })).toBeNull()
    // The one of Azure may be used: its connections could not be read.
    expect(screen.getByRole("heading", { name: "1 container with nothing in it" })).toBeVisible()
    expect(screen.getByRole("row", { name: /10\.8\.0\.0\/18/ })).toHaveTextContent(
      "Google Cloud · every region",
    )
    expect(screen.getByRole("link", { name: "Containers of payments-prod" })).toBeVisible()
    expect(screen.getByRole("link", { name: "Projects (1 near a limit, 1 unused)" })).toBeVisible()
  })
})

describe("the way there", () => {
  const link = () => screen.queryByRole("link", { name: "Estate" })

  test("is shown to who sees more than one project", async () => {
    openInventory([makeProject()])
    await findNavigation()
    await waitFor(() => expect(link()).toHaveAttribute("aria-current", "page"))
  })

  test("is not shown to who sees one", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("requester"))))
    openInventory([makeProject()])
    await findNavigation()
    await screen.findByRole("button", { name: /Olivia/ })
    expect(link()).toBeNull()
  })

  const findNavigation = () => screen.findByRole("navigation", { name: "Pages" })
})
