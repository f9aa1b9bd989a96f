import { apiUrls, type StreamEvent } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, listOf, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeList, makePeering, makeWatch, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS")

async function openConnection(peering = aws) {
  mockBff.use(listOf([peering]))
  const app = openApp(pagePaths.connection(projectId, peering.id))
  await screen.findByRole("list", { name: "Progress" })
  return app
}

const listSteps = () =>
  within(screen.getByRole("list", { name: "Progress" }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent)

const page = () => screen.getByRole("main")

test("HTML in a field from Atlas is shown as text on the page of its connection", async () => {
  const html = '<img src="x" onerror="document.title=1"><b>bold</b>'
  await openConnection(
    makePeering("AWS", { peer: { vpcId: html, errorStateName: html, someNewField: html } }),
  )
  expect(page()).toHaveTextContent(html)
  expect(page().querySelectorAll("img, b, [onerror]")).toHaveLength(0)
})

describe("The status card", () => {
  test("AWS waiting: says who must accept what, by when [A8]", async () => {
    await openConnection(
      makePeering("AWS", {
        history: [
          { status: "INITIATING", at: "2026-11-24T10:03:00.000Z" },
          { status: "PENDING_ACCEPTANCE", at: "2026-11-24T10:04:00.000Z" },
        ],
      }),
    )
    expect(page()).toHaveTextContent("Waiting for the owner")
    expect(page()).toHaveTextContent("Account 1234 5678 9012 must accept pcx-0f3a9188d2c41e07b.")
    expect(page()).toHaveTextContent("AWS drops the request on 1 Dec, 10:03.")
    expect(listSteps()).toEqual([
      expect.stringMatching(/^Done: Requested10:03 · took 1 m/),
      "Now: Waiting for acceptanceVPC owner",
      "Ahead: FinalizingAtlas",
      "Ahead: AvailableReady for traffic",
    ])
    expect(screen.getByText("Waiting for acceptance").closest("li")).toHaveAttribute("aria-current", "step")
  })

  test("AWS waiting since before monitoring: the id's time is the earliest end, with how to check [2]", async () => {
    // The id says 18 Nov, 18:12:07 UTC.
    const id = "6afdea77c1e9a04b52d7f316"
    const { user } = await openConnection(makePeering("AWS", { beginSeen: false, peer: { id } }))
    expect(page()).toHaveTextContent("Expires 25 Nov, 18:12 or later")
    expect(page()).not.toHaveTextContent("1 Dec")
    await user.click(screen.getByRole("button", { name: "Copy the command that shows it" }))
    expect(await navigator.clipboard.readText()).toMatch(
      /describe-vpc-peering-connections.*pcx-0f3a9188d2c41e07b/s,
    )
  })

  test("Google Cloud waiting: says from where to where to peer [A1]", async () => {
    await openConnection(makePeering("GCP"))
    expect(page()).toHaveTextContent(
      "Create the peering from acme-analytics/prod to p-atlas1234/nt-atlas1234.",
    )
    expect(page()).toHaveTextContent("No deadline")
  })

  test("Google Cloud waiting while Atlas creates its network: gives no half of a name [A3]", async () => {
    const container = { providerName: "GCP", id: "507f1f77bcf86cd799439012", gcpProjectId: null }
    mockBff.use(answer(apiUrls.containers(projectId), { containers: [container] }))
    await openConnection(makePeering("GCP"))
    expect(page()).toHaveTextContent("Create the peering from acme-analytics/prod.")
    expect(page()).toHaveTextContent("Atlas is still creating its network.")
  })

  test.each([
    ["AWS", "INITIATING", "Requesting", "Atlas is requesting the peering in AWS."],
    ["AWS", "FINALIZING", "Finalizing", "Accepted. Atlas is finalizing the connection."],
    ["AWS", "AVAILABLE", "Connected", "The networks are peered."],
    ["AWS", "TERMINATING", "Deleting", "Atlas is deleting this connection."],
    ["GCP", "ADDING_PEER", "Requesting", "Atlas is creating its side of the peering."],
    ["AZURE", "ADDING_PEER", "Requesting", "Atlas is adding the peering on both sides."],
    ["AZURE", "DELETION_FAILED", "Deletion failed", "Delete again…"],
    ["AZURE", "NEW_WORD", "Unknown status", "Unknown status NEW_WORD."],
  ] as const)("%s %s: the link and the sentence say so", async (cloud, status, caption, sentence) => {
    await openConnection(makePeering(cloud, { status }))
    expect(page()).toHaveTextContent(caption)
    expect(page()).toHaveTextContent(sentence)
  })

  test.each([
    ["REJECTED", "Rejected", "by the VPC owner"],
    ["EXPIRED", "Expired", "Dropped by AWS"],
    ["INVALID_ARGUMENT", "VPC not found", "in 1234 5678 9012"],
    ["SOMETHING_ELSE", "Failed", "SOMETHING_ELSE"],
  ])("AWS FAILED, %s: says where it broke and why [B2]", async (errorStateName, caption, detail) => {
    await openConnection(makePeering("AWS", { status: "FAILED", peer: { errorStateName } }))
    expect(page()).toHaveTextContent(caption)
    expect(page()).toHaveTextContent(detail)
    const why = screen.getByRole("region", { name: "Why it failed" })
    expect(why).toHaveTextContent(`Atlas error: ${errorStateName}`)
    expect(why).toHaveTextContent("vpc-0a1b2c3d4e5f60718")
  })

  test("A rejected request shows the step that it broke at and what it did not reach", async () => {
    await openConnection(makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } }))
    expect(listSteps()).toEqual([
      "Done: Requested",
      "Failed: Rejected10:04",
      "Ahead: FinalizingNot reached",
      "Ahead: AvailableNot reached",
    ])
  })

  test("Steps that passed unobserved are done without a text [10]", async () => {
    await openConnection(makePeering("AWS", { status: "AVAILABLE", beginSeen: false }))
    expect(listSteps()).toEqual([
      "Done: Requested",
      "Done: Accepted",
      "Done: Finalized",
      "Now: AvailableFor at least 3 min",
    ])
    expect(page()).not.toHaveTextContent(/not seen/i)
  })

  test("A decline by the network's owner shows with its reason", async () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Wrong account", for: "Network team" }
    await openConnection({ ...aws, declined })
    expect(page()).toHaveTextContent("Network team declined: “Wrong account”")
    expect(page()).toHaveTextContent("Declined by owner")
    expect(page()).not.toHaveTextContent("Waiting for the owner")
    expect(screen.queryByRole("button", { name: "I've accepted it – check now" })).toBeNull()
    expect(screen.getByRole("button", { name: "Share again" })).toBeVisible()
    expect(screen.getByRole("button", { name: "Delete…" })).toBeVisible()
  })

  test("A connection that is broken in AWS says what is missing and since when, and not that it is available", async () => {
    const broken = {
      since: "2026-11-24T10:05:00.000Z",
      stop: "route",
      says: "rtb-0a17 has no route for 192.168.248.0/21.",
    }
    await openConnection(makePeering("AWS", { status: "AVAILABLE", record: { broken } }))
    expect(page()).toHaveTextContent(
      /Broken in AWS since 10:05\s*rtb-0a17 has no route for 192.168.248.0\/21\./,
    )
    expect(document.title).toContain("Broken in AWS")
    expect(page()).not.toHaveTextContent("Your application can connect")
  })

  test("A connection that left AVAILABLE says until when it was available", async () => {
    const leftAvailableAt = "2026-11-24T10:05:00.000Z"
    await openConnection(makePeering("AWS", { status: "FAILED", record: { leftAvailableAt } }))
    expect(page()).toHaveTextContent("Was available until 10:05.")
  })

  test("Every id has a copy button, and the raw response is a click away [B3] [D1] [D2] [D4] [D12]", async () => {
    const { user } = await openConnection()
    const details = within(screen.getByRole("region", { name: "Details" }))
    expect(details.getByText("1112222b3bf99403840e8934")).toBeVisible()
    await user.click(details.getByRole("button", { name: "Copy Peering ID" }))
    expect(await navigator.clipboard.readText()).toBe("pcx-0f3a9188d2c41e07b")
    await user.click(screen.getByRole("button", { name: "Copy VPC of your network" }))
    expect(await navigator.clipboard.readText()).toBe("vpc-0a1b2c3d4e5f60718")
    await user.click(details.getByText("Raw API response"))
    expect(details.getByText(/"statusName": "PENDING_ACCEPTANCE"/)).toBeVisible()
  })
})

describe("Live", () => {
  const announced = () =>
    within(page())
      .queryAllByRole("status")
      .map(({ textContent }) => textContent)
      .filter((text) => text !== "")

  const accepted: StreamEvent = {
    event: "peering",
    data: makePeering("AWS", {
      status: "AVAILABLE",
      history: [...aws.history, { status: "AVAILABLE", at: "2026-11-24T10:06:00.000Z" }],
    }),
  }

  test("A new state comes without a reload and is announced once; the first one is not", async () => {
    const { openStream, send } = await openConnection()
    await waitFor(openStream)
    expect(announced()).toEqual([])
    send(accepted)
    await waitFor(() => expect(page()).toHaveTextContent("The networks are peered."))
    expect(announced()).toEqual(["Available"])
    expect(listSteps().at(-1)).toBe("Now: AvailableSince 10:06")
  })

  test("The browser's tab says what is to be done, then that it works", async () => {
    const { openStream, send } = await openConnection()
    await waitFor(openStream)
    expect(document.title).toBe("! Accept in AWS – vpc-0a1b2c3d4e5f60718 · Peering Desk")
    send(accepted)
    await waitFor(() => expect(document.title).toBe("✓ vpc-0a1b2c3d4e5f60718 Available · Peering Desk"))
  })

  test("Check now says what Atlas still reports, and follows a change", async () => {
    const { user } = await openConnection()
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), aws))
    const button = screen.getByRole("button", { name: "I've accepted it – check now" })
    await user.click(button)
    expect(await screen.findByText("Not accepted yet (checked 10:07). This can take a minute.")).toBeVisible()
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), accepted.data))
    await user.click(button)
    await waitFor(() => expect(page()).toHaveTextContent("The networks are peered."))
  })

  test("Check now says why it failed", async () => {
    const { user } = await openConnection()
    const problem = { code: "atlas_timeout", status: 504 } as const
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), { problem }))
    await user.click(screen.getByRole("button", { name: "I've accepted it – check now" }))
    await waitFor(() => expect(screen.getByText("Atlas didn't answer in time")).toBeVisible())
  })

  test("A state that can't be read any more keeps its shape, says of when it is and offers to try now", async () => {
    const watch = makeWatch("AWS", { checkedAt: "2026-11-24T09:58:00.000Z", problem: "atlas_timeout" })
    mockBff.use(listOf(makeList([makePeering("AWS", { status: "AVAILABLE" })], [watch])))
    openApp(pagePaths.connection(projectId, aws.id))
    expect(await screen.findByText("As of 09:58")).toBeVisible()
    expect(page()).toHaveTextContent("Available then")
    expect(page()).toHaveTextContent("Status at 09:58, not live.")
    expect(screen.getByRole("button", { name: "Try now" })).toBeVisible()
    expect(screen.queryByText("The networks are peered.")).toBeNull()
  })
})

describe("A connection that is not there", () => {
  const missing = pagePaths.connection(projectId, "0123456789abcdef01234567")

  test("is said to be missing when every cloud was read", async () => {
    openApp(missing)
    expect(await screen.findByRole("heading", { level: 1, name: "Connection not found" })).toBeVisible()
    expect(screen.getByRole("link", { name: "View connections" })).toBeVisible()
  })

  test("is not said to be missing while a cloud could not be read", async () => {
    const unread = makeWatch("AZURE", { checkedAt: null, problem: "atlas_timeout" })
    mockBff.use(listOf(makeList([], [unread])))
    openApp(missing)
    expect(await screen.findByRole("heading", { name: "Can't read this connection yet" })).toBeVisible()
    expect(screen.getByText("Azure: Atlas didn't answer in time")).toBeVisible()
  })

  test("has a list that says why it can't be read", async () => {
    mockBff.use(refuse(apiUrls.peerings(projectId), "internal_error", { status: 500 }))
    openApp(missing)
    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible()
  })
})
