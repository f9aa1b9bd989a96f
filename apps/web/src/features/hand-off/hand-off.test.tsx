import { apiUrls, AtlasPeer, type HandOffView, type ProblemCode } from "@peering-desk/shared-schemas"
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { computePollDelayMs } from "#api/peerings/hand-off.ts"
import { RequestError } from "#api/request-error.ts"
import { holdAnswer, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
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
    accessListed: true,
    clusterRuns: true,
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
    failedWhileAvailable: false,
    checkedAt: now,
    expiresAt: "2026-11-27T10:00:00.000Z",
    ...more,
  }
}

/** What the link shows; `after` is what it shows once a step was reported as done. */
function openLink(view: HandOffView, after?: HandOffView) {
  let shown = view
  mockBff.use(
    http.get(apiUrls.openHandOff(), () => HttpResponse.json(shown)),
    http.post(apiUrls.reportHandOffDone(), () => {
      shown = after ?? view
      return HttpResponse.json(shown)
    }),
  )
  return openApp(`/hand-off#${token}`)
}

const press = () => screen.findByRole("button", { name: "I've accepted it" })
const path = () => screen.getByRole("region", { name: "Path" })

describe("a link that is good", () => {
  test("says who asks, for what, why and until when", async () => {
    openLink(makeView({ label: "checkout-api" }))
    expect(
      await screen.findByRole("heading", { name: "Accept a peering from MongoDB Atlas into your VPC" }),
    ).toBeVisible()
    expect(screen.getByRole("main")).toHaveTextContent(
      "Olivia Marsh (olivia@example.com) asks you, the owner of account 1234 5678 9012, to accept a peering from MongoDB Atlas, project payments-prod. For checkout-api. Orders move to Atlas AWS drops the request on 1 Dec, 10:04.",
    )
    expect(screen.getByText("6 d 23 h left")).toBeVisible()
    expect(screen.queryByRole("link")).toBeNull()
  })

  test("names the earliest expiry where only bounds are known", async () => {
    openLink(makeView({ expiresEarliest: "2026-11-25T18:12:00.000Z" }))
    expect(await screen.findByText(/AWS drops/)).toHaveTextContent(
      "AWS drops the request on 25 Nov, 18:12 or later.",
    )
    expect(screen.getByText("≥ 1 d 8 h left")).toBeVisible()
  })

  test("draws the path from what the link knows, with the owner's act open", async () => {
    openLink(makeView())
    await press()
    for (const stop of [
      "Application. Not checked: 10.20.0.0/16.",
      "Route. Later: After acceptance.",
      "Security group. Not checked",
      "Peering. Waiting: You accept. Atlas",
      "Access list. Proven: Listed. Atlas",
      "Cluster. Proven: Runs. Atlas",
    ])
      expect(path()).toHaveTextContent(stop)
    const open = screen.getAllByRole("listitem").find((item) => item.getAttribute("aria-current") === "step")
    expect(within(open ?? document.body).getByRole("button", { name: "I've accepted it" })).toBeVisible()
  })

  test("draws Atlas's side as waiting, later or not checked when it isn't proven", async () => {
    openLink(makeView({ accessListed: false, clusterRuns: false }))
    await press()
    expect(path()).toHaveTextContent("Access list. Waiting: Not listed yet.")
    expect(path()).toHaveTextContent("Cluster. Later: No cluster here yet.")
    cleanup()
    openLink(makeView({ accessListed: null, clusterRuns: null }))
    await press()
    expect(path()).toHaveTextContent(/Access list. Not checked.*Cluster. Not checked/)
  })

  test("shows each step once, in the way that was chosen last on any page", async () => {
    const { user } = openLink(makeView())
    await press()
    const steps = path()
    expect(within(steps).getByText(/accept-vpc-peering-connection/)).toHaveTextContent(
      "pcx-0f3a9188d2c41e07b",
    )
    expect(within(steps).getAllByRole("button", { name: /^Copy for AWS CLI: Accept/ })).toHaveLength(1)
    await user.click(within(steps).getByRole("radio", { name: "Console" }))
    expect(within(steps).queryByText(/accept-vpc-peering-connection/)).toBeNull()
    expect(
      within(steps).getByText(/Choose pcx-0f3a9188d2c41e07b, then Actions, Accept request/),
    ).toBeVisible()
    cleanup()
    openLink(makeView())
    expect(await screen.findByRole("radio", { name: "Console" })).toBeChecked()
  })

  test("declines with a reason, says what that changes, and takes it back", async () => {
    let sentReason: unknown
    const { user } = openLink(makeView())
    mockBff.use(
      http.post(apiUrls.declineHandOff(), async ({ request }) => {
        sentReason = await request.json()
        return HttpResponse.json(makeView({ declined: { at: now, reason: "Not our network", answers: [] } }))
      }),
      http.post(apiUrls.takeBackDecline(), () => HttpResponse.json(makeView())),
    )
    await user.click(await screen.findByRole("button", { name: "Decline…" }))
    const dialog = screen.getByRole("dialog", { name: "Decline this peering?" })
    expect(dialog).toHaveTextContent(
      "Olivia Marsh sees your reason at once. Nothing changes in your account.",
    )
    const reason = within(dialog).getByLabelText("Reason")
    expect(reason).toHaveFocus()
    await user.click(within(dialog).getByRole("button", { name: "Decline" }))
    expect(reason).toHaveAccessibleDescription(/Enter a reason/)
    expect(reason).toHaveFocus()
    await user.paste("x".repeat(201))
    await user.keyboard("{Enter}")
    expect(reason).toHaveAccessibleDescription(/Use at most 200 characters/)
    await user.clear(reason)
    await user.type(reason, " Not our network ")
    await user.click(within(dialog).getByRole("button", { name: "Decline" }))
    expect(await screen.findByText(/^You declined, /)).toHaveTextContent("10:07: Not our network")
    expect(screen.getByRole("heading", { level: 1 })).toHaveFocus()
    expect(sentReason).toEqual({ reason: "Not our network" })
    expect(screen.getByText("Declined")).toBeVisible()
    expect(screen.getByText(/reject pcx-0f3a9188d2c41e07b in AWS/)).toBeVisible()
    expect(screen.queryByRole("button", { name: "I've accepted it" })).toBeNull()
    await user.click(screen.getByRole("button", { name: "Take back" }))
    expect(await press()).toBeVisible()
    expect(screen.queryByText(/^You declined/)).toBeNull()
  })

  test("keeps the dialog of a decline until its answer, and opens it again without the error", async () => {
    const { user } = openLink(makeView())
    const { answered, answer } = holdAnswer()
    mockBff.use(http.post(apiUrls.declineHandOff(), () => answered))
    await user.click(await screen.findByRole("button", { name: "Decline…" }))
    await user.type(screen.getByLabelText("Reason"), "Not our network{Enter}")
    await user.keyboard("{Escape}")
    answer()
    const dialog = within(screen.getByRole("dialog"))
    expect(await dialog.findByText("Can't reach the server")).toBeVisible()
    await user.click(dialog.getByRole("button", { name: "Cancel" }))
    await user.click(screen.getByRole("button", { name: "Decline…" }))
    expect(screen.queryByText("Can't reach the server")).toBeNull()
  })

  test("shows what people answered to the decline", async () => {
    const answers = [{ at: now, by: "Olivia Marsh", text: "Which VPC is it?" }]
    openLink(makeView({ declined: { at: now, reason: "Use the shared VPC", answers } }))
    expect((await screen.findByText("Olivia Marsh answered:")).parentElement).toHaveTextContent(
      "Olivia Marsh answered: Which VPC is it? 10:07",
    )
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
    await screen.findByText(/^Not accepted yet/)
    for (const request of sent) {
      expect(request.url).not.toContain(token)
      expect(request.headers.get("authorization")).toBe(`Bearer ${token}`)
    }
    expect(location.pathname + location.search).toBe("/hand-off")
    expect(document.title + document.body.innerHTML).not.toContain(token)
    expect(JSON.stringify([localStorage, sessionStorage, history.state])).not.toContain(token)
  })

  test("says that nothing was accepted yet, and when that was checked", async () => {
    const { user } = openLink(makeView())
    await user.click(await press())
    const status = await screen.findByText("Not accepted yet (checked 10:07). This can take a minute.")
    expect(status).toHaveRole("status")
  })

  test("shows the next stage once it works, and the focus is not lost with the button", async () => {
    const peer = AtlasPeer.parse({ ...makeView().peer, statusName: "AVAILABLE" })
    const { user } = openLink(makeView(), makeView({ peer, status: "AVAILABLE", turn: "works" }))
    await user.click(await press())
    const status = await screen.findByText("Connected. The networks are peered.")
    await waitFor(() => expect(status).toHaveFocus())
    expect(screen.queryByRole("button", { name: "I've accepted it" })).toBeNull()
    expect(screen.getByRole("heading", { name: "Your VPC is peered with MongoDB Atlas" })).toBeVisible()
    expect(screen.getByRole("region", { name: "Let applications connect" })).toBeVisible()
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
      }),
    )
    expect(await screen.findByText(/gcloud compute networks peerings create/)).toHaveTextContent(
      "nt-atlas1234",
    )
  })

  test("an Azure link has one text of commands for Atlas's role, and reports it as assigned", async () => {
    const { peer } = makePeering("AZURE", { status: "ADDING_PEER" })
    const azure = { providerName: "AZURE", container: containers[2] ?? null } as const
    openLink(makeView({ ...azure, peer, status: "ADDING_PEER", turn: "atlas", expiresEarliest: null }))
    expect(await screen.findByRole("heading", { name: "Assign Atlas's role on vnet-crm" })).toBeVisible()
    expect(within(path()).getByText(/az ad sp create/)).toHaveTextContent(
      /az role definition create .*az role assignment create/,
    )
    expect(screen.getByRole("button", { name: "I've assigned it" })).toBeVisible()
  })

  test("calls no step optional that applications need before the owner has accepted", async () => {
    openLink(makeView())
    const rows = await screen.findByRole("region", { name: "Let applications connect" })
    expect(within(rows).getByText("Enable DNS resolution and hostnames")).toBeVisible()
  })

  test("a later step opens with its command, and a look-up that was typed stays when it closes", async () => {
    const { user } = openLink(makeView())
    await user.click(await screen.findByText("Enable DNS resolution and hostnames"))
    expect(await screen.findByText(/aws ec2 modify-vpc-attribute/)).toBeVisible()
    await user.click(screen.getByText("Check the rest of the path"))
    fireEvent.change(await screen.findByLabelText("Result"), { target: { value: "half of it" } })
    await user.click(screen.getByText("Check the rest of the path"))
    await user.click(screen.getByText("Check the rest of the path"))
    expect(screen.getByLabelText("Result")).toHaveValue("half of it")
  })

  test("a link of a deleted connection says so", async () => {
    openLink(makeView({ turn: "gone", status: null }))
    expect(await screen.findAllByText("This connection was deleted.")).not.toHaveLength(0)
    expect(screen.queryByRole("button", { name: "I've accepted it" })).toBeNull()
  })

  test("a link of a failed connection says why, in Atlas's words too", async () => {
    const { peer } = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } })
    openLink(makeView({ peer, status: "FAILED", turn: "failed" }))
    expect(await screen.findAllByText("The owner of the VPC rejected the request.")).not.toHaveLength(0)
    expect(screen.getByText(/Atlas's message: REJECTED\.$/)).toBeVisible()
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
    const azure = { providerName: "AZURE", container: containers[2] ?? null } as const
    openLink(makeView({ ...azure, peer, status: "FAILED", turn: "failed" }))
    expect(
      await screen.findByText(
        new RegExp(`Olivia Marsh has to create a new request\\. Atlas's message: ${errorState}`),
      ),
    ).toBeVisible()
    expect(screen.queryAllByText(/az role assignment create/)).toHaveLength(count)
  })
})

describe("an owner's look-up", () => {
  async function send(user: ReturnType<typeof openLink>["user"]) {
    await user.click(await screen.findByText("Check the rest of the path"))
    fireEvent.change(await screen.findByLabelText("Result"), { target: { value: "what it printed" } })
    await user.click(screen.getByRole("button", { name: "Send result" }))
  }

  test("an owner pastes a look-up and reads who sees it", async () => {
    let body: unknown
    const { user } = openLink(makeView())
    mockBff.use(runAudited("post", apiUrls.pasteHandOffFacts(), makeView(), (pasted) => (body = pasted)))
    await send(user)
    expect(await screen.findByText("Sent. Olivia Marsh sees it.")).toBeVisible()
    expect(body).toEqual({ text: "what it printed" })
    await user.click(screen.getByRole("button", { name: "Copy script" }))
    expect(await navigator.clipboard.readText()).toContain("vpc-0a1b2c3d4e5f60718")
  })

  test("an owner pastes a second look-up within a minute and reads how long to wait", async () => {
    const { user } = openLink(makeView())
    const problem = { status: 429, code: "too_many_requests", retryAfterSeconds: 42 } as const
    mockBff.use(runAudited("post", apiUrls.pasteHandOffFacts(), { problem }))
    await send(user)
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("Try again in 42 s.")
    expect(alert).not.toHaveTextContent("Wait a moment")
    expect(screen.getByLabelText("Result")).toHaveValue("what it printed")
  })
})

describe("a link that is not good", () => {
  const cases: [ProblemCode, number, string, RegExp][] = [
    ["hand_off_invalid", 404, "This link is incomplete", /ask the sender for a new link/],
    ["hand_off_expired", 410, "This link has expired", /Ask the sender for a new one/],
    ["hand_off_revoked", 410, "This link was revoked", /Ask the sender whether/],
  ]
  test.each(cases)("%s is said plainly, with what to do", async (code, status, title, says) => {
    mockBff.use(refuse(apiUrls.openHandOff(), code, { status }))
    openApp(`/hand-off#${token}`)
    expect(await screen.findByRole("heading", { name: title })).toBeVisible()
    expect(screen.getByRole("alert")).toHaveTextContent(says)
  })

  test("an address without a token asks the server nothing", async () => {
    openApp("/hand-off")
    expect(await screen.findByRole("heading", { name: "This link is incomplete" })).toBeVisible()
    expect(sent).toEqual([])
  })

  test("one that is taken back while it is open stops showing the connection", async () => {
    const { user } = openLink(makeView())
    const button = await press()
    const revoked = { type: "about:blank", title: "", status: 410, code: "hand_off_revoked", requestId: "r" }
    mockBff.use(http.all("/api/hand-off*", () => HttpResponse.json(revoked, { status: 410 })))
    mockBff.use(http.all(apiUrls.reportHandOffDone(), () => HttpResponse.json(revoked, { status: 410 })))
    await user.click(button)
    expect(await screen.findByRole("heading", { name: "This link was revoked" })).toBeVisible()
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
