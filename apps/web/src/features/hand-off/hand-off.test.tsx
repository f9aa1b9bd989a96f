import { apiUrls, AtlasPeer, type HandOffView, type ProblemCode } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { computePollDelayMs } from "#api/peerings/hand-off.ts"
import { RequestError } from "#api/request-error.ts"
import { mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { containers, makePeering, now } from "#mock-bff/samples.ts"

useMockBff()

const token = "eyJ0-token_of-the.link"
const sent: Request[] = []
beforeEach(() => {
  sent.splice(0)
  mockBff.events.removeAllListeners()
  mockBff.events.on("request:start", ({ request }) => void sent.push(request))
})

function makeView(more: Partial<HandOffView> = {}): HandOffView {
  const { peer } = makePeering("AWS", { peer: { accepterRegionName: "us-east-1" } })
  return {
    askedBy: { name: "Olivia Marsh", email: "olivia@example.com" },
    reason: "Orders move to Atlas",
    label: null,
    yourCidr: "10.0.0.0/16",
    yourRegion: "us-east-1",
    atlasCidr: "192.168.248.0/21",
    expiresEarliest: "2026-12-01T10:04:00.000Z",
    expiresLatest: "2026-12-01T10:04:00.000Z",
    declined: null,
    providerName: peer.providerName,
    projectName: "payments-prod",
    peer,
    container: containers[0] ?? null,
    status: "PENDING_ACCEPTANCE",
    turn: "you",
    statusSince: "2026-11-24T10:04:00.000Z",
    statusSinceSeen: true,
    deadline: "2026-12-01T10:04:00.000Z",
    checkedAt: now,
    expiresAt: "2026-11-27T10:00:00.000Z",
    pressedAt: null,
    ...more,
  }
}

/** What the link shows; `after` is what it shows once "I did it" was pressed. */
function openLink(view: HandOffView, after?: HandOffView) {
  let shown = view
  mockBff.use(
    http.get(apiUrls.openHandOff(), () => HttpResponse.json(shown)),
    http.post(apiUrls.pressHandOff(), () => {
      shown = after ?? view
      return HttpResponse.json({ ...shown, pressedAt: now })
    }),
  )
  return openApp(`/hand-off#${token}`)
}

const press = () => screen.findByRole("button", { name: "I did it" })

describe("a link that is good", () => {
  test("shows whose turn it is, until when, and the command with the connection's own values", async () => {
    openLink(makeView())
    expect(
      await screen.findByRole("heading", { name: "Peering of vpc-0a1b2c3d4e5f60718 with MongoDB Atlas" }),
    ).toBeVisible()
    expect(screen.getByText("Your turn")).toBeVisible()
    expect(screen.getByText(/^Until 1 Dec/)).toHaveTextContent("6 d 23 h left")
    const todo = screen.getByRole("region", { name: "What to do" })
    expect(within(todo).getByText(/accept-vpc-peering-connection/)).toHaveTextContent("pcx-0f3a9188d2c41e07b")
    expect(
      within(todo).getByRole("button", { name: "Copy for AWS CLI: Accept the peering request" }),
    ).toBeVisible()
    expect(within(todo).getByRole("button", { name: /^Copy for In the console: Accept/ })).toBeVisible()
  })

  test("asks for nothing but the link: no session, no cookie, no projects, no stream", async () => {
    const { browser } = openLink(makeView())
    await press()
    expect(new Set(sent.map(({ url }) => new URL(url).pathname))).toEqual(new Set([apiUrls.openHandOff()]))
    expect(sent.map(({ credentials }) => credentials)).toEqual(sent.map(() => "omit"))
    expect(browser.openSources).toEqual([])
    expect(screen.queryByRole("navigation")).toBeNull()
    expect(screen.queryByRole("link")).toBeNull()
  })

  test("keeps the token in the fragment and a header, out of addresses, the page and the window's title", async () => {
    const { user } = openLink(makeView())
    await user.click(await press())
    await screen.findByText(/^Atlas has not seen it yet/)
    for (const request of sent) {
      expect(request.url).not.toContain(token)
      expect(request.headers.get("authorization")).toBe(`Bearer ${token}`)
    }
    expect(location.pathname + location.search).toBe("/hand-off")
    expect(document.title + document.body.innerHTML).not.toContain(token)
    expect([localStorage.length, sessionStorage.length, history.state]).toEqual([0, 0, null])
  })

  test("says what was seen after “I did it”: nothing yet, or that it worked", async () => {
    const { user } = openLink(makeView())
    await user.click(await press())
    const status = await screen.findByText(/^Atlas has not seen it yet: at 10:07 it still says PENDING/)
    expect(status).toHaveRole("status")
  })

  test("shows the next stage once it works, and the focus is not lost with the button", async () => {
    const peer = AtlasPeer.parse({ ...makeView().peer, statusName: "AVAILABLE" })
    const { user } = openLink(makeView(), makeView({ peer, status: "AVAILABLE", turn: "works" }))
    await user.click(await press())
    const status = await screen.findByText("Atlas has seen it: the two networks are joined.")
    await waitFor(() => expect(status).toHaveFocus())
    expect(screen.queryByRole("button", { name: "I did it" })).toBeNull()
    expect(screen.getByRole("heading", { name: "Route Atlas's block to the peering" })).toBeVisible()
    expect(screen.queryByText(/access list/)).toBeNull()
  })

  test("a Google Cloud link names Atlas's network to peer back with", async () => {
    const ofGcp = makePeering("GCP").peer
    openLink(
      makeView({
        providerName: "GCP",
        peer: ofGcp,
        container: containers[1] ?? null,
        status: "WAITING_FOR_USER",
        deadline: null,
      }),
    )
    expect(await screen.findByText(/gcloud compute networks peerings create/)).toHaveTextContent(
      "nt-atlas1234",
    )
  })

  test("a link of a deleted connection says so", async () => {
    openLink(makeView({ turn: "gone", status: null, deadline: null }))
    expect(await screen.findAllByText("This connection is no longer there.")).not.toHaveLength(0)
    expect(screen.queryByRole("button", { name: "I did it" })).toBeNull()
  })

  test("a link of a failed connection says why, in Atlas's words too", async () => {
    const { peer } = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } })
    openLink(makeView({ peer, status: "FAILED", turn: "failed", deadline: null }))
    expect(await screen.findAllByText("The owner of the VPC rejected the request.")).not.toHaveLength(0)
    expect(screen.getByText(/Atlas says: REJECTED\.$/)).toBeVisible()
  })

  test.each([
    ["asks for the permission when that is what was missing", "Permission denied.", 1],
    [
      "asks for nothing when something else was wrong",
      "A peer with an overlapping CIDR block already exists.",
      0,
    ],
  ])("a link of a failed Azure connection %s", async (_, errorState, count) => {
    const { peer } = makePeering("AZURE", { status: "FAILED", peer: { errorState } })
    const azure = { providerName: "AZURE", container: containers[2] ?? null, deadline: null } as const
    openLink(makeView({ ...azure, peer, status: "FAILED", turn: "failed" }))
    expect(
      await screen.findByText(
        `Tell the person who sent you the link; they have to ask anew. Atlas says: ${errorState}`,
      ),
    ).toBeVisible()
    expect(screen.queryAllByRole("heading", { name: "Make the role" })).toHaveLength(count)
  })
})

describe("a link that is not good", () => {
  const cases: [ProblemCode, number, string, RegExp][] = [
    ["hand_off_invalid", 404, "This link is not complete", /ask the person who sent it for a new one/],
    ["hand_off_expired", 410, "This link has ended", /Ask the person who sent it for a new one/],
    ["hand_off_revoked", 410, "This link was taken back", /Ask the person who sent it whether/],
  ]
  test.each(cases)("%s is said plainly, with what to do", async (code, status, title, says) => {
    mockBff.use(refuse(apiUrls.openHandOff(), code, { status }))
    openApp(`/hand-off#${token}`)
    expect(await screen.findByRole("heading", { name: title })).toBeVisible()
    expect(screen.getByRole("alert")).toHaveTextContent(says)
  })

  test("an address without a token asks the server nothing", async () => {
    openApp("/hand-off")
    expect(await screen.findByRole("heading", { name: "This link is not complete" })).toBeVisible()
    expect(sent).toEqual([])
  })

  test("one that is taken back while it is open stops showing the connection", async () => {
    const { user } = openLink(makeView())
    const button = await press()
    const revoked = { type: "about:blank", title: "", status: 410, code: "hand_off_revoked", requestId: "r" }
    mockBff.use(http.all("/api/hand-off*", () => HttpResponse.json(revoked, { status: 410 })))
    mockBff.use(http.all(apiUrls.pressHandOff(), () => HttpResponse.json(revoked, { status: 410 })))
    await user.click(button)
    expect(await screen.findByRole("heading", { name: "This link was taken back" })).toBeVisible()
    expect(screen.queryByText(/vpc-0a1b/)).toBeNull()
  })
})

describe("looking again", () => {
  const at = Date.parse(now)
  const seen = (turn: string, changedAt = at) => ({ view: makeView({ turn }), changedAt })
  const refused = (code: ProblemCode, retryAfterSeconds?: number) =>
    new RequestError({
      reason: "refused",
      problem: {
        type: "about:blank",
        title: "",
        status: 429,
        code,
        requestId: "r",
        ...(retryAfterSeconds && { retryAfterSeconds }),
      },
    })

  test("comes every few seconds, more seldom the longer nothing happens, and not once it is settled", () => {
    const waits = [0, 5, 60].map((minutes) =>
      computePollDelayMs(seen("you", at - minutes * 60_000), null, at),
    )
    expect(waits).toEqual([4_000, 15_000, 60_000])
    expect(["works", "failed", "gone"].map((turn) => computePollDelayMs(seen(turn), null, at))).toEqual([
      false,
      false,
      false,
    ])
  })

  test("waits as long as the server asks, and stops for a link that is over", () => {
    expect(computePollDelayMs(seen("you"), refused("too_many_requests", 40), at)).toBe(40_000)
    expect(computePollDelayMs(seen("you"), refused("hand_off_revoked"), at)).toBe(false)
  })
})
