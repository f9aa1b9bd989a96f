import { apiUrls, type AccessListEntry } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, runAudited, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

async function openConnection(peering = makePeering("AWS")) {
  mockBff.use(listOf([peering]))
  const app = openApp(pagePaths.connection(projectId, peering.id))
  return { ...app, steps: within(await screen.findByRole("region", { name: "Step by step" })) }
}

const holds = (...entries: Partial<AccessListEntry>[]) =>
  answer(`${apiUrls.accessList(projectId)}`, {
    entries: entries.map((entry) => ({ comment: null, status: null, ...entry })),
  })

describe("the steps outside Atlas", () => {
  test("carry the connection's own values, for the tool that was chosen", async () => {
    const { user, steps } = await openConnection()
    expect(steps.getByText(/accept-vpc-peering-connection.*pcx-0f3a9188d2c41e07b/s)).toBeVisible()
    await user.click(steps.getByRole("button", { name: "Console" }))
    expect(steps.getByText(/Choose pcx-0f3a9188d2c41e07b, then Actions, Accept request/)).toBeVisible()
    await user.click(steps.getByRole("button", { name: "AWS CLI" }))
    await user.click(steps.getByRole("button", { name: "Copy for AWS CLI: Accept the peering request" }))
    expect(await navigator.clipboard.readText()).toContain("pcx-0f3a9188d2c41e07b")
  })

  test("only those of the present stage stand open", async () => {
    const { user, steps } = await openConnection()
    expect(steps.queryByText("Let the VPC resolve names")).toBeNull()
    await user.click(steps.getByText("Before it can work"))
    expect(steps.getByText("Let the VPC resolve names")).toBeVisible()
  })

  test("steps of a new stage open beside what is being read and typed", async () => {
    mockBff.use(holds())
    const { user, steps, openStream, send } = await openConnection()
    await openStream()
    await user.click(steps.getByText("Until applications connect"))
    const reason = await steps.findByLabelText("Reason for the entry")
    await user.type(reason, "PAY-2")
    send({ event: "peering", data: makePeering("AWS", { status: "AVAILABLE" }) })
    expect(await screen.findByText(/The two networks are joined/)).toBeVisible()
    expect(steps.getByText("Accept the peering request")).toBeVisible()
    expect(reason).toHaveFocus()
    expect(reason).toHaveValue("PAY-2")
  })

  test("say what they wait for while Atlas has not given it", async () => {
    const { user, steps } = await openConnection(
      makePeering("AWS", { status: "INITIATING", peer: { connectionId: null } }),
    )
    await user.click(steps.getByText("Now, in your cloud"))
    expect(steps.getByText(/its pcx- id comes next/)).toBeVisible()
    // A command with a gap in it would be pasted as it is.
    expect(steps.queryByRole("button", { name: /Copy.*: Accept the peering request/ })).toBeNull()
    expect(steps.queryByText(/not known yet/)).toBeNull()
  })

  test("are ticked off for everybody, with who and when", async () => {
    const peering = makePeering("AWS")
    const { user, steps } = await openConnection(peering)
    const sent: unknown[] = []
    const stepId = "aws-accept-pcx-0f3a9188d2c41e07b"
    const ticked = { ...peering, steps: { [stepId]: { by: "Tom Reed", at: "2026-11-24T10:06:00.000Z" } } }
    mockBff.use(
      runAudited("put", apiUrls.peeringStep(projectId, peering.id, stepId), ticked, (body) =>
        sent.push(body),
      ),
    )
    await user.click(steps.getByRole("button", { name: "Tick off: Accept the peering request" }))
    expect(await steps.findByText(/Tom Reed/)).toHaveTextContent("Done Tom Reed, 10:06")
    expect(sent).toEqual([{ done: true }])
  })

  test("steps of an unknown state stay closed", async () => {
    const { user, steps } = await openConnection(makePeering("AWS", { status: "NEW_WORD" }))
    expect(steps.queryByText("Accept the peering request")).toBeNull()
    await user.click(steps.getByText("Now, in your cloud"))
    expect(steps.getByText("Accept the peering request")).toBeVisible()
  })

  test("are none while the connection is being removed, and those for a new one once it failed", async () => {
    const { steps, openStream, send } = await openConnection()
    await openStream()
    expect(steps.getByText("Accept the peering request")).toBeVisible()
    send({ event: "peering", data: makePeering("AWS", { status: "FAILED" }) })
    expect(await screen.findByRole("region", { name: "Why it failed" })).toBeVisible()
    expect(steps.getAllByRole("heading", { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      "Before it can work",
    ])
    send({ event: "peering", data: makePeering("AWS", { status: "TERMINATING" }) })
    expect(await screen.findByText("Atlas is removing this connection.")).toBeVisible()
    expect(screen.queryByRole("region", { name: "Step by step" })).toBeNull()
  })

  test("are open again when the connection was started anew, with the block it has then", async () => {
    const at = "2026-11-24T10:06:00.000Z"
    const ticks = ["aws-accept-pcx-0f3a9188d2c41e07b", "aws-routes-pcx-0f3a9188d2c41e07b"]
    const record = { steps: Object.fromEntries(ticks.map((id) => [id, { by: "Tom Reed", at }])) }
    const { user, steps, openStream, send } = await openConnection(makePeering("AWS", { record }))
    await openStream()
    await user.click(steps.getByText("Until applications connect"))
    expect(await steps.findByLabelText("Block or security group")).toHaveValue("10.20.0.0/16")
    expect(steps.getAllByText(/Tom Reed/)).toHaveLength(2)
    const anew = { connectionId: "pcx-0b2c3d4e5f6071829", routeTableCidrBlock: "10.30.0.0/16" }
    send({ event: "peering", data: makePeering("AWS", { peer: anew, record }) })
    expect(await steps.findByText(/accept-vpc-peering-connection.*pcx-0b2c3d4e5f6071829/s)).toBeVisible()
    expect(steps.queryByText(/Tom Reed/)).toBeNull()
    expect(steps.getByText("Now, in your cloud").closest("summary")).toHaveTextContent("0 of ")
    expect(steps.getByLabelText("Block or security group")).toHaveValue("10.30.0.0/16")
  })

  test("a viewer sees them, can change nothing, and reads why", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
    const { user, steps } = await openConnection()
    await screen.findByText("You may look at this connection, not change it")
    const button = steps.getByRole("button", { name: "Tick off: Accept the peering request" })
    expect(button).toHaveAttribute("aria-disabled", "true")
    expect(button).toHaveAccessibleDescription(/Ask the platform team for the role of a requester/)
    // A call that nobody answers would fail the test.
    await user.click(button)
  })
})

describe("once it is available", () => {
  const available = makePeering("AWS", { status: "AVAILABLE" })

  test("the network is let into the access list, and its status is followed", async () => {
    mockBff.use(holds())
    const { user, steps } = await openConnection(available)
    await user.type(await steps.findByLabelText("Reason for the entry"), "PAY-212")
    expect(steps.getByLabelText("Block or security group")).toHaveValue("10.20.0.0/16")
    const sent: unknown[] = []
    const entry = { cidrBlock: "10.20.0.0/16", comment: "Peering vpc-0a1b2c3d4e5f60718", status: "PENDING" }
    mockBff.use(
      runAudited("post", apiUrls.accessList(projectId), entry, (body) => sent.push(body)),
      holds(entry),
    )
    await user.click(steps.getByRole("button", { name: "Add to the access list" }))
    expect(await steps.findByText("PENDING")).toBeVisible()
    expect(sent).toEqual([
      {
        entry: { cidrBlock: "10.20.0.0/16", comment: "Peering vpc-0a1b2c3d4e5f60718" },
        reason: "PAY-212",
      },
    ])
  })

  test("an entry around the network is enough", async () => {
    mockBff.use(holds({ cidrBlock: "10.0.0.0/8" }))
    const { steps } = await openConnection(available)
    expect(await steps.findByText(/which covers/)).toHaveTextContent("10.0.0.0/8, which covers 10.20.0.0/16")
  })

  test("an entry that ends by itself is told from one that stays, and something else can be let in", async () => {
    const temporary = { cidrBlock: "10.20.0.0/16", deleteAfterDate: "2026-11-24T18:00:00.000Z" }
    mockBff.use(holds(temporary))
    const { steps } = await openConnection(available)
    expect(await steps.findByText(/The access list has/)).toHaveTextContent(
      "until 18:00; then Atlas takes it off and the network is shut out",
    )
    expect(steps.getByLabelText("Block or security group")).toBeVisible()
  })

  test("an entry that stays counts before one that ends by itself", async () => {
    const temporary = { cidrBlock: "10.20.0.0/16", deleteAfterDate: "2026-11-24T18:00:00.000Z" }
    mockBff.use(holds(temporary, { cidrBlock: "10.0.0.0/8" }))
    const { steps } = await openConnection(available)
    expect(await steps.findByText(/The access list has/)).toHaveTextContent("10.0.0.0/8, which covers")
    expect(steps.queryByText(/until 18:00/)).toBeNull()
  })

  test("a security group is asked for only where the VPC is in the container's region", async () => {
    mockBff.use(holds())
    const { steps } = await openConnection(
      makePeering("AWS", { status: "AVAILABLE", peer: { accepterRegionName: "eu-west-1" } }),
    )
    expect(await steps.findByLabelText("Block")).toHaveAccessibleDescription("10.0.0.0/16")
    expect(steps.queryByText(/sg-…/)).toBeNull()
  })

  test("an entry with an unknown outcome may be asked for once more", async () => {
    mockBff.use(holds())
    const { user, steps } = await openConnection(available)
    const problem = { code: "outcome_unknown", status: 504 } as const
    mockBff.use(runAudited("post", apiUrls.accessList(projectId), { problem }))
    await user.click(await steps.findByRole("button", { name: "Add to the access list" }))
    expect(await steps.findByRole("alert")).toHaveTextContent(/The entry may be there.*is safe/)
  })

  test("a mistake in an entry is shown at its field", async () => {
    mockBff.use(holds())
    const { user, steps } = await openConnection(available)
    mockBff.use(
      runAudited("post", apiUrls.accessList(projectId), {
        problem: { code: "invalid_request", status: 400, fields: { reason: "Say why, for the audit trail" } },
      }),
    )
    await user.click(steps.getByRole("button", { name: "Add to the access list" }))
    await waitFor(() => expect(steps.getByLabelText("Reason for the entry")).toBeInvalid())
  })

  test.each([
    ["What nslookup or dig printed", "Name: a.b\nAddress: 192.168.249.7", "the way over the peering"],
    ["What nslookup or dig printed", "Name: a.b\nAddress: 52.1.2.3", "goes past the peering"],
    [
      "What nc, telnet or Test-NetConnection printed",
      "Connection timed out",
      "Something on the way drops it",
    ],
  ])("%s, pasted, is read", async (label, text, says) => {
    mockBff.use(holds())
    const { user, steps } = await openConnection(available)
    await user.click(steps.getByLabelText(label))
    await user.paste(text)
    expect(steps.getByText(new RegExp(says))).toBeVisible()
  })
})

test("Azure's list of role assignments tells whether Atlas may peer", async () => {
  const { user, steps } = await openConnection(makePeering("AZURE", { status: "ADDING_PEER" }))
  await user.click(steps.getByLabelText("What az role assignment list printed"))
  await user.paste("[]")
  expect(steps.getByText("It lists no role assignment.")).toBeVisible()
})

test("the limits of Google Cloud's peering are listed", async () => {
  const { steps } = await openConnection(makePeering("GCP"))
  expect(steps.getByText(/Cloud Run, Cloud Functions/)).toBeVisible()
})

describe("a connection that failed", () => {
  const failed = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } })

  test("says why with its own values, and is tried again as a new one with the same fields", async () => {
    await openConnection(failed)
    const card = within(screen.getByRole("region", { name: "Why it failed" }))
    expect(screen.getByText("The owner of the VPC rejected the request.")).toBeVisible()
    expect(card.getByText(/Account 123456789012, VPC vpc-0a1b2c3d4e5f60718/)).toBeVisible()
    expect(card.getByText("REJECTED")).toBeVisible()
    expect(card.getByText(/As long as this one is there, Atlas takes no other/)).toBeVisible()
    const address = new URL(
      card.getByRole("link", { name: "Try again as a new one" }).getAttribute("href") ?? "",
      "https://desk.example",
    )
    expect(address.pathname).toBe(pagePaths.newConnection(projectId))
    expect(Object.fromEntries(address.searchParams)).toEqual({
      provider: "AWS",
      container: "507f1f77bcf86cd799439011",
      accepterRegionName: "us-east-1",
      awsAccountId: "123456789012",
      routeTableCidrBlock: "10.20.0.0/16",
      vpcId: "vpc-0a1b2c3d4e5f60718",
    })
  })

  test("leads to Azure's permission when it was withdrawn", async () => {
    const { user, steps } = await openConnection(
      makePeering("AZURE", { status: "FAILED", peer: { errorState: "Permission denied." } }),
    )
    expect(steps.queryByText("Make the role")).toBeNull()
    await user.click(screen.getByRole("button", { name: "Give the permission in Azure" }))
    expect(steps.getByText("Make the role")).toBeVisible()
    await user.click(steps.getByText("Before it can work"))
    expect(steps.queryByText("Make the role")).toBeNull()
    await user.click(screen.getByRole("button", { name: "Give the permission in Azure" }))
    expect(steps.getByText("Make the role")).toBeVisible()
  })
})
