import { toInventoryPeering } from "@peering-desk/peering-rules"
import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http } from "msw"
import { describe, expect, onTestFinished, test, vi } from "vitest"
import { answerAll } from "#mock-bff/all-connections.ts"
import { makeProject } from "#mock-bff/inventory-samples.ts"
import { holdAnswer, listOf, mockBff, refuse, silent, unreachable } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeList, makePeering, makeWatch, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const path = pagePaths.connections(projectId)
const rowOf = async (name: RegExp) => await screen.findByRole("row", { name })

describe("The list of a project", () => {
  test("shows each connection with both ends, its status in words, and where it leads", async () => {
    mockBff.use(listOf([makePeering("AWS"), makePeering("GCP"), makePeering("AZURE")]))
    openApp(path)
    const aws = await rowOf(/vpc-0a1b2c3d4e5f60718/)
    expect(within(aws).getByText("Accept in AWS")).toBeVisible()
    expect(within(aws).getAllByText("10.20.0.0/16")[0]).toBeVisible()
    expect((await within(aws).findAllByText("192.168.248.0/21"))[0]).toBeVisible()
    expect(within(aws).getByRole("img", { name: "AWS" })).toBeVisible()
    expect(within(aws).getByRole("link")).toHaveAttribute(
      "href",
      pagePaths.connection(projectId, "1112222b3bf99403840e8934"),
    )
    const gcp = within(await rowOf(/acme-analytics/))
    // Below the name in narrow windows, in its column otherwise.
    expect(gcp.getAllByText("acme-analytics/prod")).not.toHaveLength(0)
    expect(gcp.getByText("Peer from Google Cloud")).toBeVisible()
    expect(within(await rowOf(/vnet-crm/)).getByText("Available")).toBeVisible()
    expect(await screen.findByText("3 connections")).toBeVisible()
    expect(screen.queryByRole("combobox", { name: "Project" })).toBeNull()
  })

  test.each([
    ["INITIATING", "Requesting in AWS"],
    ["FAILED", "Failed"],
    ["TERMINATING", "Deleting"],
    ["A_WORD_OF_TOMORROW", "Unknown status"],
  ])("says %s in words", async (status, words) => {
    mockBff.use(listOf([makePeering("AWS", { status })]))
    openApp(path)
    expect(within(await rowOf(/vpc-/)).getByText(words)).toBeVisible()
  })

  test("puts what needs attention first, the nearest deadline before the others [A6]", async () => {
    const later = makePeering("AWS", {
      peer: { id: "692410800000000000000000", vpcId: "vpc-0000000000000002a", connectionId: "pcx-2" },
    })
    mockBff.use(
      listOf([
        makePeering("AZURE"),
        makePeering("GCP", { status: "FAILED" }),
        later,
        makePeering("AWS", { peer: { id: "691ac8800000000000000000" } }),
      ]),
    )
    openApp(path)
    await rowOf(/vnet-crm/)
    const names = screen.getAllByRole("rowheader").map((cell) => within(cell).getByRole("link").textContent)
    expect(names).toEqual(["vpc-0a1b2c3d4e5f60718", "vpc-0000000000000002a", "prod", "vnet-crm"])
  })

  test("is narrowed by text, cloud and need, and keeps that in the address", async () => {
    mockBff.use(listOf([makePeering("AWS"), makePeering("GCP"), makePeering("AZURE")]))
    const { user } = openApp(path)
    await rowOf(/vnet-crm/)
    const rows = () => screen.getAllByRole("row").slice(1)
    await user.type(screen.getByRole("searchbox"), "1234 5678 9012")
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(location.search).toBe("?q=1234+5678+9012")
    await user.clear(screen.getByRole("searchbox"))
    await user.selectOptions(screen.getByRole("combobox", { name: "Cloud" }), "Google Cloud")
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(location.search).toBe("?cloud=GCP")
    await user.selectOptions(screen.getByRole("combobox", { name: "Cloud" }), "any")
    await user.click(screen.getByRole("link", { name: "Needs attention 2" }))
    await waitFor(() => expect(rows()).toHaveLength(2))
    expect(location.search).toBe("?view=attention")
  })
})

test("the list of all projects drops the rows of the last filter while the next read takes long", async () => {
  const one = toInventoryPeering(makePeering("AWS"))
  mockBff.use(...answerAll(() => [makeProject({ peerings: [one] })]))
  const { user } = openApp(pagePaths.allConnections())
  await rowOf(/vpc-/)
  const { answered, answer } = holdAnswer()
  mockBff.use(http.get(apiUrls.connections(), () => answered))
  await user.selectOptions(screen.getByRole("combobox", { name: "Cloud" }), "Azure")
  expect(await screen.findByText("Loading connections")).toBeVisible()
  expect(screen.queryByRole("row", { name: /vpc-/ })).toBeNull()
  expect(screen.queryByText(/1 connection/)).toBeNull()
  answer()
  expect(await screen.findByText("Can't reach the server")).toBeVisible()
})

describe("the lists of one project and of all", () => {
  const idTime = Date.parse("2026-10-25T10:00:00.000Z")
  /** Made 30 days ago, and requested in AWS again this morning with another VPC. */
  const edited = {
    ...makePeering("AWS", {
      peer: { id: `${(idTime / 1000).toString(16)}0000000000000000` },
      history: [
        { status: "AVAILABLE", at: "2026-10-25T10:05:00.000Z" },
        { status: "INITIATING", at: "2026-11-24T10:00:00.000Z" },
        { status: "PENDING_ACCEPTANCE", at: "2026-11-24T10:02:00.000Z" },
      ],
      beginSeen: false,
    }),
    expiresEarliest: "2026-12-01T10:00:00.000Z",
    expiresLatest: "2026-12-01T10:02:00.000Z",
  }
  const found = makePeering("GCP", { beginSeen: false })
  const everywhere = makeProject({ peerings: [edited, found].map(toInventoryPeering) })

  async function readRowsAndCsv(page: string) {
    mockBff.use(listOf([edited, found]), ...answerAll(() => [everywhere]))
    const saved: Blob[] = []
    vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
      saved.push(blob as Blob)
      return "blob:connections"
    })
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue()
    const { user } = openApp(page)
    onTestFinished(() => void vi.restoreAllMocks())
    const aws = (await rowOf(/vpc-0a1b2c3d4e5f60718/)).textContent
    const gcp = (await rowOf(/acme-analytics/)).textContent
    await user.click(screen.getByRole("button", { name: "Export" }))
    await user.click(await screen.findByRole("menuitem", { name: "Export as CSV", hidden: true }))
    await waitFor(() => expect(saved).toHaveLength(1))
    return { aws, gcp, csv: await saved[0]?.text() }
  }

  test.each([
    ["the list of its project", path],
    ["All connections", pagePaths.allConnections()],
  ])(
    "%s and its CSV show the deadline of an edited request, and which begin was not seen",
    async (_, page) => {
      const { aws, gcp, csv = "" } = await readRowsAndCsv(page)
      expect(aws).toContain("6 d 23 h left")
      expect(aws).not.toContain("at least")
      expect(gcp).toContain("at least")
      const [head = "", ...lines] = csv.split("\r\n")
      const cell = (name: string, of: string) =>
        lines.find((line) => line.includes(of))?.split(",")[head.split(",").indexOf(`"${name}"`)]
      expect(cell("expiresFrom", edited.id)).toBe('"2026-12-01T10:00:00.000Z"')
      expect(cell("expiresBy", edited.id)).toBe('"2026-12-01T10:02:00.000Z"')
      expect(cell("statusSinceSeen", edited.id)).toBe('"true"')
      expect(cell("statusSinceSeen", found.id)).toBe('"false"')
    },
  )
})

describe("a create whose answer was lost", () => {
  const create = {
    key: "0123456789abcdef",
    request: {
      providerName: "GCP",
      containerId: "507f1f77bcf86cd799439012",
      gcpProjectId: "acme",
      networkName: "prod",
    },
    at: "2026-11-24T10:05:00.000Z",
  } as const

  test("is said to be checked, until the stream brings what became of it [A9]", async () => {
    const list = makeList([makePeering("AZURE")])
    mockBff.use(listOf({ ...list, creates: [{ ...create, state: "being-checked" }] }))
    const { openStream, send } = openApp(path)
    const open = await screen.findByRole("list", { name: "Requests without a connection yet" })
    expect(open).toHaveTextContent("Checking whether prod was created")
    expect(open).toHaveTextContent("Requested at 10:05")
    await openStream()
    send({ event: "creates", data: { projectId, creates: [] } })
    await waitFor(() => expect(screen.queryByText(/Checking whether/)).toBeNull())
  })

  test("is said not to be there when that is known", async () => {
    const list = makeList([makePeering("AZURE")])
    mockBff.use(listOf({ ...list, creates: [{ ...create, state: "not-created" }] }))
    openApp(path)
    const open = await screen.findByRole("list", { name: "Requests without a connection yet" })
    expect(open).toHaveTextContent("prod was not created")
    expect(open).toHaveTextContent("You can send the same form again.")
  })
})

describe("an unreadable list shows why, loading and loaded", () => {
  test("a wait is said, with the frame of the page standing", async () => {
    mockBff.use(silent(apiUrls.peerings(projectId)))
    openApp(path)
    expect(await screen.findByRole("heading", { name: "Connections" })).toBeVisible()
    expect(await screen.findByText("Loading connections")).toBeVisible()
    expect(screen.getByRole("table", { name: "Connections" })).toHaveAttribute("aria-busy", "true")
  })

  test("an empty project says what a new connection needs", async () => {
    openApp(path)
    expect(await screen.findByText("No connections yet")).toBeVisible()
    expect(screen.getByRole("link", { name: "Create the first connection" })).toHaveAttribute(
      "href",
      pagePaths.newConnection(projectId),
    )
  })

  test("an unknown project is not an empty one", async () => {
    mockBff.use(refuse(apiUrls.peerings(projectId), "project_not_found", { status: 404 }))
    openApp(path)
    expect(await screen.findByText("Project not found")).toBeVisible()
    expect(screen.queryByRole("link", { name: "New connection" })).toBeNull()
  })

  test("a problem says what it means, Atlas's own words, and the request id; it can be tried again", async () => {
    mockBff.use(
      refuse(apiUrls.peerings(projectId), "atlas_keys_refused", {
        atlas: {
          status: 401,
          errorCode: "UNAUTHORIZED",
          detail: "You are not authorized for this resource.",
        },
      }),
    )
    const { user } = openApp(path)
    await waitFor(() => expect(screen.getByText("Atlas rejected this server's API key")).toBeVisible())
    expect(screen.getByText(/You are not authorized for this resource/)).toHaveTextContent("UNAUTHORIZED")
    expect(screen.getByText("req-1234")).toBeInTheDocument()
    mockBff.use(listOf([makePeering("AZURE")]))
    await user.click(await screen.findByRole("button", { name: "Try again" }))
    await rowOf(/vnet-crm/)
  })

  test("no server is told from a problem of Atlas", async () => {
    mockBff.use(unreachable(apiUrls.peerings(projectId)))
    openApp(path)
    expect(await screen.findByText("Can't reach the server")).toBeVisible()
  })

  test("a cloud whose poll failed says so; the others and what was known stay", async () => {
    const failing = makeWatch("GCP", {
      checkedAt: "2026-11-24T10:01:00.000Z",
      problem: "atlas_rate_limited",
      retryAt: "2026-11-24T10:08:00.000Z",
    })
    mockBff.use(listOf(makeList([makePeering("AWS"), makePeering("GCP")], [failing])))
    openApp(path)
    const gcp = await rowOf(/acme-analytics/)
    const banner = screen.getByText(/^Google Cloud:/, { selector: "strong" })
    expect(banner).toHaveTextContent("since 10:01")
    expect(banner.parentElement).toHaveTextContent("Next try at 10:08:00.")
    expect(gcp.querySelector("[data-stale]")).not.toBeNull()
    expect((await rowOf(/vpc-/)).querySelector("[data-stale]")).toBeNull()
  })

  test("a cloud that Atlas refuses is explained on request, with Atlas's own words", async () => {
    const atlas = {
      status: 402,
      errorCode: "ACCOUNT_SUSPENDED",
      detail: "Organization has an unpaid invoice.",
    }
    mockBff.use(
      listOf(makeList([makePeering("AWS")], [makeWatch("GCP", { problem: "atlas_refused", atlas })])),
    )
    const { user } = openApp(path)
    await user.click(await screen.findByRole("button", { name: "Details" }))
    expect(await screen.findByText("ACCOUNT_SUSPENDED")).toBeInTheDocument()
    expect(screen.getAllByText(/unpaid invoice/)[0]).toBeVisible()
  })

  test("the list does not say that there is nothing when every cloud fails", async () => {
    const watches = (["AWS", "GCP", "AZURE"] as const).map((cloud) =>
      makeWatch(cloud, { checkedAt: null, problem: "atlas_unreachable" }),
    )
    mockBff.use(listOf(makeList([], watches)))
    openApp(path)
    await waitFor(() => expect(screen.getByText("Can't reach Atlas")).toBeVisible())
    expect(screen.queryByText("No connections yet")).toBeNull()
  })
})
