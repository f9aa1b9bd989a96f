import { apiUrls, type StreamEvent } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { makeOverview } from "#mock-bff/inventory-samples.ts"
import { answer, listOf, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { openConnection } from "#mock-bff/open-connection.ts"
import { makeList, makePeering, makeWatch, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { setClockAhead } from "#ui/time/now.ts"

useMockBff()

const aws = makePeering("AWS")

const stops = () => within(screen.getByRole("region", { name: "Path" })).getAllByRole("listitem")
const peeringStop = () => stops().find(({ textContent }) => textContent.startsWith("Peering"))

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
    expect(page()).toHaveTextContent("Account 1234 5678 9012 must accept the request")
    expect(page()).toHaveTextContent("AWS drops it on 1 Dec, 10:03.")
    expect(peeringStop()).toHaveTextContent(/^Peering. Waiting: Owner must accept. Atlas, \d+ \S+ ago/)
    expect(peeringStop()).toHaveAttribute("aria-current", "step")
    expect(within(peeringStop()!).getByText(/^6 d 23 h left/)).toBeVisible()
    expect(within(peeringStop()!).getByText(/accept-vpc-peering-connection/)).toBeVisible()
  })

  test("AWS waiting since before monitoring: the id's time is the earliest end, with how to check [2]", async () => {
    // The id says 18 Nov, 18:12:07 UTC.
    const id = "6afdea77c1e9a04b52d7f316"
    const { user } = await openConnection(makePeering("AWS", { beginSeen: false, peer: { id } }))
    expect(page()).toHaveTextContent("Expires 25 Nov, 18:12 or later")
    expect(page()).not.toHaveTextContent("1 Dec")
    await user.click(screen.getByRole("button", { name: /^Copy for Verify in AWS/ }))
    expect(await navigator.clipboard.readText()).toMatch(
      /describe-vpc-peering-connections.*pcx-0f3a9188d2c41e07b/s,
    )
  })

  test("AWS being requested: says how long that usually takes", async () => {
    const time = {
      providerName: "AWS",
      status: "INITIATING",
      count: 3,
      p50Ms: 40_000,
      p90Ms: 90_000,
    } as const
    mockBff.use(answer(apiUrls.overview(), { ...makeOverview([]), timesInState: [time] }))
    await openConnection(makePeering("AWS", { status: "INITIATING" }))
    expect(await screen.findByText(/You can leave this page\. It usually takes 40 s\./)).toBeVisible()
  })

  test("Google Cloud waiting: says from where to where to peer [A1]", async () => {
    await openConnection(makePeering("GCP"))
    expect(page()).toHaveTextContent("acme-analytics/prod must peer back")
    expect(page()).toHaveTextContent("Peer it with p-atlas1234/nt-atlas1234.")
    expect(page()).toHaveTextContent("No deadline")
  })

  test("Google Cloud waiting while Atlas creates its network: gives no half of a name [A3]", async () => {
    const container = { providerName: "GCP", id: "507f1f77bcf86cd799439012", gcpProjectId: null }
    mockBff.use(answer(apiUrls.containers(projectId), { containers: [container] }))
    await openConnection(makePeering("GCP"))
    expect(page()).toHaveTextContent("acme-analytics/prod must peer back")
    expect(page()).toHaveTextContent("Atlas is still creating its network.")
  })

  test.each([
    ["AWS", "INITIATING", "Requesting in AWS", "Peering. In progress: Atlas creates it"],
    ["AWS", "FINALIZING", "Finalizing", "Peering. In progress: Finalizing"],
    ["AWS", "AVAILABLE", "Available in Atlas", "Peering. Proven: Available"],
    ["AWS", "TERMINATING", "Deleting", "Atlas is deleting this connection."],
    ["GCP", "ADDING_PEER", "Requesting in Google Cloud", "Peering. In progress: Atlas creates it"],
    ["AZURE", "ADDING_PEER", "Requesting in Azure", "Peering. In progress: Atlas creates it"],
    ["AZURE", "DELETION_FAILED", "Deletion failed", "Delete again…"],
    ["AZURE", "NEW_WORD", "Unknown status", "Unknown status NEW_WORD."],
  ] as const)("%s %s: the pill and the path say so", async (cloud, status, caption, sentence) => {
    await openConnection(makePeering(cloud, { status }))
    expect(page()).toHaveTextContent(caption)
    expect(page()).toHaveTextContent(sentence)
  })

  test("The CIDR of a container that can't be read is unknown", async () => {
    mockBff.use(refuse(apiUrls.containers(projectId), "internal_error", { status: 500 }))
    await openConnection()
    expect(screen.getByRole("region", { name: "Path" })).toHaveTextContent("Atlas containerCIDRunknown")
  })

  test("A connection without a status says so", async () => {
    await openConnection({ ...aws, peer: { ...aws.peer, statusName: undefined } as typeof aws.peer })
    expect(page()).toHaveTextContent("Atlas returned no status.Details has Atlas's raw API response.")
  })

  test.each([
    ["REJECTED", "Rejected", "The owner of the VPC rejected the request."],
    ["EXPIRED", "Expired", "Not accepted within 7 days"],
    ["INVALID_ARGUMENT", "Refused by AWS", "don't match, or CIDRs overlap"],
    ["SOMETHING_ELSE", "Failed", "See the message from Atlas."],
  ])("AWS FAILED, %s: says where it broke, why, and who says so [B2]", async (errorStateName, name, why) => {
    await openConnection(makePeering("AWS", { status: "FAILED", peer: { errorStateName } }))
    expect(peeringStop()).toHaveTextContent(`Peering. Broken: ${name}`)
    expect(page()).toHaveTextContent(why)
    const [row] = within(screen.getByRole("list", { name: "Evidence" })).getAllByRole("listitem")
    expect(row).toHaveTextContent(`10:04:00${errorStateName}Atlas`)
  })

  test("A decline by the network's owner shows with its reason", async () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Wrong account", for: "Network team" }
    await openConnection({ ...aws, declined })
    expect(page()).toHaveTextContent("Network team declined: “Wrong account”")
    expect(page()).toHaveTextContent("Declined by owner")
    expect(peeringStop()).toHaveTextContent("Peering. Broken: Declined by owner")
    expect(screen.queryByRole("button", { name: "Check now" })).toBeNull()
    expect(screen.getByRole("button", { name: "Share again" })).toBeVisible()
    expect(screen.getByRole("button", { name: "Delete…" })).toBeVisible()
  })

  test("A connection that is broken in AWS names the stop in its pill and the tab, and not that it is available", async () => {
    const broken = {
      since: "2026-11-24T10:05:00.000Z",
      stop: "route",
      says: "rtb-0a17 has no route for 192.168.248.0/21.",
    }
    await openConnection(makePeering("AWS", { status: "AVAILABLE", record: { broken } }))
    expect(screen.getByText("Route missing in AWS")).toBeVisible()
    expect(document.title).toContain("Route missing in AWS")
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
    await user.click(details.getByRole("button", { name: "Copy Account" }))
    expect(await navigator.clipboard.readText()).toBe("123456789012")
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
    await waitFor(() => expect(peeringStop()).toHaveTextContent("Peering. Proven: Available"))
    expect(announced()).toEqual(["Peering is available. Next: access list."])
  })

  test("The browser's tab says what is to be done, then that it works", async () => {
    const { openStream, send } = await openConnection()
    await waitFor(openStream)
    expect(document.title).toBe("! Accept in AWS – vpc-0a1b2c3d4e5f60718 · Peering Desk")
    send(accepted)
    await waitFor(() =>
      expect(document.title).toBe("✓ vpc-0a1b2c3d4e5f60718 Available in Atlas · Peering Desk"),
    )
  })

  test("Check now says what Atlas still reports, and follows a change", async () => {
    const { user } = await openConnection()
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), aws))
    const button = screen.getByRole("button", { name: "Check now" })
    await user.click(button)
    expect(await screen.findByText("Not accepted yet (checked 10:07). This can take a minute.")).toBeVisible()
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), accepted.data))
    await user.click(button)
    await waitFor(() => expect(peeringStop()).toHaveTextContent("Peering. Proven: Available"))
  })

  test("Check now says the time of the page's clock, which a demo moves ahead", async () => {
    const { user } = await openConnection()
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), aws))
    setClockAhead(3_600_000)
    await user.click(screen.getByRole("button", { name: "Check now" }))
    expect(await screen.findByText(/^Not accepted yet \(checked 11:07\)/)).toBeVisible()
    setClockAhead(0)
  })

  test("Check now says why it failed", async () => {
    const { user } = await openConnection()
    const problem = { code: "atlas_timeout", status: 504 } as const
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), { problem }))
    await user.click(screen.getByRole("button", { name: "Check now" }))
    await waitFor(() => expect(screen.getByText("Atlas didn't answer in time")).toBeVisible())
  })

  test("A state that can't be read any more keeps its shape, says of when it is and offers to try now", async () => {
    const watch = makeWatch("AWS", { checkedAt: "2026-11-24T09:58:00.000Z", problem: "atlas_timeout" })
    mockBff.use(listOf(makeList([makePeering("AWS", { status: "AVAILABLE" })], [watch])))
    openApp(pagePaths.connection(projectId, aws.id))
    expect(await screen.findByText("Status at 09:58")).toBeVisible()
    expect(peeringStop()).toHaveTextContent("Peering. Proven: Available. Atlas, 09:58")
    expect(page()).toHaveTextContent("Status at 09:58, not live.")
    expect(screen.getByRole("button", { name: "Try now" })).toBeVisible()
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

  test("offers to try again when the list of its project can't be read", async () => {
    mockBff.use(refuse(apiUrls.peerings(projectId), "internal_error", { status: 500 }))
    openApp(missing)
    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible()
  })
})
