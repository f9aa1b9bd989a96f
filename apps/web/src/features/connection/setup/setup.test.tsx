import { apiUrls, type AccessListEntry } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, listOf, mockBff, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

async function openConnection(peering = makePeering("AWS")) {
  mockBff.use(listOf([peering]))
  const app = openApp(pagePaths.connection(projectId, peering.id))
  const steps = within(await screen.findByRole("region", { name: "Setup steps" }))
  const toggle = (id: string) => document.getElementById(`step-${id}`)!
  return {
    ...app,
    steps,
    row: (id: string) => toggle(id).closest("li")!,
    open: (id: string) => app.user.click(toggle(id)),
  }
}

/** Ids of AWS's steps. */
const aws = {
  dns: "aws-dns",
  accept: "aws-accept",
  routes: "aws-routes",
  accessList: "access-list",
  test: "try-it",
}

/** The control that shows the done and the optional steps of a connection that works. */
const showQuiet = (name: string) => screen.findByRole("button", { name })

const openSteps = () =>
  screen.queryAllByRole("button", { expanded: true }).filter((button) => button.id.startsWith("step-"))

const count = () => screen.getByRole("link", { name: /^Setup/ })

const holds = (...entries: Partial<AccessListEntry>[]) =>
  answer(apiUrls.accessList(projectId), {
    entries: entries.map((entry) => ({ comment: null, status: null, ...entry })),
  })

describe("Setup steps", () => {
  test("carry the connection's own values, for the way that was chosen on any page", async () => {
    const { user, steps } = await openConnection()
    expect(steps.getByText(/accept-vpc-peering-connection.*pcx-0f3a9188d2c41e07b/s)).toBeVisible()
    await user.click(steps.getByRole("button", { name: /^Copy for AWS CLI: / }))
    expect(await navigator.clipboard.readText()).toContain("pcx-0f3a9188d2c41e07b")
    await user.click(screen.getByRole("radio", { name: "Console" }))
    expect(steps.getByText(/Choose pcx-0f3a9188d2c41e07b/)).toBeVisible()
    expect(localStorage.getItem("peering-desk:way")).toBe("console")
  })

  test("show no command for a value with control characters, and say so", async () => {
    const { peer, ...rest } = makePeering("AWS")
    const { open, steps } = await openConnection({
      ...rest,
      peer: { ...peer, vpcId: "vpc-1\\u{15};id" } as typeof peer,
    })
    expect(
      steps.getByText(/^The VPC ID contains control or invisible characters\. No command is shown\./),
    ).toBeVisible()
    expect(steps.queryByText(/aws ec2/)).toBeNull()
    expect(steps.queryByText("Verify in AWS")).toBeNull()
    expect(steps.getByText(/^Choose pcx-/)).toBeVisible()
    await open(aws.dns)
    expect(steps.getByText("Choose vpc-1\\u{15};id, then Actions, Edit VPC settings")).toBeVisible()
  })

  test("open one at a time, at first the one that the connection waits for", async () => {
    const { row, open } = await openConnection()
    expect(openSteps()).toEqual([within(row(aws.accept)).getAllByRole("button")[0]])
    await open(aws.dns)
    expect(openSteps().map(({ id }) => id)).toEqual(["step-aws-dns"])
    await open(aws.dns)
    expect(openSteps()).toEqual([])
  })

  test("proven steps are done by the product, with when Atlas showed it [3]", async () => {
    mockBff.use(holds({ cidrBlock: "10.20.0.0/16" }))
    const { user, row } = await openConnection(
      makePeering("AWS", {
        status: "AVAILABLE",
        history: [
          { status: "PENDING_ACCEPTANCE", at: "2026-11-24T10:00:00.000Z" },
          { status: "AVAILABLE", at: "2026-11-24T10:04:00.000Z" },
        ],
      }),
    )
    await user.click(await showQuiet("2 done, 1 optional"))
    expect(row(aws.accept)).toHaveTextContent("Done · seen by Atlas 10:04")
    await waitFor(() => expect(row(aws.accessList)).toHaveTextContent("Seen in Atlas"))
    for (const id of [aws.accept, aws.accessList]) {
      expect(within(row(id)).queryByRole("button", { name: /^Mark as done/ })).toBeNull()
    }
    expect(within(row(aws.routes)).getByRole("button", { name: /^Mark as done/ })).toBeVisible()
    expect(count()).toHaveTextContent("2 of 7")
    expect(openSteps()).toEqual([])
  })

  test("stay as they are for who is typing in one when the state changes", async () => {
    const { user, steps, open, openStream, send } = await openConnection()
    await openStream()
    await open(aws.accessList)
    const reason = await steps.findByLabelText("Reason for the entry")
    await user.type(reason, "PAY-2")
    send({ event: "peering", data: makePeering("AWS", { status: "AVAILABLE" }) })
    expect(await screen.findByText("The networks are peered.")).toBeVisible()
    expect(reason).toHaveFocus()
    expect(reason).toHaveValue("PAY-2")
  })

  test("say what they wait for, without a command that has a gap", async () => {
    const { steps, row, open } = await openConnection(
      makePeering("AWS", { status: "INITIATING", peer: { connectionId: null } }),
    )
    expect(row(aws.accept)).toHaveTextContent("After the request")
    expect(row(aws.routes)).toHaveTextContent("After acceptance")
    await open(aws.accept)
    expect(steps.getByText("Not yet")).toBeVisible()
    expect(steps.queryByRole("button", { name: /^Copy / })).toBeNull()
    expect(steps.queryByText(/not known yet/)).toBeNull()
  })

  test("are marked as done for everybody, with who and when, and that is undone", async () => {
    const peering = makePeering("AWS")
    const { user, steps, row, open } = await openConnection(peering)
    const sent: unknown[] = []
    const stepId = "aws-dns-vpc-0a1b2c3d4e5f60718"
    const marked = { ...peering, steps: { [stepId]: { by: "Tom Reed", at: "2026-11-24T10:06:00.000Z" } } }
    const url = apiUrls.peeringStep(projectId, peering.id, stepId)
    mockBff.use(runAudited("put", url, marked, (body) => sent.push(body)))
    await user.click(within(row(aws.dns)).getByRole("button", { name: /^Mark as done/ }))
    await waitFor(() => expect(row(aws.dns)).toHaveTextContent("Marked done by Tom Reed, 10:06"))
    expect(count()).toHaveTextContent("1 of 7")
    mockBff.use(runAudited("put", url, peering, (body) => sent.push(body)))
    await open(aws.dns)
    await user.click(steps.getByRole("button", { name: /^Undo/ }))
    await waitFor(() => expect(count()).toHaveTextContent("0 of 7"))
    expect(sent).toEqual([{ done: true }, { done: false }])
  })

  test("a working connection lists the steps that are left; done and optional ones are one click away", async () => {
    const steps = Object.fromEntries(
      ["aws-dns-vpc-0a1b2c3d4e5f60718", "aws-routes-pcx-0f3a9188d2c41e07b"].map((id) => [
        id,
        { by: "Tom Reed", at: "2026-11-24T10:06:00.000Z" },
      ]),
    )
    const peering = makePeering("AWS", { status: "AVAILABLE", record: { steps } })
    const { user, row, open } = await openConnection(peering)
    const listed = () =>
      screen.getAllByRole("button").flatMap(({ id }) => (id.startsWith("step-") ? [id] : []))
    const left = ["step-aws-security-group", "step-access-list", "step-connection-string", "step-try-it"]
    expect(listed()).toEqual(left)
    const quiet = await showQuiet("3 done, 1 optional")
    expect(quiet).toHaveAttribute("aria-expanded", "false")
    await user.click(quiet)
    expect(listed()).toHaveLength(left.length + 4)
    await open(aws.routes)
    await user.click(quiet)
    expect(listed()).toEqual(["step-aws-routes", ...left])
    // What is marked as done here stays where it is.
    const stepId = "try-it-pcx-0f3a9188d2c41e07b"
    const marked = { ...peering, steps: { ...steps, [stepId]: { by: "Tom Reed", at: peering.firstSeenAt } } }
    mockBff.use(runAudited("put", apiUrls.peeringStep(projectId, peering.id, stepId), marked))
    await user.click(within(row(aws.test)).getByRole("button", { name: /^Mark as done/ }))
    await waitFor(() => expect(row(aws.test)).toHaveTextContent("Marked done by Tom Reed"))
  })

  test("the primary action of a working connection opens and focuses the step that the card names as next", async () => {
    const { user } = await openConnection(makePeering("AWS", { status: "AVAILABLE" }))
    expect(screen.getByText(/Next: enable DNS resolution and hostnames\./)).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Go to next step" }))
    expect(openSteps().map(({ id }) => id)).toEqual(["step-aws-dns"])
    expect(openSteps()[0]).toHaveFocus()
    await user.click(screen.getByRole("link", { name: "Activity" }))
    await user.click(screen.getByRole("button", { name: "View setup steps" }))
    await waitFor(() => expect(openSteps()[0]).toHaveFocus())
  })

  test("are prerequisites once it failed, and none while it is being deleted", async () => {
    const { openStream, send } = await openConnection()
    await openStream()
    send({ event: "peering", data: makePeering("AWS", { status: "FAILED" }) })
    expect(await screen.findByRole("heading", { name: "Prerequisites" })).toBeVisible()
    send({ event: "peering", data: makePeering("AWS", { status: "TERMINATING" }) })
    expect(await screen.findByText("Atlas is deleting this connection.")).toBeVisible()
    expect(screen.queryByRole("region", { name: "Setup steps" })).toBeNull()
  })

  test("are to be done again after a restart, with the CIDR that it has then", async () => {
    const at = "2026-11-24T10:06:00.000Z"
    const marks = ["aws-accept-pcx-0f3a9188d2c41e07b", "aws-routes-pcx-0f3a9188d2c41e07b"]
    const record = { steps: Object.fromEntries(marks.map((id) => [id, { by: "Tom Reed", at }])) }
    const { steps, open, openStream, send } = await openConnection(makePeering("AWS", { record }))
    await openStream()
    await open(aws.accessList)
    expect(await steps.findByLabelText("CIDR or security group")).toHaveValue("10.20.0.0/16")
    expect(count()).toHaveTextContent("2 of 7")
    const peer = { connectionId: "pcx-0b2c3d4e5f6071829", routeTableCidrBlock: "10.30.0.0/16" }
    send({ event: "peering", data: makePeering("AWS", { peer, record }) })
    await waitFor(() => expect(count()).toHaveTextContent("0 of 7"))
    expect(steps.getByLabelText("CIDR or security group")).toHaveValue("10.30.0.0/16")
  })

  test("show a viewer whom to ask, and neither a form nor a button [22]", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))), holds())
    const { steps, open } = await openConnection(makePeering("AWS", { status: "AVAILABLE" }))
    await screen.findByText(/^Read-only/)
    expect(steps.queryByRole("button", { name: /^Mark as done/ })).toBeNull()
    await open(aws.accessList)
    expect(await steps.findByText(/Ask the platform team to add 10.20.0.0\/16/)).toBeVisible()
    expect(steps.queryByRole("textbox")).toBeNull()
  })
})

describe("The access list step", () => {
  const available = makePeering("AWS", { status: "AVAILABLE" })
  const openStep = async (peering = available, quiet: string | null = null) => {
    const app = await openConnection(peering)
    if (quiet !== null) await app.user.click(await showQuiet(quiet))
    await app.open(aws.accessList)
    return app
  }

  test("adds the network, and follows the entry", async () => {
    mockBff.use(holds())
    const { user, steps } = await openStep()
    await user.type(await steps.findByLabelText("Reason for the entry"), "PAY-212")
    const sent: unknown[] = []
    const entry = { cidrBlock: "10.20.0.0/16", comment: "Peering vpc-0a1b2c3d4e5f60718", status: "PENDING" }
    mockBff.use(
      runAudited("post", apiUrls.accessList(projectId), entry, (body) => sent.push(body)),
      holds(entry),
    )
    await user.click(steps.getByRole("button", { name: "Add to the access list" }))
    expect(await steps.findByText("PENDING")).toBeVisible()
    expect(sent).toEqual([
      { entry: { cidrBlock: "10.20.0.0/16", comment: "Peering vpc-0a1b2c3d4e5f60718" }, reason: "PAY-212" },
    ])
  })

  test("is done by an entry around the network", async () => {
    mockBff.use(holds({ cidrBlock: "10.0.0.0/8" }))
    const { steps, row } = await openStep(available, "2 done, 1 optional")
    expect(await steps.findByText(/which covers/)).toHaveTextContent("10.0.0.0/8, which covers 10.20.0.0/16")
    expect(row(aws.accessList)).toHaveTextContent("Seen in Atlas")
  })

  test("is not done by a temporary entry, and offers a permanent one", async () => {
    mockBff.use(holds({ cidrBlock: "10.20.0.0/16", deleteAfterDate: "2026-11-24T18:00:00.000Z" }))
    const { steps, row } = await openStep()
    expect(await steps.findByText(/The access list has/)).toHaveTextContent(
      "until 18:00, then Atlas removes it and the network loses access",
    )
    expect(steps.getByLabelText("CIDR or security group")).toBeVisible()
    expect(row(aws.accessList)).toHaveTextContent("Checked automatically")
  })

  test("prefers a permanent entry to a temporary one", async () => {
    const temporary = { cidrBlock: "10.20.0.0/16", deleteAfterDate: "2026-11-24T18:00:00.000Z" }
    mockBff.use(holds(temporary, { cidrBlock: "10.0.0.0/8" }))
    const { steps } = await openStep(available, "2 done, 1 optional")
    expect(await steps.findByText(/The access list has/)).toHaveTextContent("10.0.0.0/8, which covers")
    expect(steps.queryByText(/until 18:00/)).toBeNull()
  })

  test("takes a security group only where the VPC is in the container's region", async () => {
    mockBff.use(holds())
    const { steps } = await openStep(
      makePeering("AWS", { status: "AVAILABLE", peer: { accepterRegionName: "eu-west-1" } }),
    )
    expect(await steps.findByLabelText("CIDR")).toHaveAccessibleDescription("10.0.0.0/16")
    expect(steps.queryByText(/sg-…/)).toBeNull()
  })

  test("may be sent again after an unknown outcome", async () => {
    mockBff.use(holds())
    const { user, steps } = await openStep()
    const problem = { code: "outcome_unknown", status: 504 } as const
    mockBff.use(runAudited("post", apiUrls.accessList(projectId), { problem }))
    await user.click(await steps.findByRole("button", { name: "Add to the access list" }))
    expect(await steps.findByRole("alert")).toHaveTextContent(/entry may/i)
  })

  test("shows a mistake at its field", async () => {
    mockBff.use(holds())
    const { user, steps } = await openStep()
    const problem = { code: "invalid_request", status: 400, fields: { reason: "Enter a reason" } } as const
    mockBff.use(runAudited("post", apiUrls.accessList(projectId), { problem }))
    await user.click(await steps.findByRole("button", { name: "Add to the access list" }))
    await waitFor(() => expect(steps.getByLabelText("Reason for the entry")).toBeInvalid())
  })
})

test.each([
  ["Output of nslookup or dig", "Name: a.b\nAddress: 192.168.249.7"],
  ["Output of nslookup or dig", "Name: a.b\nAddress: 52.1.2.3"],
  ["Output of nc, telnet or Test-NetConnection", "Connection timed out"],
])("%s, pasted, is explained on the page", async (label, text) => {
  const { user, steps, open } = await openConnection(makePeering("AWS", { status: "AVAILABLE" }))
  await open(aws.test)
  const field = steps.getByLabelText(label)
  const live = field.closest("div")?.parentElement?.querySelector("[aria-live]")
  expect(live).toBeEmptyDOMElement()
  await user.click(field)
  await user.paste(text)
  expect(live).not.toBeEmptyDOMElement()
})

test("the fold Who can connect? answers for a place, with the reason and another way, and is green for none [I4]", async () => {
  const { user } = await openConnection(makePeering("GCP"))
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

describe("A failed connection", () => {
  const failed = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } })

  test("explains why with its own values, and what its primary action does [1]", async () => {
    await openConnection(failed)
    const plan = within(screen.getByRole("region", { name: "Delete and request again" }))
    expect(plan.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      "Delete vpc-0a1b2c3d4e5f60718 in AtlasAtlas allows one connection per VPC and container.",
      "Request the same peeringSame account, VPC, CIDR and container. AWS assigns a new pcx- ID.",
      "VPC owner acceptsWithin 7 days of the new request.",
    ])
    const why = within(screen.getByRole("region", { name: "Why it failed" }))
    expect(why.getByText(/123456789012/)).toBeVisible()
    expect(why.getByText("The owner of the VPC rejected the request.")).toBeVisible()
    expect(why.getByText("REJECTED")).toBeVisible()
    expect(screen.getByRole("button", { name: "Delete and request again" })).toBeVisible()
    expect(screen.queryByRole("link", { name: /Try again/ })).toBeNull()
  })

  test("leads to Azure's role steps first when the role is missing", async () => {
    const { user } = await openConnection(
      makePeering("AZURE", { status: "FAILED", peer: { errorState: "Permission denied." } }),
    )
    expect(openSteps()).toEqual([])
    await user.click(screen.getByRole("button", { name: "Assign Atlas's role" }))
    expect(openSteps()).toHaveLength(1)
    expect(openSteps()[0]).toHaveFocus()
    expect(screen.getByRole("link", { name: "Correct and request again" })).toBeVisible()
  })

  test.each([
    ["AWS", { errorStateName: "INVALID_ARGUMENT" }],
    ["AZURE", { errorState: "an overlapping CIDR block already exists." }],
  ] as const)(
    "a connection on %s whose values were refused leads to the form with them",
    async (cloud, peer) => {
      const refused = makePeering(cloud, { status: "FAILED", peer })
      await openConnection(refused)
      const link = screen.getByRole("link", { name: "Correct and request again" })
      const { pathname, searchParams } = new URL(link.getAttribute("href") ?? "", "https://desk.example")
      expect(pathname).toBe(pagePaths.newConnection(projectId))
      expect(searchParams.get("replaces")).toBe(refused.id)
      expect(searchParams.get("container")).toBe(refused.peer.containerId)
      expect(screen.queryByRole("button", { name: "Delete and request again" })).toBeNull()
      expect(screen.queryByRole("region", { name: "Delete and request again" })).toBeNull()
    },
  )

  test("a connection whose VPC went away says that it worked, not that its values never matched", async () => {
    await openConnection(
      makePeering("AWS", {
        status: "FAILED",
        peer: { errorStateName: "INVALID_ARGUMENT" },
        history: [
          { status: "AVAILABLE", at: "2026-11-24T10:04:00.000Z" },
          { status: "FAILED", at: "2026-11-24T10:05:00.000Z" },
        ],
        record: { leftAvailableAt: "2026-11-24T10:05:00.000Z" },
      }),
    )
    const main = screen.getByRole("main")
    expect(main).toHaveTextContent("It was probably deleted after the connection worked.")
    expect(main).toHaveTextContent("Was available until 10:05.")
    expect(main).not.toHaveTextContent("don't match")
  })
})
