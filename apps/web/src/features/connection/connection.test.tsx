import { apiUrls, type StreamEvent } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, runAudited, listOf, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeList, makePeering, makeWatch, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS")

async function openConnection(peering = aws) {
  mockBff.use(listOf([peering]))
  const app = openApp(pagePaths.connection(projectId, peering.id))
  await screen.findByRole("list", { name: "Stations" })
  return app
}

const listSteps = () =>
  within(screen.getByRole("list", { name: "Stations" }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent)

const card = () => screen.getByRole("main")

describe("the status card", () => {
  test("AWS waiting: who must accept what, by when [A8]", async () => {
    await openConnection()
    expect(card()).toHaveTextContent("Your turn: accept in AWS")
    expect(card()).toHaveTextContent("waits for your account")
    expect(card()).toHaveTextContent("Account 1234 5678 9012 must accept pcx-0f3a9188d2c41e07b.")
    expect(card()).toHaveTextContent("Atlas withdraws the request on 1 Dec, 10:04 (6 d 23 h left).")
    expect(
      screen.getByText("Waiting for acceptance", { selector: "[class*=name]" }).closest("li"),
    ).toHaveAttribute("aria-current", "step")
  })

  test("AWS waiting since before the watch began: the deadline is the latest, not the exact one", async () => {
    await openConnection(makePeering("AWS", { beginSeen: false }))
    expect(card()).toHaveTextContent("Atlas withdraws the request at the latest on 1 Dec, 10:04")
    expect(card()).toHaveTextContent("since before 10:04")
    expect(listSteps()[1]).toBe("Now: Waiting for acceptanceyou, at most 6 d 23 h left")
  })

  test("Google Cloud waiting: from where to where to peer back [A1]", async () => {
    await openConnection(makePeering("GCP"))
    await waitFor(() =>
      expect(card()).toHaveTextContent(
        "Somebody must peer back from acme-analytics/prod to Atlas's p-atlas1234/nt-atlas1234.",
      ),
    )
  })

  test("Google Cloud waiting while Atlas prepares its network: no half of a name is given [A3]", async () => {
    const [container] = [{ providerName: "GCP", id: "507f1f77bcf86cd799439012", gcpProjectId: null }]
    mockBff.use(answer(apiUrls.containers(projectId), { containers: [container] }))
    await openConnection(makePeering("GCP"))
    expect(card()).toHaveTextContent("Somebody must peer back from acme-analytics/prod.")
    expect(card()).toHaveTextContent("Atlas is still preparing its network")
  })

  test.each([
    ["AWS", "INITIATING", "Atlas asks your account", "Atlas is working. Nothing for you to do now."],
    ["AWS", "FINALIZING", "Atlas joins both sides", "Atlas is working. Nothing for you to do now."],
    ["AWS", "AVAILABLE", "joined", "once its route tables send 192.168.248.0/21 through this peering"],
    ["AWS", "TERMINATING", "being removed", "Atlas is removing this connection."],
    ["GCP", "ADDING_PEER", "Atlas builds its side", "Atlas is working."],
    ["AZURE", "ADDING_PEER", "Atlas builds its side", "with the permission you gave it in Azure"],
    ["AZURE", "AVAILABLE", "joined", "The two networks are joined."],
    ["AZURE", "DELETION_FAILED", "could not be removed", "Atlas could not remove the connection"],
    ["AZURE", "NEW_WORD", "state unknown", "Atlas gives a state that this version does not know."],
  ] as const)("%s %s: the link and the sentence say it", async (cloud, status, caption, sentence) => {
    await openConnection(makePeering(cloud, { status }))
    expect(card()).toHaveTextContent(caption)
    await waitFor(() => expect(card()).toHaveTextContent(sentence))
  })

  test.each([
    ["REJECTED", "your account refused", "The owner of the VPC rejected the request."],
    ["EXPIRED", "nobody accepted in time", "Nobody accepted the request within 7 days, so AWS dropped it."],
    [
      "INVALID_ARGUMENT",
      "no such VPC found",
      "AWS knows no such VPC: account, VPC and region do not belong together.",
    ],
    ["SOMETHING_ELSE", "broken", "The connection failed. Atlas's words are all that is known."],
  ])("AWS FAILED, %s: where it broke and why [B2]", async (errorStateName, caption, sentence) => {
    await openConnection(makePeering("AWS", { status: "FAILED", peer: { errorStateName } }))
    expect(card()).toHaveTextContent(caption)
    expect(card()).toHaveTextContent(sentence)
    expect(card()).toHaveTextContent(/ask anew/i)
    const why = await screen.findByRole("region", { name: "Why it failed" })
    expect(why).toHaveTextContent(`Atlas's words: ${errorStateName}`)
    expect(why).not.toHaveTextContent(sentence)
  })

  test("names the ids apart, in full, and copies them; the raw answer is a click away [B3] [D1] [D2] [D4] [D12]", async () => {
    const { user } = await openConnection()
    const ids = within(screen.getByRole("region", { name: "Identifiers" }))
    expect(ids.getByText("Atlas peer id").nextSibling).toHaveTextContent("1112222b3bf99403840e8934")
    expect(ids.getByText("AWS peering id").nextSibling).toHaveTextContent("pcx-0f3a9188d2c41e07b")
    await user.click(ids.getByRole("button", { name: "Copy AWS peering id" }))
    expect(await navigator.clipboard.readText()).toBe("pcx-0f3a9188d2c41e07b")
    expect(await ids.findByText("AWS peering id copied")).toBeInTheDocument()
    await user.click(ids.getByText("Atlas's answer as it came"))
    expect(ids.getByText(/"statusName": "PENDING_ACCEPTANCE"/)).toBeVisible()
  })

  test("claims nothing that was not seen", async () => {
    await openConnection(makePeering("AWS", { status: "FINALIZING" }))
    expect(listSteps()).toEqual([
      "Done: Requesting in AWSnot seen",
      "Done: Waiting for acceptancenot seen",
      "Now: FinalizingAtlas, since 10:04",
      "Ahead: Available",
    ])
  })
})

describe("live", () => {
  /** What is said aloud inside the page, where the indicator of the header is not. */
  const announced = () =>
    within(card())
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

  test("a new state comes without a reload and is read out once; the one at the start is not", async () => {
    const { openStream, send } = await openConnection()
    await waitFor(openStream)
    expect(announced()).toEqual([])
    send(accepted)
    await waitFor(() => expect(card()).toHaveTextContent("The two networks are joined."))
    expect(announced()).toEqual(["Available"])
    expect(listSteps().at(-1)).toBe("Now: Available10:06")
  })

  test("a connection that Atlas no longer lists keeps what was known", async () => {
    const { openStream, send } = await openConnection()
    await waitFor(openStream)
    send({ event: "gone", data: { projectId, id: aws.id, at: "2026-11-24T10:06:00.000Z" } })
    await waitFor(() => expect(card()).toHaveTextContent("Atlas no longer lists this connection."))
    expect(card()).toHaveTextContent("pcx-0f3a9188d2c41e07b")
    expect(card()).toHaveTextContent("No longer in Atlas")
  })

  test("another one like it has all its values, the region that Atlas leaves out too, and after its end as well", async () => {
    const { openStream, send } = await openConnection()
    const likeIt = () => screen.getByRole("link", { name: "Duplicate this connection" }).getAttribute("href")
    const wanted = `${pagePaths.newConnection(projectId)}?provider=AWS&awsAccountId=123456789012&accepterRegionName=us-east-1&vpcId=vpc-0a1b2c3d4e5f60718&routeTableCidrBlock=10.20.0.0%2F16&container=507f1f77bcf86cd799439011`
    expect(likeIt()).toBe(wanted)
    await waitFor(openStream)
    send({ event: "gone", data: { projectId, id: aws.id, at: "2026-11-24T10:06:00.000Z" } })
    await waitFor(() => expect(card()).toHaveTextContent("Atlas no longer lists this connection."))
    expect(likeIt()).toBe(wanted)
  })

  test("the header says whether the page is live", async () => {
    const { openStream, cutStream } = await openConnection()
    expect(screen.getByText("Connecting")).toBeVisible()
    await waitFor(openStream)
    expect(screen.getByText("Live")).toBeVisible()
    cutStream()
    expect(screen.getByText("Reconnecting")).toBeVisible()
  })

  test("looking now asks Atlas and says what it still says", async () => {
    const { user } = await openConnection()
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), aws))
    await user.click(screen.getByRole("button", { name: "I accepted it, look now" }))
    expect(await screen.findByText("Atlas still says PENDING_ACCEPTANCE")).toBeVisible()
    mockBff.use(runAudited("post", apiUrls.pollNow(projectId, aws.id), accepted.data))
    await user.click(screen.getByRole("button", { name: "I accepted it, look now" }))
    await waitFor(() => expect(card()).toHaveTextContent("The two networks are joined."))
  })

  test("looking now says when it could not", async () => {
    const { user } = await openConnection()
    mockBff.use(
      runAudited("post", apiUrls.pollNow(projectId, aws.id), {
        problem: { code: "atlas_timeout", status: 504 },
      }),
    )
    await user.click(screen.getByRole("button", { name: "I accepted it, look now" }))
    expect(await screen.findByText("Atlas did not answer in time")).toBeVisible()
  })
})

describe("a connection that is not there", () => {
  const missing = pagePaths.connection(projectId, "0123456789abcdef01234567")

  test("is said to be missing when every cloud was read", async () => {
    openApp(missing)
    expect(await screen.findByRole("heading", { name: "No such connection" })).toBeVisible()
  })

  test("is not said to be missing while a cloud could not be read", async () => {
    const unread = makeWatch("AZURE", { checkedAt: null, problem: "atlas_timeout" })
    mockBff.use(listOf(makeList([], [unread])))
    openApp(missing)
    expect(await screen.findByRole("heading", { name: "Not known yet" })).toBeVisible()
    expect(screen.getByText("Azure: Atlas did not answer in time")).toBeVisible()
  })

  test("a list that can't be read says why", async () => {
    mockBff.use(refuse(apiUrls.peerings(projectId), "internal_error", { status: 500 }))
    openApp(missing)
    expect(await screen.findByText("Something went wrong in this server")).toBeVisible()
  })
})
