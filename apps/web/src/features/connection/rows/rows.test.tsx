import { apiUrls, type AccessListEntry } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, listOf, mockBff, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { openRows } from "#mock-bff/open-connection.ts"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

async function openConnection(peering = makePeering("AWS")) {
  mockBff.use(listOf([peering]))
  const app = openApp(pagePaths.connection(projectId, peering.id))
  const rows = within(await screen.findByRole("list", { name: "Stops" }))
  const toggle = (id: string) => document.getElementById(`stop-${id}`)!
  return {
    ...app,
    rows,
    row: (id: string) => toggle(id).closest("li")!,
    open: (id: string) => app.user.click(toggle(id)),
  }
}

const count = () => screen.getByRole("link", { name: /^Path/ })

const holds = (...entries: Partial<AccessListEntry>[]) =>
  answer(apiUrls.accessList(projectId), {
    entries: entries.map((entry) => ({ comment: null, status: null, ...entry })),
  })

describe("Rows of the path", () => {
  test("carry the connection's own values, for the way that was chosen on any page", async () => {
    const { user, rows, open } = await openConnection()
    await open("peering")
    expect(rows.getByText(/accept-vpc-peering-connection.*pcx-0f3a9188d2c41e07b/s)).toBeVisible()
    await user.click(rows.getByRole("button", { name: /^Copy for AWS CLI: / }))
    expect(await navigator.clipboard.readText()).toContain("pcx-0f3a9188d2c41e07b")
    expect(rows.getByText(/^AWS CLI: .+ copied$/)).toHaveRole("status")
    await user.click(screen.getByRole("radio", { name: "Console" }))
    expect(rows.getByText(/Choose pcx-0f3a9188d2c41e07b/)).toBeVisible()
    expect(localStorage.getItem("peering-desk:way")).toBe("console")
  })

  test("show no command for a value with control characters, and say so", async () => {
    const { peer, ...rest } = makePeering("AWS")
    const { open, rows } = await openConnection({
      ...rest,
      peer: { ...peer, vpcId: "vpc-1\u{15};id" } as typeof peer,
    })
    await open("peering")
    expect(
      rows.getByText(/^The VPC ID contains control or invisible characters\. No command is shown\./),
    ).toBeVisible()
    expect(screen.queryByText(/aws ec2/)).toBeNull()
    expect(screen.queryByText("Verify in AWS")).toBeNull()
    expect(rows.getByText(/^Choose pcx-/)).toBeVisible()
    await open("dns")
    expect(rows.getByText("Choose vpc-1\u{15};id, then Actions, Edit VPC settings")).toBeVisible()
  })

  test("open one at a time, none at first, and a stop of the drawing opens its row", async () => {
    const { user, open } = await openConnection()
    expect(openRows()).toEqual([])
    await open("dns")
    await user.click(
      within(screen.getByRole("region", { name: "Path" })).getByRole("button", { name: /^Route/ }),
    )
    expect(openRows().map(({ id }) => id)).toEqual(["stop-route"])
    expect(openRows()[0]).toHaveFocus()
    await open("route")
    expect(openRows()).toEqual([])
  })

  test("proven rows are done by the product, with when Atlas showed it [3]", async () => {
    mockBff.use(holds({ cidrBlock: "10.20.0.0/16" }))
    const { row, open } = await openConnection(
      makePeering("AWS", {
        status: "AVAILABLE",
        history: [
          { status: "PENDING_ACCEPTANCE", at: "2026-11-24T10:00:00.000Z" },
          { status: "AVAILABLE", at: "2026-11-24T10:04:00.000Z" },
        ],
      }),
    )
    await waitFor(() => expect(count()).toHaveTextContent("2 of 7"))
    for (const [id, words] of [
      ["peering", /^Peering\. Proven.*Atlas/],
      ["access-list", /^Access list\. Proven.*Atlas/],
    ] as const) {
      await open(id)
      expect(row(id)).toHaveTextContent(words)
      expect(within(row(id)).queryByRole("button", { name: /^Mark as done/ })).toBeNull()
    }
    await open("route")
    expect(within(row("route")).getByRole("button", { name: /^Mark as done/ })).toBeVisible()
  })

  test("stay as they are for who is typing in one when the state changes", async () => {
    const { user, rows, open, openStream, send } = await openConnection()
    await openStream()
    await open("access-list")
    const reason = await rows.findByLabelText("Reason for the entry")
    await user.type(reason, "PAY-2")
    send({ event: "peering", data: makePeering("AWS", { status: "AVAILABLE" }) })
    await screen.findByText("AVAILABLE")
    expect(reason).toHaveFocus()
    expect(reason).toHaveValue("PAY-2")
  })

  test("say what they wait for, without a command that has a gap", async () => {
    const { rows, row, open } = await openConnection(
      makePeering("AWS", { status: "INITIATING", peer: { connectionId: null } }),
    )
    await open("route")
    expect(row("route")).toHaveTextContent("After acceptance")
    await open("peering")
    expect(row("peering")).toHaveTextContent("After the request")
    expect(rows.getByText("Not yet")).toBeVisible()
    expect(rows.queryByRole("button", { name: /^Copy / })).toBeNull()
    expect(rows.queryByText(/not known yet/)).toBeNull()
  })

  test("are marked as done for everybody, with who and when, which proves nothing and is undone", async () => {
    const peering = makePeering("AWS")
    const { user, rows, row, open } = await openConnection(peering)
    const sent: unknown[] = []
    const stepId = "aws-dns-vpc-0a1b2c3d4e5f60718"
    const marked = { ...peering, steps: { [stepId]: { by: "Tom Reed", at: "2026-11-24T10:06:00.000Z" } } }
    const url = apiUrls.peeringStep(projectId, peering.id, stepId)
    mockBff.use(runAudited("put", url, marked, (body) => sent.push(body)))
    await open("dns")
    await user.click(within(row("dns")).getByRole("button", { name: /^Mark as done/ }))
    await waitFor(() => expect(row("dns")).toHaveTextContent("Marked done by Tom Reed, 10:06"))
    expect(row("dns")).toHaveTextContent(/^DNS\. Marked/)
    expect(count()).toHaveTextContent("0 of 7")
    mockBff.use(runAudited("put", url, peering, (body) => sent.push(body)))
    await user.click(rows.getByRole("button", { name: /^Undo/ }))
    await waitFor(() => expect(row("dns")).toHaveTextContent(/^DNS\. Not checked/))
    expect(sent).toEqual([{ done: true }, { done: false }])
  })

  test("a working connection leads from its open stop to the row, also from another view", async () => {
    const { user } = await openConnection(makePeering("AWS", { status: "AVAILABLE" }))
    expect(await screen.findByText("The IP access list doesn't have 10.20.0.0/16.")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Open access list" }))
    expect(openRows().map(({ id }) => id)).toEqual(["stop-access-list"])
    expect(openRows()[0]).toHaveFocus()
    await user.click(screen.getByRole("link", { name: "Activity" }))
    await user.click(screen.getByRole("button", { name: "Open access list" }))
    await waitFor(() => expect(openRows()[0]).toHaveFocus())
  })

  test("are folded once it failed, lead the focus to the first one, and none while it is being deleted", async () => {
    const { user, openStream, send } = await openConnection()
    await openStream()
    send({ event: "peering", data: makePeering("AWS", { status: "FAILED" }) })
    const all = await screen.findByRole("button", { name: /Show all$/ })
    expect(all).toHaveTextContent(/^\d stops not proven/)
    await user.click(all)
    expect(screen.getByRole("button", { name: "Application. Not checked" })).toHaveFocus()
    send({ event: "peering", data: makePeering("AWS", { status: "TERMINATING" }) })
    expect(await screen.findByText("Atlas is deleting this connection.")).toBeVisible()
    expect(screen.queryByRole("list", { name: "Stops" })).toBeNull()
  })

  test("are to be done again after a restart, with the CIDR that it has then", async () => {
    const at = "2026-11-24T10:06:00.000Z"
    const marks = ["aws-dns-vpc-0a1b2c3d4e5f60718", "aws-routes-pcx-0f3a9188d2c41e07b"]
    const record = { steps: Object.fromEntries(marks.map((id) => [id, { by: "Tom Reed", at }])) }
    const { rows, row, open, openStream, send } = await openConnection(
      makePeering("AWS", { status: "AVAILABLE", record }),
    )
    await openStream()
    await open("access-list")
    expect(await rows.findByLabelText("CIDR or security group")).toHaveValue("10.20.0.0/16")
    expect(row("route")).toHaveTextContent(/^Route\. Marked/)
    const peer = { connectionId: "pcx-0b2c3d4e5f6071829", routeTableCidrBlock: "10.30.0.0/16" }
    send({ event: "peering", data: makePeering("AWS", { status: "AVAILABLE", peer, record }) })
    await waitFor(() => expect(row("route")).toHaveTextContent(/^Route\. Not checked/))
    expect(rows.getByLabelText("CIDR or security group")).toHaveValue("10.30.0.0/16")
  })

  test("show a viewer whom to ask, and neither a form nor a button [22]", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))), holds())
    const { rows, open } = await openConnection(makePeering("AWS", { status: "AVAILABLE" }))
    await screen.findByText(/^Read-only/)
    await open("route")
    expect(rows.queryByRole("button", { name: /^Mark as done/ })).toBeNull()
    await open("access-list")
    expect(await rows.findByText(/Ask the platform team to add 10.20.0.0\/16/)).toBeVisible()
    expect(rows.queryByRole("textbox")).toBeNull()
  })
})

describe("The access list step", () => {
  const available = makePeering("AWS", { status: "AVAILABLE" })
  const openStep = async (peering = available) => {
    const app = await openConnection(peering)
    await app.open("access-list")
    return app
  }

  test("adds the network, and follows the entry", async () => {
    mockBff.use(holds())
    const { user, rows } = await openStep()
    await user.type(await rows.findByLabelText("Reason for the entry"), "PAY-212")
    const sent: unknown[] = []
    const entry = { cidrBlock: "10.20.0.0/16", comment: "Peering vpc-0a1b2c3d4e5f60718", status: "PENDING" }
    mockBff.use(
      runAudited("post", apiUrls.accessList(projectId), entry, (body) => sent.push(body)),
      holds(entry),
    )
    await user.click(rows.getByRole("button", { name: "Add to the access list" }))
    expect(await rows.findByText("PENDING")).toBeVisible()
    expect(sent).toEqual([
      { entry: { cidrBlock: "10.20.0.0/16", comment: "Peering vpc-0a1b2c3d4e5f60718" }, reason: "PAY-212" },
    ])
  })

  test("is done by an entry around the network", async () => {
    mockBff.use(holds({ cidrBlock: "10.0.0.0/8" }))
    const { rows, row } = await openStep()
    expect(await rows.findByText(/which covers/)).toHaveTextContent("10.0.0.0/8, which covers 10.20.0.0/16")
    expect(row("access-list")).toHaveTextContent(/^Access list\. Proven/)
  })

  test("keeps the form for another entry open while the listed CIDR is typed, with the focus", async () => {
    mockBff.use(holds({ cidrBlock: "10.20.0.0/16" }))
    const { user, rows } = await openStep()
    await user.click(await rows.findByRole("button", { name: "Add another entry" }))
    const field = rows.getByLabelText("CIDR or security group")
    expect(field).toHaveFocus()
    await user.keyboard("10.20.0.0/16")
    expect(field).toHaveFocus()
    expect(field).toHaveValue("10.20.0.0/16")
    expect(rows.getByText(/The access list has/)).toHaveTextContent("10.20.0.0/16")
  })

  test("is not done by a temporary entry, and offers a permanent one", async () => {
    mockBff.use(holds({ cidrBlock: "10.20.0.0/16", deleteAfterDate: "2026-11-24T18:00:00.000Z" }))
    const { rows, row } = await openStep()
    expect(await rows.findByText(/The access list has/)).toHaveTextContent(
      "until 18:00, then Atlas removes it and the network loses access",
    )
    expect(rows.getByLabelText("CIDR or security group")).toBeVisible()
    expect(row("access-list")).toHaveTextContent("Checked automatically")
  })

  test("prefers a permanent entry to a temporary one", async () => {
    const temporary = { cidrBlock: "10.20.0.0/16", deleteAfterDate: "2026-11-24T18:00:00.000Z" }
    mockBff.use(holds(temporary, { cidrBlock: "10.0.0.0/8" }))
    const { rows } = await openStep()
    expect(await rows.findByText(/The access list has/)).toHaveTextContent("10.0.0.0/8, which covers")
    expect(rows.queryByText(/until 18:00/)).toBeNull()
  })

  test("takes a security group only where the VPC is in the container's region", async () => {
    mockBff.use(holds())
    const { rows } = await openStep(
      makePeering("AWS", { status: "AVAILABLE", peer: { accepterRegionName: "eu-west-1" } }),
    )
    expect(await rows.findByLabelText("CIDR")).toHaveAccessibleDescription("10.0.0.0/16")
    expect(rows.queryByText(/sg-…/)).toBeNull()
  })

  test("may be sent again after an unknown outcome", async () => {
    mockBff.use(holds())
    const { user, rows } = await openStep()
    const problem = { code: "outcome_unknown", status: 504 } as const
    mockBff.use(runAudited("post", apiUrls.accessList(projectId), { problem }))
    await user.click(await rows.findByRole("button", { name: "Add to the access list" }))
    expect(await rows.findByRole("alert")).toHaveTextContent(/entry may/i)
  })

  test("shows a mistake at its field until that is edited", async () => {
    mockBff.use(holds())
    const { user, rows } = await openStep()
    const fields = { reason: "Enter a reason", cidrBlock: "Enter a CIDR like 10.15.0.0/16" }
    const problem = { code: "invalid_request", status: 400, fields } as const
    mockBff.use(runAudited("post", apiUrls.accessList(projectId), { problem }))
    await user.click(await rows.findByRole("button", { name: "Add to the access list" }))
    const reason = rows.getByLabelText("Reason for the entry")
    await waitFor(() => expect(reason).toBeInvalid())
    const entry = rows.getByLabelText("CIDR or security group")
    expect(entry).toBeInvalid()
    await user.type(entry, "1")
    expect(entry).toBeValid()
    expect(reason).toBeInvalid()
  })
})

test.each([
  ["Output of nslookup or dig", "Name: a.b\nAddress: 192.168.249.7"],
  ["Output of nslookup or dig", "Name: a.b\nAddress: 52.1.2.3"],
  ["Output of nc, telnet or Test-NetConnection", "Connection timed out"],
])("%s, pasted, is explained on the page", async (label, text) => {
  const { user, rows, open } = await openConnection(makePeering("AWS", { status: "AVAILABLE" }))
  await open("cluster")
  const field = rows.getByLabelText(label)
  const live = field.closest("div")?.parentElement?.querySelector("[aria-live]")
  expect(live).toBeEmptyDOMElement()
  await user.click(field)
  await user.paste(text)
  expect(live).not.toBeEmptyDOMElement()
})

test("the fold Who can connect? answers for a place, with the reason and another way, and is green for none [I4]", async () => {
  const { user, open } = await openConnection(makePeering("GCP"))
  await open("application")
  await user.click(screen.getByText("Who can connect?"))
  const place = await screen.findByLabelText("Applications run in")
  await user.selectOptions(place, "Cloud SQL and other service networks")
  expect(screen.getByText("Can't be told from here")).toBeVisible()
  await user.selectOptions(place, "Own data centre, by VPN or Interconnect")
  expect(screen.getByText("No, not over this connection")).toBeVisible()
  expect(screen.getByText(/private endpoint: it is transitive/)).toBeVisible()
  expect(screen.getByRole("link", { name: "Private endpoints" })).toHaveAttribute(
    "href",
    expect.stringContaining("mongodb.com"),
  )
})
