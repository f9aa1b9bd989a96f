import {
  apiUrls,
  AtlasPeer,
  Container,
  type AddressSpace,
  type ProjectAddresses,
} from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, mockBff, refuse, silent } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { containers, inOneProject, makePeering, makeSession, projectId, projects } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const [payments = { id: "", name: "" }, analytics = { id: "", name: "" }] = projects

function makeSpace(more: Partial<ProjectAddresses> = {}): ProjectAddresses {
  const readAt = "2026-11-24T10:06:40.000Z"
  return { project: payments, containers: [], peers: [], privateIpMode: null, readAt, problem: null, ...more }
}

const vpc = (vpcId: string, routeTableCidrBlock: string) =>
  AtlasPeer.parse({ providerName: "AWS", id: `of-${vpcId}`, vpcId, routeTableCidrBlock })

function openMap(spaces: ProjectAddresses[], search = "") {
  mockBff.use(answer(apiUrls.addressSpace(), { projects: spaces } satisfies AddressSpace))
  return openApp(`${pagePaths.addressSpace()}${search}`)
}

const usual = [
  makeSpace({
    containers,
    peers: [makePeering("AWS").peer, makePeering("GCP").peer, makePeering("AZURE").peer],
  }),
  makeSpace({ project: analytics, peers: [vpc("vpc-analytics", "10.20.8.0/24")] }),
]

const findMap = (cidr: string) => screen.findByRole("slider", { name: `Map of ${cidr}` })
const seenOf = (map: HTMLElement) => map.getAttribute("aria-valuetext")
const rows = () =>
  within(screen.getByRole("table", { name: "Address blocks" }))
    .getAllByRole("row")
    .slice(1)
const rowOf = (cidr: string) => screen.getByRole("link", { name: cidr }).closest("tr")
const blockInAddress = () => new URLSearchParams(location.search).get("block")

describe("the address map", () => {
  test("lists every block by address with its owner and overlaps", async () => {
    openMap(usual)
    await findMap("10.0.0.0/8")
    expect(rows().map((row) => within(row).getByRole("link").textContent)).toEqual([
      "10.8.0.0/18",
      "10.20.0.0/16",
      "10.20.8.0/24",
      "10.128.0.0/9",
      "172.17.0.0/16",
      "172.20.0.0/21",
      "172.31.0.0/16",
      "192.168.248.0/21",
      "192.168.248.0/21",
    ])
    expect(rowOf("10.8.0.0/18")).toHaveTextContent(
      /Atlas container.*nt-atlas1234.*payments-prod.*Google Cloud/,
    )
    expect(rowOf("10.20.0.0/16")).toHaveTextContent(
      /Your network.*us-east-1.*1 overlap.*10.20.8.0\/24 analytics/,
    )
    expect(rowOf("172.20.0.0/21")).toHaveTextContent(/Azure.*EUROPE_WEST.*no overlap/)
  })

  test("counts the peerings whose addresses Atlas does not report", async () => {
    openMap(usual)
    expect(
      await screen.findByText(
        "2 connections on Google Cloud and Azure have addresses that Atlas does not tell.",
      ),
    ).toBeVisible()
  })

  test("names a project whose lists could not be read, and why", async () => {
    openMap([
      ...usual,
      makeSpace({ project: { id: "x", name: "ledger" }, readAt: null, problem: "atlas_unreachable" }),
    ])
    expect(await screen.findByText("ledger: Atlas cannot be reached")).toBeVisible()
  })

  test("reports unreadable blocks and blocks outside the private ranges", async () => {
    const odd = Container.parse({ providerName: "AWS", id: "c1", atlasCidrBlock: "soon" })
    openMap([makeSpace({ containers: [odd], peers: [vpc("vpc-1", "100.64.0.0/16")] })])
    expect(await screen.findByText("Atlas gives no readable address block for 1 more.")).toBeVisible()
    expect(
      screen.getByText("1 block outside of the private ranges: in the table, not on the map."),
    ).toBeVisible()
    expect(rowOf("100.64.0.0/16")).toBeVisible()
  })

  test("says that no addresses are in use", async () => {
    openMap([makeSpace()])
    expect(await screen.findByText("Nothing takes up addresses yet")).toBeVisible()
  })

  test("shows that it is loading", async () => {
    mockBff.use(silent(apiUrls.addressSpace()))
    openApp(pagePaths.addressSpace())
    expect(await screen.findByText("Reading the addresses of all projects")).toBeVisible()
  })

  test("explains why the addresses can't be read", async () => {
    mockBff.use(refuse(apiUrls.addressSpace(), "forbidden", { status: 403 }))
    openApp(pagePaths.addressSpace())
    expect(await screen.findByText("forbidden")).toBeVisible()
    expect(screen.queryByRole("slider")).toBeNull()
  })

  test("is not linked for a person without projects", async () => {
    mockBff.use(
      answer(apiUrls.session(), makeSession({ everywhere: null, auditor: true })),
      refuse("/api/audit", "not_found", { status: 404 }),
    )
    openApp(pagePaths.audit())
    expect(await screen.findByRole("link", { name: "Audit" })).toBeVisible()
    await waitFor(() => expect(screen.queryByRole("link", { name: "Map" })).toBeNull())
  })
})

describe("a lane of the address map", () => {
  test("zooms and moves by keyboard", async () => {
    const { user } = openMap(usual)
    const map = await findMap("10.0.0.0/8")
    expect(seenOf(map)).toBe("10.0.0.0 to 10.255.255.255 · 3 blocks")
    map.focus()
    await user.keyboard("+")
    expect(seenOf(map)).toBe("10.64.0.0 to 10.191.255.255 · 0 blocks")
    await user.keyboard("{ArrowLeft}{ArrowLeft}{ArrowLeft}")
    expect(seenOf(map)).toBe("10.16.0.0 to 10.143.255.255 · 2 blocks")
    await user.keyboard("{ArrowRight}-")
    expect(seenOf(map)).toBe("10.0.0.0 to 10.255.255.255 · 3 blocks")
    await user.keyboard("++{Home}")
    expect(seenOf(map)).toBe("10.0.0.0 to 10.255.255.255 · 3 blocks")
  })

  test("zooms and moves by buttons", async () => {
    const { user } = openMap(usual)
    const map = await findMap("192.168.0.0/16")
    await user.click(screen.getByRole("button", { name: "Zoom in, 192.168.0.0/16" }))
    expect(seenOf(map)).toBe("192.168.64.0 to 192.168.191.255 · 0 blocks")
    await user.click(screen.getByRole("button", { name: "Right, 192.168.0.0/16" }))
    expect(seenOf(map)).toBe("192.168.128.0 to 192.168.255.255 · 1 block")
    await user.click(screen.getByRole("button", { name: "Whole range, 192.168.0.0/16" }))
    expect(seenOf(map)).toBe("192.168.0.0 to 192.168.255.255 · 1 block")
  })

  test("zooms to a block of the table and takes the focus; the back button undoes it", async () => {
    const { user } = openMap(usual)
    await user.click(await screen.findByRole("link", { name: "10.20.0.0/16" }))
    const map = screen.getByRole("slider", { name: "Map of 10.0.0.0/8" })
    await waitFor(() => expect(seenOf(map)).toBe("10.18.128.0 to 10.22.127.255 · 2 blocks"))
    expect(map).toHaveFocus()
    expect(blockInAddress()).toBe("10.20.0.0/16")
    const chosen = screen.getByRole("region", { name: "10.20.0.0/16" })
    expect(chosen).toHaveTextContent("It overlaps with 1 block.")
    history.back()
    await waitFor(() => expect(seenOf(map)).toBe("10.0.0.0 to 10.255.255.255 · 3 blocks"))
  })

  test("zooms again to the block that is already chosen", async () => {
    const { user } = openMap(usual, "?block=10.20.0.0/16")
    const map = await findMap("10.0.0.0/8")
    map.focus()
    await user.keyboard("{Home}")
    await user.click(within(screen.getByRole("table")).getByRole("link", { name: "10.20.0.0/16" }))
    await waitFor(() => expect(seenOf(map)).toBe("10.18.128.0 to 10.22.127.255 · 2 blocks"))
  })

  test("shows where a linked block that nobody has would be", async () => {
    openMap(usual, "?block=10.20.8.7/23")
    const map = await findMap("10.0.0.0/8")
    expect(seenOf(map)).toBe("10.20.5.0 to 10.20.12.255 · 3 blocks")
    const chosen = screen.getByRole("region", { name: "10.20.8.0/23" })
    expect(chosen).toHaveTextContent("Nothing has exactly this block.")
    expect(chosen).toHaveTextContent("It overlaps with 2 blocks.")
    expect(map).not.toHaveFocus()
  })

  test("reports a link that names no block", async () => {
    openMap(usual, "?block=somewhere")
    expect(await screen.findByText("The address of this page names no block")).toBeVisible()
  })
})

describe("the table of blocks", () => {
  test("filters by words, by an address in a block, and by overlaps", async () => {
    const { user } = openMap(usual)
    await findMap("10.0.0.0/8")
    const filter = screen.getByRole("searchbox", { name: "Filter the blocks" })
    await user.type(filter, "analytics")
    expect(rows()).toHaveLength(1)
    await user.clear(filter)
    await user.type(filter, "10.20.8.1")
    expect(rows()).toHaveLength(2)
    await user.clear(filter)
    await user.click(screen.getByRole("button", { name: "Overlapping 2" }))
    expect(rows()).toHaveLength(2)
    await user.type(filter, "nobody")
    expect(screen.getByText("No block fits this filter")).toBeVisible()
  })

  test("shows 2,000 blocks in pages of 50", async () => {
    const peers = Array.from({ length: 2000 }, (_, index) =>
      vpc(`vpc-${index}`, `10.${Math.floor(index / 250)}.${index % 250}.0/24`),
    )
    const { user } = openMap([makeSpace({ peers })])
    await findMap("10.0.0.0/8")
    expect(rows()).toHaveLength(50)
    expect(screen.getByText("1 to 50 of 2,004 blocks")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Next" }))
    expect(screen.getByText("51 to 100 of 2,004 blocks")).toBeVisible()
    expect(rowOf("10.0.50.0/24")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Previous" }))
    await user.click(screen.getByRole("button", { name: "Previous" }))
    expect(screen.getByText("1 to 50 of 2,004 blocks")).toBeVisible()
  })
})

describe("the finder for a free block", () => {
  test("shows a free block on the map and links it to the form of a project with create rights", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("requester"))))
    const { user } = openMap(usual)
    await user.selectOptions(await screen.findByLabelText("In"), "192.168.0.0/16")
    await user.click(screen.getByRole("button", { name: "Find a free /21" }))
    expect(screen.getByText("192.168.0.0/21 is free")).toBeInTheDocument()
    await waitFor(() => expect(blockInAddress()).toBe("192.168.0.0/21"))
    expect(seenOf(await findMap("192.168.0.0/16"))).toBe("192.168.0.0 to 192.168.31.255 · 1 block")
    expect(rowOf("192.168.0.0/21")).toHaveTextContent("Not there yet")
    const finder = within(screen.getByRole("region", { name: "Find a free block" }))
    expect(within(finder.getByLabelText("Project")).getAllByRole("option")).toHaveLength(1)
    await user.selectOptions(screen.getByLabelText("Cloud"), "AZURE")
    expect(screen.getByRole("link", { name: "Use it" })).toHaveAttribute(
      "href",
      `${pagePaths.newConnection(projectId)}?provider=AZURE&container=new&atlasCidrBlock=192.168.0.0%2F21`,
    )
  })

  test("finds another one on request, until none is left", async () => {
    const { user } = openMap([makeSpace()])
    await user.selectOptions(await screen.findByLabelText("In"), "192.168.0.0/16")
    await user.selectOptions(screen.getByLabelText("Size"), "17")
    await user.click(screen.getByRole("button", { name: "Find a free /17" }))
    expect(screen.getByText("192.168.0.0/17 is free")).toBeInTheDocument()
    await user.click(screen.getByRole("button", { name: "Find another" }))
    expect(screen.getByText("There is no other one.")).toBeVisible()
    await user.click(screen.getByRole("checkbox", { name: "Avoid well-known blocks" }))
    await user.selectOptions(screen.getByLabelText("Size"), "16")
    await user.click(screen.getByRole("button", { name: "Find a free /16" }))
    expect(screen.getByText("192.168.0.0/16 is free")).toBeInTheDocument()
    await user.click(screen.getByRole("checkbox", { name: "Avoid well-known blocks" }))
    await user.click(screen.getByRole("button", { name: "Find a free /16" }))
    expect(screen.getByText("No /16 is free in 192.168.0.0/16.")).toBeVisible()
  })

  test("does not offer a size that no cloud allows for a container", async () => {
    const { user } = openMap(usual)
    await user.selectOptions(await screen.findByLabelText("Size"), "20")
    await user.click(screen.getByRole("button", { name: "Find a free /20" }))
    expect(screen.getByText(/No new container has this size/)).toBeVisible()
    expect(screen.queryByRole("link", { name: "Use it" })).toBeNull()
  })
})
