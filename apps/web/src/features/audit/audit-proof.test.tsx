import type { AuditFlaw, AuditKey, AuditVerification } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { answer, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeSession } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { serveTrail } from "./testing-rows.ts"

useMockBff()

function serveVerification(verification: Partial<AuditVerification>) {
  const heads: string[][] = []
  mockBff.use(
    http.get("/api/audit/verify", ({ request }) => {
      heads.push(new URL(request.url).searchParams.getAll("head"))
      const proof = { signed: null, watched: null, kept: null }
      const usual: AuditVerification = {
        verdict: "verified",
        rowCount: 0,
        verifiedFrom: 1,
        firstFlaw: null,
        flaws: [],
        proof,
        heads: [],
        head: null,
      }
      return HttpResponse.json({ ...usual, ...verification })
    }),
  )
  return heads
}

describe("the proof", () => {
  const at = "2026-11-24T10:00:00.000Z"
  const key = "ab".repeat(16)
  const signed = { sequence: 1234, at, key }

  async function verifyBy(text: string) {
    const { user } = openApp(pagePaths.audit())
    if (text !== "") await user.type(await screen.findByLabelText("Checkpoint (optional)"), text)
    await user.click(await screen.findByRole("button", { name: "Verify integrity" }))
    return await screen.findByRole("alert")
  }

  test("the proof of an intact log says how far it reaches and gives a checkpoint to keep", async () => {
    serveTrail()
    serveVerification({
      rowCount: 1234,
      proof: {
        signed,
        watched: { sequence: 1200, since: "2026-11-24T09:00:00.000Z" },
        kept: { sequence: 1000, at },
      },
      head: "audit-head-2.1234.5.x.y",
    })
    const verdict = await verifyBy("")
    expect(verdict).toHaveTextContent("Verified: 1,234 entries, no changes")
    const reach = within(verdict).getByRole("list", { name: "How far the proof reaches" })
    const lines = within(reach).getAllByRole("listitem")
    expect(lines[0]).toHaveTextContent("Entries 1–1234 are unchanged, signed 10:00 with key abababab…")
    expect(lines[1]).toHaveTextContent("Entries 1–1000 are also those of the checkpoint that you kept, 10:00")
    expect(lines[2]).toHaveTextContent("A restored older database is detected from entry 1200 on, 09:00.")
    expect(within(verdict).getByText("audit-head-2.1234.5.x.y")).toBeVisible()
    expect(within(verdict).getByRole("button", { name: "Copy checkpoint" })).toBeVisible()
  })

  test.each([
    ["changed", "Entry 17 was changed.", ["/audit/17"]],
    ["changed-again", "An entry from 17 on was changed after a flaw there was recorded.", []],
    [
      "restored",
      "Entries from 17 on differ from what was signed: an older copy of the database was restored.",
      ["/audit/17"],
    ],
  ] as const)(
    "the proof of a log with a flaw of the kind %s names the first bad entry",
    async (kind, words, links) => {
      serveTrail()
      serveVerification({
        verdict: "flawed",
        rowCount: 16,
        firstFlaw: { sequence: 17, kind, sentence: "Row 17 was changed." },
      })
      const verdict = await verifyBy("")
      expect(verdict).toHaveTextContent(`Integrity check failed${words} 16 entries before it are unchanged.`)
      const shown = within(verdict).queryAllByRole("link", { name: "Open entry 17" })
      expect(shown.map((link) => link.getAttribute("href"))).toEqual(links)
      expect(within(verdict).queryByRole("list")).toBeNull()
    },
  )

  const flaw: AuditFlaw = {
    sequence: 17,
    kind: "changed",
    sentence: "Row 17 was changed.",
    recordedAt: 40,
    acknowledged: null,
  }
  const flawed: Partial<AuditVerification> = {
    verdict: "flawed",
    rowCount: 16,
    firstFlaw: flaw,
    flaws: [flaw],
  }
  const reason = "Restored after a broken disk"
  const acknowledged = { sequence: 42, at, by: "Olivia Marsh", reason }

  test("a flaw is acknowledged by a global administrator with a reason, and stays in every verification", async () => {
    serveTrail()
    serveVerification(flawed)
    const posted: unknown[] = []
    mockBff.use(
      http.post("/api/audit/flaws/acknowledge", async ({ request }) => {
        posted.push(await request.json())
        return HttpResponse.json({
          verdict: "verified-from",
          rowCount: 3,
          verifiedFrom: 40,
          firstFlaw: null,
          flaws: [{ ...flaw, acknowledged }],
          proof: { signed: { ...signed, sequence: 42 }, watched: null, kept: { sequence: 41, at } },
          heads: [],
          head: null,
        })
      }),
    )
    const { user } = openApp(pagePaths.audit())
    await user.click(await screen.findByRole("button", { name: "Verify integrity" }))
    const field = await screen.findByLabelText("Reason")
    await user.click(screen.getByRole("button", { name: "Acknowledge flaw" }))
    expect(field).toHaveAccessibleDescription(/Enter a reason/)
    expect(field).toHaveFocus()
    await user.type(field, `${reason}{Enter}`)
    expect(await screen.findByText("Verified from entry 40: 3 entries, no changes")).toBeVisible()
    expect(posted).toEqual([{ flaws: [17], reason }])
    expect(screen.getByRole("list", { name: "Flaws" })).toHaveTextContent(
      `Entry 17 was changed. Found in entry 40. Acknowledged by Olivia Marsh, 10:00: “${reason}”. Open entry 42`,
    )
    expect(screen.getByText(/^Entries 40–42 are unchanged/)).toBeVisible()
    expect(screen.getByText(/^Entries 40–41 are also those of the checkpoint/)).toBeVisible()
    expect(screen.queryByLabelText("Reason")).toBeNull()
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus())
  })

  test("an auditor reads who may acknowledge a flaw", async () => {
    serveTrail()
    serveVerification(flawed)
    mockBff.use(answer("/api/session", makeSession({ everywhere: null, auditor: true })))
    const verdict = await verifyBy("")
    expect(verdict).toHaveTextContent(
      "Entry 17 was changed. Found in entry 40. 16 entries before it are unchanged.",
    )
    expect(screen.getByText(/^Only global administrators can acknowledge a flaw\. Ask /)).toBeVisible()
    expect(screen.queryByRole("button", { name: "Acknowledge flaw" })).toBeNull()
  })

  test("flaws that changed since the verification are not acknowledged", async () => {
    serveTrail()
    serveVerification(flawed)
    mockBff.use(
      http.post("/api/audit/flaws/acknowledge", () =>
        HttpResponse.json(
          {
            type: "about:blank",
            title: "Invalid",
            status: 400,
            code: "invalid_request",
            requestId: "an-id",
            fields: { flaws: "These are not the flaws that nobody acknowledged" },
          },
          { status: 400 },
        ),
      ),
    )
    const { user } = openApp(pagePaths.audit())
    await user.click(await screen.findByRole("button", { name: "Verify integrity" }))
    await user.type(await screen.findByLabelText("Reason"), `${reason}{Enter}`)
    expect(
      await screen.findByText("Not acknowledged: the flaws changed since this verification"),
    ).toBeVisible()
    expect(screen.getByLabelText("Reason")).toHaveValue(reason)
  })

  test("takes checkpoints that were kept, and is not verified by one that can't be verified", async () => {
    serveTrail()
    const head = { sequence: 9, at, key }
    const asked = serveVerification({
      verdict: "not-judged",
      rowCount: 1234,
      proof: { signed: null, watched: null, kept: null },
      heads: [
        { ...head, verdict: "agrees", why: null },
        { ...head, sequence: 8, verdict: "contradicts", why: null },
        { ...head, sequence: 7, verdict: "not-judged", why: "unknown-key" },
        { ...head, sequence: 6, verdict: "not-judged", why: "from-future" },
      ],
    })
    const verdict = await verifyBy(" head-one head-two ")
    expect(verdict).toHaveTextContent(
      "Not verified: no changes found in 1,234 entries, but the proof is incomplete",
    )
    expect(verdict).toHaveTextContent("The database holds no valid signature of the last entry.")
    const heads = within(within(verdict).getByRole("list", { name: "Checkpoints" })).getAllByRole("listitem")
    expect(heads.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Checkpoint of entry 9, .*: matches$/),
      expect.stringMatching(/^Checkpoint of entry 8, .*: does not match$/),
      expect.stringMatching(/can't be verified: signed by another log,/),
      expect.stringMatching(/can't be verified: its time is in the future\./),
    ])
    expect(asked).toEqual([["head-one", "head-two"]])
  })

  test("says at the field when what was pasted is no head", async () => {
    serveTrail()
    mockBff.use(
      refuse("/api/audit/verify", "invalid_request", {
        status: 400,
        fields: { head: "This isn't a checkpoint" },
      }),
    )
    const { user } = openApp(pagePaths.audit())
    const field = await screen.findByLabelText("Checkpoint (optional)")
    await user.type(field, "nonsense{Enter}")
    await waitFor(() => expect(field).toHaveAccessibleDescription(/This isn't a checkpoint/))
    expect(field).toBeInvalid()
  })
})

describe("the signing keys", () => {
  const first: AuditKey = {
    id: "ab".repeat(16),
    publicKey: "MCowBQYDK2VwAyEAfirst",
    createdAt: "2026-11-24T09:00:00.000Z",
    fromSequence: 1,
    untilSequence: null,
    isConfirmed: true,
  }
  const second = { ...first, id: "cd".repeat(16), publicKey: "MCowBQYDK2VwAyEAsecond", fromSequence: 41 }

  test("can be copied, and rotated by a global administrator after a question", async () => {
    serveTrail()
    const posted: string[] = []
    mockBff.use(
      answer("/api/audit/keys", { keys: [first] }),
      http.post("/api/audit/keys", ({ request }) => {
        posted.push(request.method)
        return HttpResponse.json({ keys: [{ ...first, untilSequence: 40 }, second] })
      }),
    )
    const { user } = openApp(pagePaths.audit())
    await user.click(await screen.findByText("Signing keys"))
    expect(await screen.findByText(first.publicKey)).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Rotate key" }))
    const question = screen.getByRole("dialog", { name: "Rotate the signing key?" })
    expect(posted).toEqual([])
    await user.click(within(question).getByRole("button", { name: "Rotate key" }))
    expect(await screen.findByText(second.publicKey)).toBeVisible()
    expect(screen.getByText(/^entries 1–40,/)).toBeVisible()
    expect(posted).toEqual(["POST"])
  })

  test("offer an auditor no rotation", async () => {
    serveTrail()
    mockBff.use(
      answer("/api/audit/keys", { keys: [{ ...first, isConfirmed: false }] }),
      answer("/api/session", makeSession({ everywhere: null, auditor: true })),
    )
    const { user } = openApp(pagePaths.audit())
    await user.click(await screen.findByText("Signing keys"))
    expect(await screen.findByText(/^The key before could not confirm this one/)).toBeVisible()
    expect(screen.queryByRole("button", { name: "Rotate key" })).toBeNull()
  })
})
