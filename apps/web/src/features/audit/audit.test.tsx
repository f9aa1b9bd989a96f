import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http } from "msw"
import { describe, expect, test } from "vitest"
import { answer, mockBff, refuse, silent } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { attempt, makeRow, outcome, serveTrail } from "./testing-rows.ts"

useMockBff()

const rows = () =>
  within(screen.getByRole("table", { name: "Audit log" }))
    .getAllByRole("row")
    .slice(1)

/** Opens a log of which one page is read, and presses a button whose read fails. */
async function failAt(button: string) {
  serveTrail()
  const { user } = openApp(pagePaths.audit())
  await screen.findByText("50 entries, older ones not loaded")
  mockBff.use(refuse("/api/audit", "internal_error", { status: 500 }))
  await user.click(screen.getByRole("button", { name: button }))
  return user
}

describe("the audit log", () => {
  test("shows each act as one line with its outcome, reason and place, the newest first", async () => {
    const open = makeRow(9, { ...attempt, sequence: 9, reason: "NET-43" })
    mockBff.use(
      answer("/api/audit", { rows: [open, attempt, makeRow(6)], outcomes: [outcome], nextBefore: null }),
    )
    openApp(pagePaths.audit())
    await screen.findByText("3 entries")
    const [first, second, third] = rows()
    expect(first).toHaveTextContent("PendingCreate connection vpc-1")
    await waitFor(() => expect(second).toHaveTextContent("payments-prod"))
    expect(second).toHaveTextContent(
      "10:01:00FailedCreate connection vpc-1payments-prodNadia BergNET-42 · Atlas has one already 409 PEER_ALREADY_EXISTS7",
    )
    expect(third).toHaveTextContent("10:01:00DoneSigned inNadia Berg6")
    expect(screen.getAllByText("Pending")).toHaveLength(2)
  })

  test("shows concurrent creates as one line each, with the outcome of its own attempt", async () => {
    const create = (sequence: number, vpcId: string) =>
      makeRow(sequence, { ...attempt, sequence, after: { vpcId } })
    const end = (sequence: number, attemptSequence: number, kept: string) =>
      makeRow(sequence, { ...outcome, sequence, attemptSequence, outcome: kept, after: {}, before: {} })
    const rowsOfThree = [create(12, "vpc-3"), create(11, "vpc-2"), create(10, "vpc-1")]
    const outcomes = [
      end(13, 11, "unknown"),
      end(14, 12, "refused"),
      end(15, 10, "done"),
      end(16, 11, "done"),
    ]
    mockBff.use(answer("/api/audit", { rows: rowsOfThree, outcomes, nextBefore: null }))
    openApp(pagePaths.audit())
    await screen.findByText("3 entries")
    const [third, second, first] = rows()
    expect(first).toHaveTextContent("DoneCreate connection vpc-1")
    expect(second).toHaveTextContent("DoneCreate connection vpc-2")
    expect(third).toHaveTextContent("RefusedCreate connection vpc-3")
  })

  test("a refused create is listed with the network that it asked for", async () => {
    const detail = { awsAccountId: "123456789012", routeTableCidrBlock: "10.0.0.0/16", vpcId: "vpc-asked" }
    const refused = makeRow(8, { ...outcome, outcome: "refused", before: null, after: null })
    const asked = makeRow(7, { ...attempt, detail, before: null, after: null })
    mockBff.use(
      answer("/api/audit", { rows: [asked], outcomes: [refused], nextBefore: null }),
      answer("/api/audit/7", { rows: [asked, refused] }),
    )
    const { user } = openApp(pagePaths.audit())
    await user.click(await screen.findByRole("link", { name: "Create connection vpc-asked" }))
    const section = await screen.findByRole("region", { name: "Request · entry 7" })
    const labels = within(section)
      .getAllByRole("term")
      .map(({ textContent }) => textContent)
    expect(labels).toEqual(expect.arrayContaining(["AWS account ID", "Route table CIDR block", "VPC ID"]))
  })

  test("events of share links, steps and requests name their connection, and say for whom or what they were", async () => {
    const about = { projectId, peeringId: "p-1", outcome: null }
    const madeLink = makeRow(9, { ...about, action: "hand-off-made", detail: { link: "l", for: "Net team" } })
    const marked = makeRow(8, { ...about, action: "step-marked", detail: { step: "aws-security-group" } })
    const accepted = makeRow(6, {
      ...about,
      action: "facts-accepted",
      detail: { network: "vpc-1", aspects: 3, for: "Net team" },
    })
    const requested = makeRow(5, {
      ...about,
      action: "approval-requested",
      reason: "obsolete",
      detail: { approval: "a", act: "delete", name: "orders", needs: "requester" },
    })
    const detail = { name: "orders", step: "aws-routes", why: "No route" }
    const undone = makeRow(7, { ...about, action: "step-undone", detail })
    const connectionNames = { "p-1": "orders" }
    mockBff.use(
      answer("/api/audit", {
        rows: [madeLink, marked, undone, accepted, requested],
        connectionNames,
        nextBefore: null,
      }),
      answer("/api/audit/8", { rows: [marked], connectionNames }),
    )
    const { user } = openApp(pagePaths.audit())
    await screen.findByText("5 entries")
    const [first, second, third, fourth, fifth] = rows()
    expect(first).toHaveTextContent(/Share link created orders.*For Net team/)
    expect(second).toHaveTextContent(/ orders.*security group/)
    expect(third).toHaveTextContent(/ orders.*No route · routes/)
    expect(third).not.toHaveTextContent(/orders.*orders/)
    expect(fourth).toHaveTextContent(/ orders.*Pasted by Net team/)
    expect(fifth).toHaveTextContent(/ orders.*Delete connection · obsolete · Needs requester/)
    await user.click(screen.getByRole("link", { name: /security group|marked.* orders/i }))
    expect(await screen.findByRole("heading", { level: 1, name: / orders$/ })).toBeVisible()
  })

  test("shows characters that hide or reorder text as their codes", async () => {
    const old = makeRow(5, { reason: "Net\u202etset\u200b\nteam", detail: { why: "a\u0000b" } })
    mockBff.use(
      answer("/api/audit", { rows: [old], nextBefore: null }),
      answer("/api/audit/5", { rows: [old] }),
    )
    const { user } = openApp(pagePaths.audit())
    expect(await screen.findByText(/Net\\u\{202E\}tset\\u\{200B\}\\u\{A\}team · a\\u\{0\}b/)).toBeVisible()
    await user.click(screen.getByRole("link", { name: "Signed in" }))
    const section = await screen.findByRole("region", { name: "Event · entry 5" })
    expect(section).toHaveTextContent("Net\\u{202E}tset\\u{200B}\\u{A}team")
  })

  test("labels what an event says in words", async () => {
    const detail = { id: "lnk-1", madeBy: "Olivia Marsh", publicKey: "ab…", atlasAt: "2026-11-28" }
    mockBff.use(answer("/api/audit/5", { rows: [makeRow(5, { outcome: null, detail })] }))
    openApp("/audit/5")
    const section = await screen.findByRole("region", { name: /entry 5/ })
    const labels = within(section)
      .getAllByRole("term")
      .map(({ textContent }) => textContent)
    expect(labels).toEqual(expect.arrayContaining(["ID", "Made by", "Public key", "At Atlas"]))
  })

  test("names projects for people who see none, and leaves addresses of requests to the entry's page", async () => {
    const detail = { method: "GET", path: "/api/keys", needs: "global administrator" }
    const row = makeRow(5, { action: "access-denied", projectId: "p", outcome: null, detail })
    const projectNames = { p: "ledger-prod" }
    mockBff.use(
      answer("/api/audit", { rows: [row], projectNames, nextBefore: null }),
      answer("/api/audit/5", { rows: [row], projectNames }),
      answer(apiUrls.projects(), { projects: [] }),
    )
    const { user } = openApp(pagePaths.audit())
    await screen.findByText("1 entry")
    expect(rows()[0]).toHaveTextContent("ledger-prodNadia BergNeeds global administrator5")
    expect(screen.getByRole("option", { name: "ledger-prod" })).toHaveValue("p")
    await user.click(screen.getByRole("link", { name: "Access denied" }))
    expect(await screen.findByText(/in ledger-prod/)).toBeVisible()
    expect(screen.getByText("/api/keys")).toBeVisible()
  })

  test("tells the server from a stranger, and shows words of another version as they are", async () => {
    const odd = [
      makeRow(3, {
        action: "key-read",
        actor: null,
        outcome: null,
        detail: { label: "main", publicKey: "ab…" },
      }),
      makeRow(2, { action: "sign-in-refused", actor: null, outcome: null }),
      makeRow(1, { action: "word-of-tomorrow", outcome: "postponed" }),
    ]
    mockBff.use(answer("/api/audit", { rows: odd, nextBefore: null }))
    openApp(pagePaths.audit())
    await screen.findByText("3 entries")
    const [first, second, third] = rows()
    expect(first).toHaveTextContent("Atlas key read mainThe server")
    expect(second).toHaveTextContent("Not signed in")
    expect(second).toHaveTextContent("Refused")
    expect(third).toHaveTextContent("word-of-tomorrow")
    expect(third).toHaveTextContent("postponed")
  })

  test("shows older rows page by page", async () => {
    const asked = serveTrail()
    const { user } = openApp(pagePaths.audit())
    await screen.findByText("50 entries, older ones not loaded")
    await user.click(screen.getByRole("button", { name: "Load older" }))
    await screen.findByText("100 entries, older ones not loaded")
    await user.click(screen.getByRole("button", { name: "Load older" }))
    await screen.findByText("120 entries")
    expect(asked.map((search) => search.get("before"))).toEqual([null, "71", "21"])
    expect(screen.queryByRole("button", { name: "Load older" })).toBeNull()
  })

  test("shows older rows that are asked for while newer ones are being read", async () => {
    serveTrail()
    const { user } = openApp(pagePaths.audit())
    await screen.findByText("50 entries, older ones not loaded")
    let release = () => {}
    const held = new Promise<undefined>((resolve) => (release = () => resolve(undefined)))
    mockBff.use(http.get("/api/audit", () => held, { once: true }))
    await user.click(screen.getByRole("button", { name: "Load newer" }))
    await user.click(screen.getByRole("button", { name: "Load older" }))
    release()
    expect(await screen.findByText("100 entries, older ones not loaded")).toBeVisible()
  })

  test("keeps the rows and says why when older ones can't be read", async () => {
    const user = await failAt("Load older")
    expect(await screen.findByRole("alert")).toHaveTextContent("Can't load more: ")
    expect(rows()).toHaveLength(50)
    serveTrail()
    await user.click(screen.getByRole("button", { name: "Load older" }))
    await screen.findByText("100 entries, older ones not loaded")
    expect(screen.queryByRole("alert")).toBeNull()
  })

  test("a press on Load newer is answered when there are no newer entries", async () => {
    serveTrail()
    const { user } = openApp(pagePaths.audit())
    await screen.findByText("50 entries, older ones not loaded")
    await user.click(screen.getByRole("button", { name: "Load newer" }))
    expect(await screen.findByText("No newer entries")).toBeVisible()
    mockBff.use(answer("/api/audit", { rows: [makeRow(121)], outcomes: [], nextBefore: null }))
    await user.click(screen.getByRole("button", { name: "Load newer" }))
    await screen.findByText("1 entry")
    expect(screen.queryByText("No newer entries")).toBeNull()
  })

  test("keeps the rows and says why when newer ones can't be read", async () => {
    await failAt("Load newer")
    expect(await screen.findByRole("alert")).toHaveTextContent("req-1234")
    expect(rows()).toHaveLength(50)
  })

  test("the filter in the address narrows the log and its exports", async () => {
    const asked = serveTrail()
    const { user } = openApp(pagePaths.audit())
    await screen.findByText("50 entries, older ones not loaded")
    await user.type(screen.getByLabelText("Search"), "vpc-0a1b")
    await user.selectOptions(screen.getByLabelText("Outcome"), "Pending")
    expect(location.search).toBe("?outcome=pending&text=vpc-0a1b")
    await waitFor(() =>
      expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({
        text: "vpc-0a1b",
        outcome: "pending",
        acts: "true",
      }),
    )
    expect(screen.getByRole("link", { name: "Export CSV" })).toHaveAttribute(
      "href",
      apiUrls.exportAudit({ format: "csv", outcome: "pending", text: "vpc-0a1b" }),
    )
    await user.click(screen.getByRole("button", { name: "Clear filters" }))
    expect(location.search).toBe("")
    expect(screen.getByRole("heading", { level: 1 })).toHaveFocus()
  })

  test("opens as the address says", async () => {
    const asked = serveTrail()
    openApp(`${pagePaths.audit()}?from=2026-11-24T09:00:00.000Z&action=peering-create`)
    await screen.findByText("50 entries, older ones not loaded")
    expect(screen.getByLabelText("From")).toHaveValue("2026-11-24T09:00")
    expect(screen.getByLabelText("Action")).toHaveValue("peering-create")
    expect(screen.getByLabelText("When")).toHaveValue("custom")
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({
      from: "2026-11-24T09:00:00.000Z",
      action: "peering-create",
      acts: "true",
    })
  })

  test("a last minute counts whole after Enter, and leaving a date field alone changes nothing", async () => {
    const asked = serveTrail()
    const address = `${pagePaths.audit()}?from=2026-11-24T09:00:21.000Z`
    const { user } = openApp(address)
    await screen.findByText("50 entries, older ones not loaded")
    await user.click(screen.getByLabelText("From"))
    await user.click(screen.getByLabelText("Until"))
    expect(`${location.pathname}${location.search}`).toBe(address)
    await user.type(screen.getByLabelText("Until"), "2026-11-24T10:04")
    await user.keyboard("{Enter}")
    await waitFor(() =>
      expect(Object.fromEntries(asked.at(-1) ?? [])).toMatchObject({
        from: "2026-11-24T09:00:21.000Z",
        until: "2026-11-24T10:04:59.999Z",
      }),
    )
    expect(screen.getByLabelText("Until")).toHaveValue("2026-11-24T10:04")
  })

  test("the log is filtered by a span and by a project's name", async () => {
    const asked = serveTrail()
    const { user } = openApp(pagePaths.audit())
    await screen.findByText("50 entries, older ones not loaded")
    await user.selectOptions(screen.getByLabelText("When"), "Last 24 hours")
    await user.selectOptions(await screen.findByLabelText("Project"), "payments-prod")
    expect(location.search).toBe(`?when=day&projectId=${projectId}`)
    await waitFor(() =>
      expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({
        from: expect.stringMatching(/^2026-11-23T10:0/) as string,
        projectId,
        acts: "true",
      }),
    )
  })

  test("can be exported by plain links", async () => {
    serveTrail()
    openApp(pagePaths.audit())
    const link = await screen.findByRole("link", { name: "Export JSON Lines" })
    expect(link).toHaveAttribute("href", "/api/audit/export?format=jsonl")
    expect(link).toHaveAttribute("download")
  })

  test("the log keeps its place while it loads", async () => {
    mockBff.use(silent("/api/audit"))
    openApp(pagePaths.audit())
    expect(await screen.findByRole("table", { name: "Audit log" })).toHaveAttribute("aria-busy", "true")
  })

  test("says when nothing fits", async () => {
    mockBff.use(answer("/api/audit", { rows: [], nextBefore: null }))
    openApp(`${pagePaths.audit()}?text=nowhere`)
    expect(await screen.findByText("No entry matches")).toBeVisible()
  })

  test("the log says to others who may read it, whom to ask, and offers nothing else", async () => {
    mockBff.use(refuse("/api/audit", "forbidden", { status: 403 }))
    openApp(pagePaths.audit())
    expect(await screen.findByText("Only auditors and global administrators can view this")).toBeVisible()
    expect(screen.getByText(/ask the platform team for the role of an auditor/)).toBeVisible()
    expect(screen.getByRole("link", { name: "Open connections" })).toBeVisible()
    expect(screen.queryByRole("button", { name: "Verify integrity" })).toBeNull()
    expect(screen.queryByRole("link", { name: /Export/ })).toBeNull()
  })
})
