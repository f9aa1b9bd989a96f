import {
  apiUrls,
  approvalUrls,
  type ActivityEntry,
  type InventoryProject,
} from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test, vi } from "vitest"
import { analytics, makeEntry, makeOverview, makeProject, payments } from "#mock-bff/inventory-samples.ts"
import { makeApproval } from "#mock-bff/approval-samples.ts"
import { answer, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makeSession, makeWatch, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const waiting = { status: "PENDING_ACCEPTANCE", turn: "you" }
const failed = { status: "FAILED", turn: "failed" }
/** Builds an id that Atlas made that many hours before 10:07 on 24 November. */
const idOf = (hours: number) =>
  `${Math.floor(Date.parse("2026-11-24T10:07:00Z") / 1000 - hours * 3600).toString(16)}0000000000000000`

function open(projectList: InventoryProject[], mayChange?: (projectId: string) => boolean) {
  mockBff.use(answer(apiUrls.overview(), makeOverview(projectList, mayChange)))
  return openApp("/")
}

describe("Overview", () => {
  test("counts the connections in each state, as links into the list", async () => {
    open([
      makeProject({
        peerings: [makeEntry("AWS", "a", waiting), makeEntry("AWS", "b", failed), makeEntry("AWS", "c")],
      }),
    ])
    expect(await screen.findByText("1 needs you")).toBeVisible()
    const counts = within(screen.getByRole("list", { name: "Connections by status" }))
    expect(counts.getAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
      ["1Action required", "/connections?status=action-required"],
      ["0Broken in the cloud", "/connections?status=broken-in-the-cloud"],
      ["1Failed", "/connections?status=failed"],
      ["1Available", "/connections?status=available"],
    ])
  })

  test("groups what needs attention by urgency and says what has to happen, with a link to each", async () => {
    open([
      makeProject({
        peerings: [
          makeEntry("AWS", idOf(165), {
            ...waiting,
            label: "checkout-api",
            statusSince: "2026-11-17T13:07:00Z",
          }),
          makeEntry("GCP", "g", { status: "WAITING_FOR_USER", turn: "you", label: "bi-warehouse" }),
          makeEntry("AWS", "f", {
            ...failed,
            label: "ledger-api",
            fields: { statusName: "FAILED", errorStateName: "REJECTED" },
          }),
        ],
      }),
    ])
    const region = within(await screen.findByRole("region", { name: "For you" }))
    const expiring = within(await region.findByRole("region", { name: "Expiring within 24 hours" }))
    expect(expiring.getByRole("listitem")).toHaveTextContent(
      "checkout-apipayments-prod1234 5678 9012 must accept3 h leftShare",
    )
    expect(expiring.getByRole("link", { name: "checkout-api" })).toHaveAttribute(
      "href",
      pagePaths.connection(projectId, idOf(165)),
    )
    const others = within(region.getByRole("region", { name: "Waiting for the network owner" }))
    expect(others.getByRole("listitem")).toHaveTextContent("Create the peering in acme-analytics")
    const broken = within(region.getByRole("region", { name: "Failed correct or delete" }))
    expect(broken.getByRole("listitem")).toHaveTextContent("The VPC owner rejected the request")
  })

  test("puts what its owner declined first, with the reason", async () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Wrong account", for: "Network team" }
    open([
      makeProject({
        peerings: [
          makeEntry("AWS", idOf(165), { ...waiting, label: "expiring" }),
          makeEntry("AWS", idOf(2), { ...waiting, label: "checkout-api", declined }),
          makeEntry("AWS", "w", { label: "accepted after all", declined }),
        ],
      }),
    ])
    const region = within(await screen.findByRole("region", { name: "For you" }))
    const group = within(
      await region.findByRole("region", { name: "Declined by the owner answer or withdraw" }),
    )
    expect(group.getByRole("listitem")).toHaveTextContent(
      "checkout-apipayments-prod“Wrong account”2 min agoAnswer…",
    )
    expect(region.getAllByRole("heading", { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      "Declined by the owner answer or withdraw1",
      "Expiring within 24 hours1",
    ])
    expect(region.queryByText("accepted after all")).toBeNull()
  })

  test("puts what is broken in AWS before what waits, with what is missing and since when", async () => {
    const broken = {
      since: "2026-11-24T10:04:00.000Z",
      stop: "route",
      says: "rtb-0a17 has no route for 192.168.248.0/21.",
    }
    open([
      makeProject({
        peerings: [
          makeEntry("AWS", idOf(2), { ...waiting, label: "waits" }),
          makeEntry("AWS", "b", { label: "checkout-api", broken }),
          makeEntry("AWS", "w", { label: "works" }),
        ],
      }),
    ])
    const region = within(await screen.findByRole("region", { name: "For you" }))
    const group = within(await region.findByRole("region", { name: "Broken in AWS worked before" }))
    expect(group.getByRole("listitem")).toHaveTextContent(
      "checkout-apipayments-prodrtb-0a17 has no route for 192.168.248.0/21.since 10:04",
    )
    expect(region.getAllByRole("heading", { level: 3 })[0]).toHaveTextContent(/^Broken in AWS/)
    expect(region.queryByText("works")).toBeNull()
    expect(screen.getByRole("link", { name: /^Overview/ })).toHaveTextContent("1 need you")
  })

  test("counts for the sidebar what the person must act on now, without what waits", async () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Wrong account", for: null }
    open([
      makeProject({
        peerings: [
          makeEntry("AWS", idOf(2), { ...waiting, label: "waits" }),
          makeEntry("AWS", idOf(165), { ...waiting, label: "expires" }),
          makeEntry("AWS", idOf(3), { ...waiting, label: "was declined", declined }),
          makeEntry("AWS", "f", failed),
        ],
      }),
    ])
    const link = await screen.findByRole("link", { name: /^Overview/ })
    await waitFor(() => expect(link).toHaveTextContent("3 need you"))
    expect(screen.getByRole("region", { name: "For you" })).toHaveTextContent("For you4")
  })

  test("speaks to a viewer of what needs attention, as nothing there waits for them", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
    const peerings = [makeEntry("AWS", "f", failed), makeEntry("AWS", idOf(2), waiting)]
    open([makeProject({ peerings })], () => false)
    expect(await screen.findByText("2 need attention")).toBeVisible()
    expect(screen.getByRole("region", { name: "Needs attention" })).toHaveTextContent("Needs attention2")
    expect(screen.getByRole("link", { name: /^Overview/ })).toHaveTextContent(/^Overview$/)
  })

  test("counts what needs a person in the projects in which they may change something", async () => {
    const projects = { [payments.id]: "requester", [analytics.id]: "viewer" } as const
    mockBff.use(answer(apiUrls.session(), makeSession({ everywhere: null, projects })))
    const make = (project: typeof payments, id: string) =>
      makeProject({ project, peerings: [makeEntry("AWS", id, failed)] })
    open([make(payments, "a"), make(analytics, "b")], (id) => id === payments.id)
    expect(await screen.findByText("1 needs you", { selector: "strong" })).toBeVisible()
    expect(screen.getByRole("link", { name: /^Overview/ })).toHaveTextContent("1 need you")
    expect(screen.getByRole("region", { name: "For you" })).toHaveTextContent("For you2")
  })

  test.each([
    ["viewer", "Nothing needs attention", "nothing needs attention"],
    ["requester", "Nothing needs you", "nothing needs you"],
  ] as const)(
    "says to a %s that there is nothing, without requests that they can't approve",
    async (...of) => {
      const [role, title, summary] = of
      mockBff.use(answer(apiUrls.session(), makeSession(inOneProject(role))))
      open([makeProject({ peerings: [makeEntry("AWS", "a")] })])
      expect(await screen.findByText(summary, { selector: "strong" })).toBeVisible()
      const region = within(screen.getByRole("region", { name: /^(For you|Needs attention)$/ }))
      expect(await region.findByText(title)).toBeVisible()
      expect(region.getByText(/appear here\.$/)).not.toHaveTextContent("approve")
    },
  )

  test("answers a decline from its row", async () => {
    const declined = { at: "2026-11-24T10:05:00.000Z", reason: "Wrong account", for: null }
    const { user } = open([
      makeProject({ peerings: [makeEntry("AWS", "a", { ...waiting, label: "checkout", declined })] }),
    ])
    await user.click(await screen.findByRole("button", { name: "Answer… checkout" }))
    expect(await screen.findByRole("dialog", { name: "Answer the network owner" })).toHaveTextContent(
      "Declined: “Wrong account”",
    )
  })

  test("begins with the requests that the person can decide, as the sidebar says", async () => {
    mockBff.use(
      answer(apiUrls.session(), { ...makeSession(), approvals: true }),
      answer(approvalUrls.approvals(), {
        approvals: [
          makeApproval("own", { may: { decide: false, withdraw: true }, mayNotDecide: "own" }),
          makeApproval("theirs"),
        ],
        counts: { open: 2, decided: 0 },
        nextBefore: null,
        isPolicySet: true,
      }),
    )
    open([makeProject({ peerings: [makeEntry("AWS", idOf(165), { ...waiting, label: "expires" })] })])
    const region = within(await screen.findByRole("region", { name: "For you" }))
    const group = within(await region.findByRole("region", { name: "Needs your approval" }))
    const review = await group.findByRole("link", { name: "Review vpc-0a1b2c3d4e5f60718" })
    expect(review).toHaveAttribute("href", pagePaths.approval("theirs"))
    expect(group.getByRole("listitem")).toHaveTextContent(
      "payments-prodNadia Brandt asks: create connectionexpires in 2 dReview",
    )
    expect(region.getAllByRole("heading", { level: 3 })[0]).toHaveTextContent("Needs your approval 1")
    const pages = within(screen.getByRole("navigation", { name: "Pages" }))
    expect(pages.getByRole("link", { name: /^Approvals/ })).toHaveTextContent("1 need your approval")
    expect(pages.getByRole("link", { name: /^Overview/ })).toHaveTextContent("2 need you")
    expect(screen.getByText("2 need you", { selector: "strong" })).toBeVisible()
  })

  test("reads the counts again when somebody comes back to it after some seconds", async () => {
    const { user } = open([makeProject({ peerings: [makeEntry("AWS", "a")] })])
    const failures = () => screen.findByRole("link", { name: /^\d\s?Failed/ }, { timeout: 5000 })
    expect(await failures()).toHaveTextContent("0Failed")
    mockBff.use(
      answer(apiUrls.overview(), makeOverview([makeProject({ peerings: [makeEntry("AWS", "b", failed)] })])),
    )
    await user.click(screen.getByRole("link", { name: "Address space" }))
    await screen.findByRole("heading", { name: "Address space" })
    vi.setSystemTime(Date.now() + 6000)
    await user.click(screen.getByRole("link", { name: /^Overview/ }))
    await waitFor(async () => expect(await failures()).toHaveTextContent("1Failed"), { timeout: 5000 })
  })

  test("says how fresh it is, and since when Atlas can't be read", async () => {
    const checkedAt = "2026-11-24T10:06:48.000Z"
    open([makeProject({ watches: [makeWatch("AWS", { checkedAt }), makeWatch("GCP", { checkedAt })] })])
    const bar = within(await screen.findByRole("banner"))
    expect(await bar.findByText("Live")).toBeVisible()
    expect(bar.getByText(/ago$/)).toHaveAttribute("datetime", checkedAt)
  })

  test("says how often connections at rest are read once one was not read for minutes", async () => {
    const checkedAt = "2026-11-24T09:55:00.000Z"
    open([makeProject({ watches: [makeWatch("AWS"), makeWatch("GCP", { checkedAt })] })])
    const bar = within(await screen.findByRole("banner"))
    expect(await bar.findByText("12 min ago")).toHaveAttribute("datetime", checkedAt)
    expect(bar.getByText("· at rest: every 1 to 30 min")).toBeVisible()
  })

  test.each([
    [["atlas_timeout", "atlas_timeout"], "Not live · last read 10:02"],
    [["atlas_timeout", null], "1 of 2 projects not live · last read 10:02"],
  ] as const)("says that Atlas can't be read (%j): %s", async (problems, words) => {
    const at = "2026-11-24T10:02:00.000Z"
    open(
      [payments, analytics].map((project, index) =>
        makeProject({
          project,
          peerings: [makeEntry("AWS", `${index}`)],
          watches: [
            {
              ...makeWatch("AWS", { problem: problems[index] ?? null, checkedAt: at }),
              projectId: project.id,
            },
          ],
        }),
      ),
    )
    expect(await screen.findByText(words, { selector: "output" })).toBeVisible()
  })

  test("shares a connection from its row", async () => {
    const { user } = open([
      makeProject({ peerings: [makeEntry("AWS", "a", { ...waiting, label: "checkout" })] }),
    ])
    await user.click(await screen.findByRole("button", { name: "Share checkout" }))
    expect(await screen.findByRole("dialog", { name: "Share checkout with the network owner" })).toBeVisible()
  })

  test("shows the projects with the use of their limit, their attention and their unused containers", async () => {
    const available = Array.from({ length: 47 }, (_, index) => makeEntry("AWS", `${index}`))
    open([
      makeProject({ peerings: [makeEntry("AWS", "a", waiting), ...available] }),
      makeProject({ project: analytics, containers: [], watches: [] }),
    ])
    expect(await screen.findByRole("meter", { name: "Connections in payments-prod" })).toHaveValue(48)
    const projects = within(screen.getByRole("region", { name: "Projects" }))
    const [first, second] = projects.getAllByRole("listitem")
    expect(first).toHaveTextContent("48 / 50Near the limit")
    expect(projects.getByRole("link", { name: "1 needs attention in payments-prod" })).toHaveAttribute(
      "href",
      `${pagePaths.connections(projectId)}?view=attention`,
    )
    expect(second).toHaveTextContent("analyticsnot read yet")
    expect(projects.queryByRole("meter", { name: "Connections in analytics" })).toBeNull()
  })

  test("shows what happened last, with the audit log for those who may read it", async () => {
    const entry: ActivityEntry = {
      at: "2026-11-24T10:00:00.000Z",
      kind: "action",
      what: "peering-delete",
      outcome: "done",
      turn: null,
      actorName: "Nadia Berg",
      projectId,
      projectName: "payments-prod",
      peeringId: "a",
      providerName: "AWS",
      title: "tmp-load-test",
      reason: "cleanup",
    }
    mockBff.use(
      answer(apiUrls.activity(), {
        entries: [
          entry,
          { ...entry, kind: "status", what: "FAILED", turn: "failed", title: "crm-legacy", reason: null },
          { ...entry, what: "peering-create", outcome: "refused", title: "orders" },
        ],
      }),
    )
    open([makeProject({ peerings: [makeEntry("AWS", "a")] })])
    const activity = within(await screen.findByRole("region", { name: "Recent activity" }))
    const items = await activity.findAllByRole("listitem")
    expect(items.map((item) => item.textContent)).toEqual([
      "10:00Nadia Berg deleted tmp-load-test “cleanup”",
      "10:00 crm-legacy failedpayments-prod",
      "10:00Nadia Berg could not request orders “cleanup”",
    ])
    expect(activity.getByRole("link", { name: "Audit log" })).toHaveAttribute("href", pagePaths.audit())
  })

  test("reads recent activity again on a press when it can't be read", async () => {
    mockBff.use(refuse(apiUrls.activity(), "internal_error"))
    const { user } = open([makeProject({ peerings: [makeEntry("AWS", "a")] })])
    const activity = within(await screen.findByRole("region", { name: "Recent activity" }))
    const again = await activity.findByRole("button", { name: "Try again" })
    mockBff.use(answer(apiUrls.activity(), { entries: [] }))
    await user.click(again)
    expect(await activity.findByText("No activity yet")).toBeVisible()
    expect(activity.queryByRole("button", { name: "Try again" })).toBeNull()
  })

  test("names the lists that could not be read", async () => {
    open([
      makeProject({
        peerings: [makeEntry("AWS", "a")],
        watches: [makeWatch("AWS"), makeWatch("GCP", { problem: "atlas_timeout" }), makeWatch("AZURE")],
      }),
    ])
    expect(await screen.findByText(/^payments-prod: Google Cloud: /)).toBeVisible()
  })

  test("leads to the first connection on each cloud while there is none", async () => {
    open([makeProject()])
    expect(await screen.findByRole("link", { name: "Google Cloud" })).toHaveAttribute(
      "href",
      `${pagePaths.newConnectionAnywhere()}?provider=GCP`,
    )
    expect(screen.getByText("No connections yet in 1 project")).toBeVisible()
    expect(screen.getByText("Not checked: roles can't be read from here")).toBeVisible()
    expect(screen.getByRole("link", { name: "New connection" })).toHaveAttribute(
      "href",
      pagePaths.newConnectionAnywhere(),
    )
  })

  test("tells a viewer whom to ask instead of offering a form", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
    open([makeProject()])
    expect(await screen.findByText(/Ask the platform team for the requester role/)).toBeVisible()
    expect(screen.queryByRole("link", { name: "AWS" })).toBeNull()
  })

  test("explains how the key gets a project where it sees none", async () => {
    open([])
    expect(await screen.findByText("No project yet")).toBeVisible()
    expect(screen.getByRole("button", { name: "Check now" })).toBeVisible()
  })

  test("explains why nothing can be read", async () => {
    mockBff.use(refuse(apiUrls.overview(), "atlas_address_refused"))
    openApp("/")
    expect(await screen.findByText("atlas_address_refused")).toBeInTheDocument()
    expect(screen.queryByText("Loading connections")).toBeNull()
  })

  test("sends an auditor without a project to the audit log", async () => {
    mockBff.use(
      answer(apiUrls.session(), makeSession({ everywhere: null, auditor: true })),
      answer(apiUrls.audit(), { rows: [], nextBefore: null }),
    )
    openApp("/")
    await waitFor(() => expect(location.pathname).toBe(pagePaths.audit()))
  })
})
