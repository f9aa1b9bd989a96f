import {
  apiUrls,
  approvalUrls,
  type Approval,
  type ApprovalCheck,
  type ApprovalDetail,
  type ApprovalList,
  type Check,
  type Project,
} from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { makeApproval, planHash, request, target } from "#mock-bff/approval-samples.ts"
import { answer, listOf, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { answerBlastRadius } from "#mock-bff/open-connection.ts"
import { inOneProject, makePeering, makeSession, projectId, projects } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const good: ApprovalCheck = { requester: null, preflight: null, target: null, holds: true }

function serve(approval: Approval, check: ApprovalCheck | null = good) {
  const decided: { path: string; body: unknown }[] = []
  let now: ApprovalDetail = { approval, check }
  mockBff.use(
    http.get(approvalUrls.approval(approval.id), () => HttpResponse.json(now)),
    http.post("/api/approvals/:id/:act", async ({ request: sent, params }) => {
      const text = await sent.text()
      decided.push({ path: String(params["act"]), body: text === "" ? null : JSON.parse(text) })
      const states = { approve: "done", decline: "declined", withdraw: "withdrawn" } as const
      const state = states[params["act"] as keyof typeof states]
      const may = { decide: false, withdraw: false }
      now = {
        approval: { ...approval, state, decidedBy: "Olivia Novak", decidedAt: approval.requestedAt, may },
        check: null,
      }
      return HttpResponse.json(now)
    }),
  )
  return decided
}

/** Serves the list a page at a time: two open requests on the first page, and the rest. */
function serveList(open: Approval[], decided: Approval[] = [], isPolicySet = true) {
  mockBff.use(
    http.get(approvalUrls.approvals(), ({ request: { url } }) => {
      const search = new URL(url).searchParams
      const all = search.get("show") === "decided" ? decided : open
      const from = Number(search.get("before")?.split("-")[0] ?? 0)
      return HttpResponse.json({
        approvals: all.slice(from, from + 2),
        counts: { open: open.length, decided: decided.length },
        nextBefore: all.length > from + 2 ? `${from + 2}-next` : null,
        isPolicySet,
      } satisfies ApprovalList)
    }),
  )
}

describe("the list of approvals", () => {
  test("has what waits for the person first, and what was decided on the other tab", async () => {
    serveList(
      [
        makeApproval("own", { mayNotDecide: "own", may: { decide: false, withdraw: true } }),
        makeApproval("theirs", { plan: { kind: "delete", peeringId: "p", target } }),
      ],
      [makeApproval("old", { state: "declined", decidedBy: "Olivia Novak", declineReason: "No" })],
    )
    const { user } = openApp(pagePaths.approvals())
    await screen.findByRole("link", { name: /^Delete connection/ })
    const rows = within(screen.getByRole("table", { name: "Waiting requests" }))
      .getAllByRole("row")
      .slice(1)
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining("Delete connection"),
      expect.stringContaining("Create connection"),
    ])
    expect(rows[0]).toHaveTextContent("Needs your approval")
    await user.click(screen.getByRole("link", { name: /Decided 1/ }))
    expect(await screen.findByRole("table", { name: "Decided requests" })).toHaveTextContent(
      "Declined by Olivia Novak",
    )
  })

  test("loads the waiting requests that are not on the first page", async () => {
    serveList(["one", "two", "three"].map((id) => makeApproval(id, { reason: `Because of ${id}` })))
    const { user } = openApp(pagePaths.approvals())
    expect(await screen.findByText("2 of 3 requests")).toBeVisible()
    expect(screen.getByRole("link", { name: /Waiting 3/ })).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Load older" }))
    await waitFor(() => expect(screen.queryByRole("button", { name: "Load older" })).toBeNull())
    expect(screen.getAllByRole("link", { name: /^Create connection/ })).toHaveLength(3)
  })

  test("says why it can't be read again, and keeps its rows", async () => {
    serveList([makeApproval("one")])
    const { user } = openApp(pagePaths.approvals())
    await screen.findByRole("link", { name: /^Create connection/ })
    await user.click(screen.getByRole("link", { name: /Decided/ }))
    mockBff.use(refuse(approvalUrls.approvals(), "internal_error", { status: 500, detail: "Read failed." }))
    await user.click(screen.getByRole("link", { name: /Waiting/ }))
    expect(await screen.findByText("Read failed.")).toBeVisible()
    expect(screen.getByRole("link", { name: /^Create connection/ })).toBeVisible()
  })

  test.each([
    [true, "Nothing needs your approval"],
    [false, "Nothing needs approval here"],
  ])("says why it is empty (policy %s): %s", async (isPolicySet, words) => {
    serveList([], [], isPolicySet)
    openApp(pagePaths.approvals())
    expect(await screen.findByText(words)).toBeVisible()
    expect(screen.getByRole("link", { name: "View rules" })).toHaveAttribute(
      "href",
      pagePaths.approvalPolicy(),
    )
    expect(screen.getByRole("link", { name: "Notification settings" })).toBeVisible()
  })

  test.each([
    [true, "requester", 1],
    [true, "viewer", 0],
    [false, "requester", 0],
  ] as const)("is in the sidebar where there is a policy (%s), for a %s: %i", async (isSet, role, count) => {
    const session = makeSession(inOneProject(role))
    mockBff.use(answer(apiUrls.session(), { ...session, ...(isSet && { approvals: true }) }))
    openApp(pagePaths.approvals())
    await screen.findByRole("button", { name: /your account/ })
    const pages = within(screen.getByRole("navigation", { name: "Pages" }))
    expect(pages.queryAllByRole("link", { name: "Approvals" })).toHaveLength(count)
  })
})

describe("a request for approval", () => {
  test("is approved with the plan that was shown", async () => {
    const decided = serve(makeApproval("a"))
    const { user } = openApp(pagePaths.approval("a"))
    await screen.findByRole("heading", { level: 1, name: `Create connection ${request.vpcId}` })
    expect(screen.getByText(/asks to connect/)).toHaveTextContent(
      `Nadia Brandt asks to connect ${request.vpcId} with payments-prod: “Orders move to Atlas”`,
    )
    expect(screen.getByRole("region", { name: "Plan" })).toHaveTextContent(
      "Approving sends 1 change to Atlas, once.",
    )
    expect(screen.getByRole("region", { name: "What is sent" })).toHaveTextContent(
      `1Create the peering to ${request.vpcId}.`,
    )
    expect(screen.getByRole("region", { name: "Then, by the owner of 4829 1357 0264" })).toHaveTextContent(
      "2Accept it in account 4829 1357 0264.",
    )
    await user.click(screen.getByRole("button", { name: "Approve and send" }))
    expect(await screen.findByText("Approved by Olivia Novak, and done")).toBeVisible()
    expect(decided).toEqual([{ path: "approve", body: { planHash } }])
    // Atlas may have connected the networks since.
    expect(screen.queryByText("Not peered yet")).toBeNull()
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus())
  })

  test("shows the name that the new connection gets", async () => {
    serve(makeApproval("a", { plan: { kind: "create", request, label: "Reporting → Ledger" } }))
    openApp(pagePaths.approval("a"))
    const facts = within(await screen.findByRole("region", { name: "Request" }))
    expect(facts.getByText("Name").nextElementSibling).toHaveTextContent("Reporting → Ledger")
  })

  test("names each value of a deletion, and is sent only after a confirmation", async () => {
    const listed = { ...target, containerId: request.containerId }
    const decided = serve(makeApproval("a", { plan: { kind: "delete", peeringId: "p", target: listed } }))
    const { user } = openApp(pagePaths.approval("a"))
    expect(await screen.findByRole("row", { name: "VPC CIDR 10.50.0.0/16" })).toBeVisible()
    expect(screen.getByText("Deletes the connection. Its container and the network stay.")).toBeVisible()
    expect(screen.queryByRole("row", { name: /^Container/ })).toBeNull()
    expect(screen.getByText("Applications that use this connection lose access.")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Approve and send…" }))
    expect(decided).toEqual([])
    await user.click(screen.getByRole("button", { name: "Approve and send" }))
    await waitFor(() => expect(decided).toEqual([{ path: "approve", body: { planHash } }]))
  })

  test("lists what was checked with its source, unknown things as not checked", async () => {
    const toCheck = (status: Check["status"], says: string): Check => ({
      id: "overlap-with-peer",
      status,
      says,
      errorCode: null,
      field: null,
      basedOn: "23 networks",
    })
    const checks = [
      toCheck("green", "Doesn't overlap"),
      toCheck("unchecked", "Quota of the VPC"),
      toCheck("note", "Atlas creates a container"),
    ]
    const verdict = { status: "unchecked" as const, checks, plan: null, suggestedFixes: [] }
    serve(makeApproval("a"), { ...good, preflight: { verdict, planHash: null } })
    openApp(pagePaths.approval("a"))
    const rows = within(await screen.findByRole("region", { name: "What was checked" })).getAllByRole(
      "listitem",
    )
    expect(rows.map((row) => row.textContent)).toEqual([
      "Not checked: Quota of the VPC. 23 networks",
      "Doesn't overlap. 23 networks",
      "Atlas creates a container. 23 networks",
    ])
    // A remark has proved nothing.
    expect(rows.map((row) => row.dataset["tone"])).toEqual(["unknown", "works", "info"])
  })

  test("is declined with a reason", async () => {
    const decided = serve(makeApproval("a"))
    const { user } = openApp(pagePaths.approval("a"))
    await user.click(await screen.findByRole("button", { name: "Decline…" }))
    await user.click(screen.getByRole("button", { name: "Decline" }))
    expect(decided).toEqual([])
    await user.type(screen.getByLabelText(/Reason/), "Use the shared VPC")
    await user.click(screen.getByRole("button", { name: "Decline" }))
    await waitFor(() =>
      expect(decided).toEqual([{ path: "decline", body: { reason: "Use the shared VPC" } }]),
    )
    // Nothing was sent, and nothing will be.
    expect(await screen.findByRole("region", { name: "What was requested" })).toBeVisible()
    expect(screen.queryByText("Atlas creates it")).toBeNull()
  })

  test("can be withdrawn by the person who asked, who can't decide it", async () => {
    const decided = serve(makeApproval("a", { mayNotDecide: "own", may: { decide: false, withdraw: true } }))
    const { user } = openApp(pagePaths.approval("a"))
    expect(
      await screen.findByText(/You requested it, so another requester or an administrator/),
    ).toBeVisible()
    expect(screen.queryByRole("button", { name: /^Approve/ })).toBeNull()
    await user.click(screen.getByRole("button", { name: "Withdraw…" }))
    await user.click(screen.getByRole("button", { name: "Withdraw" }))
    expect(await screen.findByText("Withdrawn by Olivia Novak")).toBeVisible()
    expect(decided).toEqual([{ path: "withdraw", body: null }])
  })

  test("shows what changed meanwhile, and can't be approved then", async () => {
    const differences = [
      { field: "isAvailable", was: false, is: true },
      { field: "routeTableCidrBlock", was: "10.50.0.0/16", is: "10.60.0.0/16" },
    ]
    const plan = {
      kind: "change",
      peeringId: "p",
      target,
      body: { routeTableCidrBlock: "10.70.0.0/16" },
    } as const
    const decided = serve(makeApproval("a", { plan }), {
      requester: null,
      preflight: null,
      target: { isThere: true, differences },
      holds: false,
    })
    const { user } = openApp(pagePaths.approval("a"))
    expect(await screen.findByText(/It was not available, and is available now/)).toBeVisible()
    expect(screen.getByRole("row", { name: "VPC CIDR 10.50.0.0/16 10.70.0.0/16" })).toBeVisible()
    const button = screen.getByRole("button", { name: "Approve and send" })
    expect(button).toHaveAccessibleDescription("It can't be approved as it is now.")
    await user.click(button)
    expect(screen.queryByRole("dialog")).toBeNull()
    expect(decided).toEqual([])
  })

  test.each([
    ["is being deleted", { isThere: true, differences: [{ field: "isClosing", was: false, is: true }] }],
    ["is gone", { isThere: false, differences: [] }],
  ])("advises to close a request whose connection %s", async (_, target) => {
    serve(makeApproval("a"), { ...good, target, holds: false })
    openApp(pagePaths.approval("a"))
    expect(await screen.findByText(/^Decline the request, or have the person who made it/)).toBeVisible()
    expect(screen.queryAllByText("It was not being deleted, and is being deleted now.")).toHaveLength(
      target.isThere ? 1 : 0,
    )
  })

  test.each([
    ["gone", /provider no longer vouches for Nadia Brandt/],
    ["no-role", /^Nadia Brandt may no longer change connections/],
    ["token-revoked", /^The API token by which Nadia Brandt requested this was revoked/],
  ] as const)("says that its requester may not have it any more (%s)", async (requester, words) => {
    serve(makeApproval("a"), { ...good, requester, holds: false })
    openApp(pagePaths.approval("a"))
    expect(await screen.findByText(words)).toBeVisible()
    expect(screen.getByRole("button", { name: "Approve and send" })).toHaveAttribute("aria-disabled", "true")
  })

  test("tells the second of two people who decided", async () => {
    serve(makeApproval("a"))
    const problem = { code: "approval_closed", status: 409, detail: "Ben Adeyemi approved it." } as const
    mockBff.use(runAudited("post", approvalUrls.approve("a"), { problem }))
    const { user } = openApp(pagePaths.approval("a"))
    await user.click(await screen.findByRole("button", { name: "Approve and send" }))
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("Ben Adeyemi approved it.")
    // What the other one approved was sent.
    expect(alert).not.toHaveTextContent("Nothing was sent")
  })

  test("closes the question about a request that somebody else decided meanwhile", async () => {
    serve(makeApproval("a", { may: { decide: false, withdraw: true } }))
    const problem = { code: "approval_closed", status: 409, detail: "Ben Adeyemi declined it." } as const
    mockBff.use(runAudited("post", approvalUrls.withdrawApproval("a"), { problem }))
    const { user } = openApp(pagePaths.approval("a"))
    await user.click(await screen.findByRole("button", { name: "Withdraw…" }))
    await user.click(screen.getByRole("button", { name: "Withdraw" }))
    expect(await screen.findByRole("alert")).toHaveTextContent("Ben Adeyemi declined it.")
    expect(screen.queryByRole("dialog")).toBeNull()
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus())
  })

  test("says that the outcome of a lost answer is being looked up", async () => {
    const may = { decide: false, withdraw: false }
    serve(makeApproval("a", { state: "unknown", decidedBy: "Ben Adeyemi", may }), null)
    openApp(pagePaths.approval("a"))
    expect(await screen.findByText("Outcome unknown, being looked up")).toBeVisible()
    expect(
      screen.getByText(/^Ben Adeyemi approved it and it was sent, but the answer was lost/),
    ).toBeVisible()
    expect(screen.getByText("Unknown, being looked up")).toBeVisible()
  })

  test.each([
    ["not_found", 404, 0],
    ["internal_error", 500, 1],
  ] as const)("says why it can't be read again (%s)", async (code, status, shown) => {
    serve(makeApproval("a"))
    const { user } = openApp(pagePaths.approval("a"))
    await user.click(await screen.findByRole("button", { name: "Decline…" }))
    await user.type(screen.getByLabelText(/Reason/), "No")
    mockBff.use(refuse(approvalUrls.approval("a"), code, { status, detail: "Read failed." }))
    await user.click(screen.getByRole("button", { name: "Decline" }))
    expect(await screen.findByText("Read failed.")).toBeVisible()
    expect(screen.queryAllByText(/asks to connect/)).toHaveLength(shown)
  })

  test("says that it is not there", async () => {
    mockBff.use(refuse(approvalUrls.approval("a"), "not_found", { status: 404, detail: "No such request." }))
    openApp(pagePaths.approval("a"))
    expect(await screen.findByText("No such request.")).toBeVisible()
  })
})

describe("the policy page", () => {
  test("tells who has to approve an example, and by which line", async () => {
    const lines = [{ projects: [projectId], actions: ["delete" as const], needs: "administrator" as const }]
    const sent: unknown[] = []
    mockBff.use(
      answer(approvalUrls.approvalPolicy(), { policy: { lines, expireAfterHours: 72 } }),
      runAudited("post", approvalUrls.testApprovalPolicy(), { line: 1, needs: "administrator" }, (body) =>
        sent.push(body),
      ),
    )
    const { user } = openApp(pagePaths.approvalPolicy())
    expect(await screen.findByText("Every cloud · delete · everybody")).toBeVisible()
    await user.selectOptions(screen.getByLabelText("Project"), projectId)
    await user.selectOptions(screen.getByLabelText("Action"), "delete")
    expect(await screen.findByText("Rule 1: an administrator of the project has to approve.")).toBeVisible()
    expect(sent.at(-1)).toEqual({ projectId, providerName: "AWS", action: "delete", asker: "requester" })
  })

  test("is for administrators of everything", async () => {
    mockBff.use(refuse(approvalUrls.approvalPolicy(), "forbidden", { status: 403 }))
    openApp(pagePaths.approvalPolicy())
    expect(await screen.findByText("Only administrators of all projects can view the policy")).toBeVisible()
    expect(await screen.findByText(/^To view it, ask .+\. Each form says before sending/)).toBeVisible()
  })
})

describe("a form whose change has to be approved", () => {
  const approvals: Project["approvals"] = [{ providerName: "AWS", action: "delete", needs: "administrator" }]

  test("says so before it is sent, and opens the request", async () => {
    const peering = makePeering("AWS")
    const confirmBy = "vpc-0a1b"
    mockBff.use(
      answer(apiUrls.projects(), { projects: projects.map((one) => ({ ...one, approvals })) }),
      answer(apiUrls.session(), makeSession(inOneProject("administrator"))),
      listOf([peering]),
      answerBlastRadius(peering.id, confirmBy),
      runAudited("delete", apiUrls.peering(projectId, peering.id), { approval: makeApproval("held") }),
    )
    serve(
      makeApproval("held", { plan: { kind: "delete", peeringId: peering.id, target }, mayNotDecide: "own" }),
    )
    const { user } = openApp(pagePaths.connection(projectId, peering.id))
    await user.click(await screen.findByRole("button", { name: /^More actions/ }))
    await user.click(screen.getByRole("menuitem", { name: "Delete…", hidden: true }))
    const dialog = within(await screen.findByRole("dialog"))
    expect(await dialog.findByText(/Needs approval by an administrator other than you/)).toBeVisible()
    await user.type(dialog.getByLabelText(/Name/), confirmBy)
    await user.type(dialog.getByLabelText(/Reason/), "Unused")
    await user.click(dialog.getByRole("button", { name: "Ask for approval" }))
    expect(await screen.findByRole("heading", { level: 1, name: /Delete connection/ })).toBeVisible()
    expect(location.pathname).toBe(pagePaths.approval("held"))
  })
})
