import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { attempt, hash, outcome } from "./testing-rows.ts"

useMockBff()

describe("the page of an entry", () => {
  test("leads to its whole story at its own address, and back to the filter", async () => {
    mockBff.use(
      answer("/api/audit", { rows: [attempt], outcomes: [outcome], nextBefore: null }),
      answer("/api/audit/7", { rows: [attempt, outcome] }),
    )
    const { user } = openApp(`${pagePaths.audit()}?outcome=failed`)
    await user.click(await screen.findByRole("link", { name: "Create connection vpc-1" }))
    expect(`${location.pathname}${location.search}`).toBe("/audit/7?outcome=failed")
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus())
    const asked = await screen.findByRole("region", { name: "Request · entry 7" })
    expect(asked).toHaveTextContent("NET-42")
    expect(within(asked).getByText(hash("c"))).toBeVisible()
    const ended = screen.getByRole("region", { name: "Outcome · entry 8" })
    expect(ended).toHaveTextContent("Atlas has one already")
    expect(within(ended).getByRole("row", { name: "status FAILED AVAILABLE" })).toBeVisible()
    const crumbs = screen.getByRole("navigation", { name: "Breadcrumb" })
    await user.click(within(crumbs).getByRole("link", { name: "Audit log" }))
    expect(location.search).toBe("?outcome=failed")
  })

  test("the entry of a created connection leads to it", async () => {
    const created = { ...outcome, outcome: "done", peeringId: "p-1" }
    mockBff.use(answer("/api/audit/7", { rows: [attempt, created] }))
    openApp(pagePaths.auditRow(7))
    const link = await screen.findByRole("link", { name: "Open connection" })
    expect(link).toHaveAttribute("href", pagePaths.connection(projectId, "p-1"))
  })

  test("the entry of a connection has no link to it for an auditor, who sees no project", async () => {
    const created = { ...outcome, outcome: "done", peeringId: "p-1" }
    mockBff.use(
      answer("/api/audit/7", { rows: [attempt, created] }),
      answer("/api/session", makeSession({ everywhere: null, auditor: true })),
    )
    openApp(pagePaths.auditRow(7))
    await screen.findByRole("region", { name: "Outcome · entry 8" })
    await screen.findByRole("button", { name: /your account/ })
    expect(screen.queryByRole("link", { name: "Open connection" })).toBeNull()
  })

  test("an attempt without an outcome says so and can be refreshed", async () => {
    mockBff.use(answer("/api/audit/7", { rows: [attempt] }))
    const { user } = openApp(pagePaths.auditRow(7))
    expect(await screen.findByText(/^Outcome not known yet/)).toBeVisible()
    mockBff.use(answer("/api/audit/7", { rows: [attempt, outcome] }))
    await user.click(screen.getByRole("button", { name: "Refresh" }))
    expect(await screen.findByRole("region", { name: "Outcome · entry 8" })).toBeVisible()
    expect(screen.queryByText(/^Outcome not known yet/)).toBeNull()
  })

  test("is found out of creates only; of anything else what is there now has to tell", async () => {
    mockBff.use(answer("/api/audit/7", { rows: [{ ...attempt, action: "peering-delete" }] }))
    openApp(pagePaths.auditRow(7))
    expect(await screen.findByText(/^Outcome not known/)).not.toHaveTextContent("finding it out")
  })

  test("a row that does not exist says so", async () => {
    mockBff.use(refuse("/api/audit/99", "not_found", { status: 404 }))
    openApp(pagePaths.auditRow(99))
    expect(await screen.findByText("Entry not found")).toBeVisible()
    expect(screen.getByRole("link", { name: "Open the audit log" })).toHaveAttribute("href", "/audit")
  })

  test.each(["keys", "checkpoint", "7e2", "-1"])(
    "an address without a number, /audit/%s, has no entry",
    async (word) => {
      mockBff.use(answer(`/api/audit/${word}`, { keys: [] }))
      openApp(pagePaths.auditRow(word))
      expect(await screen.findByText("Entry not found")).toBeVisible()
    },
  )
})
