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

const vpc = (vpcId: string, routeTableCidrBlock: string, containerId?: string) =>
  AtlasPeer.parse({ providerName: "AWS", id: `of-${vpcId}`, vpcId, routeTableCidrBlock, containerId })

function open(spaces: ProjectAddresses[], search = "", path: string = pagePaths.addressSpace()) {
  mockBff.use(answer(apiUrls.addressSpace(), { projects: spaces } satisfies AddressSpace))
  return openApp(`${path}${search}`)
}
const openTable = (spaces: ProjectAddresses[]) => open(spaces, "", pagePaths.addressBlocks())

const usual = [
  makeSpace({
    containers,
    peers: [makePeering("AWS").peer, makePeering("GCP").peer, makePeering("AZURE").peer],
  }),
  makeSpace({ project: analytics, peers: [vpc("vpc-analytics", "10.20.8.0/24")] }),
]

const findMap = async (name = "10.0.0.0/8") =>
  within(await screen.findByRole("toolbar", { name: new RegExp(`^${name}`) }))
const rows = () =>
  within(screen.getByRole("table", { name: "CIDRs" }))
    .getAllByRole("row")
    .slice(1)
const rowOf = (cidr: string) => screen.getByRole("link", { name: cidr }).closest("tr")
const blockInAddress = () => new URLSearchParams(location.search).get("block")

describe("the map of the address space", () => {
  test("shows each CIDR by name, free ranges with their number, and the totals", async () => {
    open(usual)
    const map = await findMap()
    expect(map.getByRole("button", { name: /10\.20\.0\.0\/16, Your network .* payments-prod/ })).toBeVisible()
    expect(map.getByRole("button", { name: /10\.20\.8\.0\/24, Your network .* analytics/ })).toBeVisible()
    expect(map.getByRole("button", { name: /^256 free \/21, 10\.0\.0\.0 – 10\.7\.255\.255/ })).toBeVisible()
    expect(map.getByText("Reserved")).toBeVisible()
    expect(screen.getByText(/2 networks · 3 containers in the 2 projects you can see/)).toBeVisible()
    expect(screen.getByText(/^4,\d{3} free \/21$/)).toBeVisible()
    expect(screen.getByRole("region", { name: "Largest free ranges" })).toBeVisible()
  })

  test("counts the connections whose CIDRs Atlas does not report", async () => {
    open(usual)
    expect(await screen.findByText("2 connections not shown: Atlas doesn't report their CIDRs")).toBeVisible()
  })

  // The card is a popover, which the test browser cannot open.
  test("a focused CIDR has a card with a link to its connection, which Escape hides", async () => {
    const { user } = open(usual)
    const shape = (await findMap()).getByRole("button", { name: /10\.20\.0\.0\/16/ })
    await user.hover(shape)
    const link = await screen.findByRole("link", { name: /^Open vpc-0a1b/, hidden: true })
    expect(link).toHaveAttribute("href", pagePaths.connection(projectId, "1112222b3bf99403840e8934"))
    shape.focus()
    await user.keyboard("{Escape}")
    expect(screen.queryByRole("link", { name: /^Open vpc-0a1b/, hidden: true })).toBeNull()
    expect(shape).toHaveFocus()
  })

  test("arrow keys move between columns and CIDRs with one tab stop", async () => {
    const { user } = open(usual)
    const map = await findMap()
    const buttons = map.getAllByRole("button")
    expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
    buttons.find(({ tabIndex }) => tabIndex === 0)?.focus()
    await user.keyboard("{Home}")
    expect(document.activeElement).toHaveTextContent(/^256 free \/21/)
    await user.keyboard("{ArrowRight}")
    expect(document.activeElement).toHaveTextContent(/10\.8\.0\.0\/18/)
    await user.keyboard("{End}{ArrowLeft}{ArrowUp}{ArrowDown}")
    expect(map.getAllByRole("button").filter(({ tabIndex }) => tabIndex === 0)).toEqual([
      document.activeElement,
    ])
  })

  test("a network that overlaps its container is a conflict, in words too", async () => {
    const own = Container.parse({ ...containers[0], atlasCidrBlock: "10.20.0.0/21" })
    const { user } = open([makeSpace({ containers: [own], peers: [vpc("vpc-1", "10.20.0.0/16", own.id)] })])
    expect(await screen.findByText("1 conflict")).toBeVisible()
    const [shape] = (await findMap()).getAllByRole("button", { name: /, conflict$/ })
    await user.hover(shape!)
    expect(screen.getByText("CIDRs overlap")).toBeInTheDocument()
  })

  test("lanes are projects or clouds, kept in the address", async () => {
    const { user } = open(usual)
    await user.click(await screen.findByRole("radio", { name: "By cloud" }))
    expect((await findMap()).getByText("Google Cloud")).toBeVisible()
    expect(location.search).toBe("?by=cloud")
  })

  test("many CIDRs merge into columns that open a smaller range, and zoom out by key", async () => {
    const peers = Array.from({ length: 100 }, (_, index) => vpc(`vpc-${index}`, `10.${index}.0.0/24`))
    const { user } = open([makeSpace({ peers })])
    const [column] = (await findMap()).getAllByRole("button", { name: /Open 10\.0\.0\.0\/13: 8 CIDRs/ })
    await user.click(column!)
    expect(location.search).toBe("?range=10.0.0.0%2F13")
    const part = await findMap("10.0.0.0/13")
    expect(part.getByRole("button", { name: /10\.7\.0\.0\/24/ })).toBeVisible()
    part.getByRole("button", { name: /10\.7\.0\.0\/24/ }).focus()
    await user.keyboard("-")
    expect(location.search).toBe("")
  })

  test("names a project whose lists could not be read, and why", async () => {
    const ledger = { id: "x", name: "ledger" }
    open([...usual, makeSpace({ project: ledger, readAt: null, problem: "atlas_unreachable" })])
    expect(await screen.findByText("Incomplete: the lists of 1 project could not be read")).toBeVisible()
  })

  test("reports unreadable CIDRs and CIDRs outside the private ranges", async () => {
    const odd = Container.parse({ providerName: "AWS", id: "c1", atlasCidrBlock: "soon" })
    open([makeSpace({ containers: [odd], peers: [vpc("vpc-1", "100.64.0.0/16")] })])
    expect(await screen.findByText("1 CIDR not shown: missing or unreadable in Atlas's answer")).toBeVisible()
    expect(screen.getByText("1 CIDR outside the private ranges: it is in the table only")).toBeVisible()
  })

  test("says that no addresses are in use", async () => {
    open([makeSpace()])
    expect(await screen.findByText("No addresses in use yet")).toBeVisible()
  })

  test("shows that it is loading", async () => {
    mockBff.use(silent(apiUrls.addressSpace()))
    openApp(pagePaths.addressSpace())
    expect(await screen.findByText("Loading addresses…")).toBeInTheDocument()
  })

  test("explains why the addresses can't be read", async () => {
    mockBff.use(refuse(apiUrls.addressSpace(), "forbidden", { status: 403 }))
    openApp(pagePaths.addressSpace())
    expect(await screen.findByText("Your role doesn't allow this")).toBeVisible()
    expect(screen.queryByRole("toolbar")).toBeNull()
  })
})

describe("a selected CIDR", () => {
  test("is described with its overlaps and connections", async () => {
    open(usual, "?block=10.20.0.0/16")
    const chosen = within(await screen.findByRole("region", { name: /^10\.20\.0\.0\/16/ }))
    expect(chosen.getByText("Overlaps 1 CIDR")).toBeVisible()
    expect(chosen.getByRole("link", { name: "Open vpc-0a1b2c3d4e5f60718" })).toBeVisible()
  })

  test("is proposed on the map when nobody uses it", async () => {
    open(usual, "?block=10.20.8.7/23")
    const map = await findMap()
    expect(map.getByRole("button", { name: /10\.20\.8\.0\/23, Proposed/ })).toBeVisible()
    const chosen = within(screen.getByRole("region", { name: /^10\.20\.8\.0\/23/ }))
    expect(chosen.getByText("Overlaps 2 CIDRs")).toBeVisible()
  })

  test("is asked for as a CIDR when the link holds none", async () => {
    open(usual, "?block=somewhere")
    expect(await screen.findByText("somewhere is not a CIDR")).toBeVisible()
  })
})

describe("the table of CIDRs", () => {
  test("counts nothing before it is read", async () => {
    mockBff.use(silent(apiUrls.addressSpace()))
    openApp(pagePaths.addressBlocks())
    expect(await screen.findByRole("button", { name: "Containers" })).toBeVisible()
    expect(screen.queryByRole("button", { name: "Containers 0" })).toBeNull()
  })

  test("lists every CIDR by address with its owner and overlaps", async () => {
    openTable(usual)
    await screen.findByRole("link", { name: "10.8.0.0/18" })
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
      /Your network.*us-east-1.*Overlaps 1.*10.20.8.0\/24 analytics/,
    )
    expect(rowOf("172.20.0.0/21")).toHaveTextContent(/Azure.*EUROPE_WEST/)
  })

  test("filters by words, by an address in a CIDR, and by overlaps", async () => {
    const { user } = openTable(usual)
    await screen.findByRole("link", { name: "10.8.0.0/18" })
    const filter = screen.getByRole("searchbox", { name: "Search CIDRs" })
    await user.type(filter, "analytics")
    expect(rows()).toHaveLength(1)
    await user.clear(filter)
    await user.type(filter, "10.20.8.1")
    expect(rows()).toHaveLength(2)
    await user.clear(filter)
    await user.click(screen.getByRole("button", { name: "Overlapping 2" }))
    expect(rows()).toHaveLength(2)
    await user.type(filter, "nobody")
    expect(screen.getByText("No CIDRs match these filters")).toBeVisible()
  })

  test("shows 2,000 CIDRs in pages of 50", async () => {
    const peers = Array.from({ length: 2000 }, (_, index) =>
      vpc(`vpc-${index}`, `10.${Math.floor(index / 250)}.${index % 250}.0/24`),
    )
    const { user } = openTable([makeSpace({ peers })])
    expect(await screen.findByText("1 to 50 of 2,004 CIDRs")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Next" }))
    expect(screen.getByText("51 to 100 of 2,004 CIDRs")).toBeVisible()
    expect(rowOf("10.0.50.0/24")).toBeVisible()
  })
})

describe("Find a free CIDR", () => {
  test("proposes a free CIDR on the map and links it to the form of a project with create rights", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("requester"))))
    const { user } = open(usual)
    await findMap()
    await user.click(screen.getByRole("button", { name: "Find a free /21" }))
    await waitFor(() => expect(blockInAddress()).toBe("10.0.0.0/21"))
    const chosen = within(screen.getByRole("region", { name: /^10\.0\.0\.0\/21/ }))
    expect(chosen.getByText("10.0.0.0/21 is free in the projects you can see")).toBeVisible()
    expect((await findMap()).getByRole("button", { name: /10\.0\.0\.0\/21, Proposed/ })).toBeVisible()
    expect(within(chosen.getByLabelText("Project")).getAllByRole("option")).toHaveLength(1)
    await user.selectOptions(screen.getByLabelText("Cloud"), "AZURE")
    expect(screen.getByRole("link", { name: "Use this CIDR" })).toHaveAttribute(
      "href",
      `${pagePaths.newConnection(projectId)}?provider=AZURE&container=new&atlasCidrBlock=10.0.0.0%2F21`,
    )
    await user.click(chosen.getByRole("button", { name: "Find another" }))
    await waitFor(() => expect(blockInAddress()).toBe("10.0.8.0/21"))
  })

  test("proposes the first free CIDR of a chosen free range, in the chosen size", async () => {
    const { user } = open(usual)
    await user.selectOptions(await screen.findByLabelText("Size"), "16")
    await user.click((await findMap()).getByRole("button", { name: /10\.8\.64\.0 – 10\.19\.255\.255/ }))
    expect(blockInAddress()).toBe("10.9.0.0/16")
  })

  test("does not offer a size that no cloud allows for a container", async () => {
    const { user } = open(usual)
    await user.selectOptions(await screen.findByLabelText("Size"), "20")
    await user.click(screen.getByRole("button", { name: "Find a free /20" }))
    expect(await screen.findByText(/Atlas containers are \/21 to \/24/)).toBeVisible()
    expect(screen.queryByRole("link", { name: "Use this CIDR" })).toBeNull()
  })
})
