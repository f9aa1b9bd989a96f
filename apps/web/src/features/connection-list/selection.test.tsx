import { apiUrls, approvalUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test, vi } from "vitest"
import { makeApproval, target } from "#mock-bff/approval-samples.ts"
import { makeEntry, makeProject } from "#mock-bff/inventory-samples.ts"
import { answer, holdAnswer, mockBff, runAudited } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { answerBlastRadius } from "#mock-bff/open-connection.ts"
import { inOneProject, makeSession, projectId } from "#mock-bff/samples.ts"
import { openList } from "./testing-list.ts"

useMockBff()

const entries = ["a", "b", "c"].map((id) =>
  makeEntry("AWS", id, { label: `net ${id}`, fields: { vpcId: `vpc-${id}` } }),
)
const select = (name: string) => screen.findByRole("checkbox", { name: `Select ${name}` })
const bar = () => within(screen.getByRole("region", { name: /selected$/ }))

function open() {
  return openList([makeProject({ peerings: entries })])
}

describe("Selected connections", () => {
  test("are counted in a bar, and Escape clears them", async () => {
    const { user } = open()
    await user.click(await select("net a"))
    await user.click(await select("net c"))
    expect(bar().getByText("2 selected")).toBeVisible()
    await user.keyboard("{Escape}")
    expect(screen.queryByRole("region", { name: /selected$/ })).toBeNull()
    await user.click(await select("net a"))
    await user.click(bar().getByRole("button", { name: "Clear selection" }))
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus())
    await user.click(await select("net a"))
    bar().getByRole("button", { name: "Check now" }).focus()
    await user.keyboard("{Escape}")
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus())
  })

  test("are all of the shown ones after a press on the head", async () => {
    const { user } = open()
    await select("net a")
    await user.click(screen.getByRole("checkbox", { name: "Select all shown" }))
    expect(bar().getByText("3 selected")).toBeVisible()
    await user.type(screen.getByRole("searchbox"), "vpc-b")
    expect(await screen.findByText("1 selected")).toBeVisible()
  })

  test("are deleted after their number is typed and one reason given; a failure is listed and can be retried", async () => {
    const sent: unknown[] = []
    const { user } = open()
    mockBff.use(
      ...["a", "b"].map((id) => answerBlastRadius(id, `vpc-${id}`)),
      runAudited("delete", apiUrls.peering(projectId, "a"), { state: "gone", peering: null }, (body) =>
        sent.push(body),
      ),
      runAudited("delete", apiUrls.peering(projectId, "b"), {
        problem: { code: "atlas_timeout", status: 504 },
      }),
    )
    await user.click(await select("net a"))
    await user.click(await select("net b"))
    await user.click(bar().getByRole("button", { name: "Delete…" }))
    const dialog = within(await screen.findByRole("dialog", { name: "Delete 2 connections" }))
    const button = dialog.getByRole("button", { name: "Delete 2 connections" })
    expect(button).toHaveAttribute("aria-disabled", "true")
    expect(dialog.getByText("Type 2 to continue")).toBeVisible()
    await user.type(dialog.getByLabelText("Number of connections"), "2")
    expect(dialog.getByText("Enter a reason to continue")).toBeVisible()
    await user.type(dialog.getByLabelText("Reason"), "cleanup")
    await user.click(button)
    expect(await dialog.findByText("1 deletion requested, 1 failed")).toBeVisible()
    const rows = within(dialog.getByRole("list", { name: "Connections to delete" })).getAllByRole("listitem")
    expect(rows[0]).toHaveTextContent("net aDeletion requested")
    expect(rows[1]).not.toHaveTextContent("Deletion requested")
    expect(sent).toEqual([{ name: "vpc-a", reason: "cleanup" }])
    mockBff.use(runAudited("delete", apiUrls.peering(projectId, "b"), { state: "gone", peering: null }))
    await user.click(dialog.getByRole("button", { name: "Retry 1 deletion" }))
    expect(await dialog.findByText("2 deletions requested")).toBeVisible()
    expect(screen.getByRole("dialog")).toHaveFocus()
  })

  test("are counted among the open requests as soon as their deletion waits for approval", async () => {
    const approval = makeApproval("w", { plan: { kind: "delete", peeringId: "a", target } })
    const requests = (approvals: object[]) =>
      answer(approvalUrls.approvals(), {
        approvals,
        counts: { open: approvals.length, decided: 0 },
        nextBefore: null,
        isPolicySet: true,
      })
    mockBff.use(
      answer(apiUrls.session(), { ...makeSession(), approvals: true }),
      requests([]),
      answerBlastRadius("a", "vpc-a"),
      runAudited("delete", apiUrls.peering(projectId, "a"), { approval }),
    )
    const { user } = open()
    await user.click(await select("net a"))
    const link = await screen.findByRole("link", { name: /^Approvals/ })
    await user.click(bar().getByRole("button", { name: "Delete…" }))
    const dialog = within(await screen.findByRole("dialog", { name: /^Delete/ }))
    await user.type(dialog.getByRole("textbox", { name: /name|Name/ }), "vpc-a")
    await user.type(dialog.getByLabelText("Reason"), "cleanup")
    mockBff.use(requests([approval]))
    await user.click(dialog.getByRole("button", { name: /^Delete/ }))
    expect(await dialog.findByRole("link", { name: "Waits for approval" })).toBeVisible()
    await waitFor(() => expect(link).toHaveTextContent("Approvals1"))
  })

  test("are shared with a link each, shown once, and the focus stays in the dialog", async () => {
    const { user } = open()
    mockBff.use(
      ...["a", "b"].map((id) =>
        runAudited("post", apiUrls.handOffs(projectId, id), {
          handOff: { id: `link-${id}` },
          token: "t",
          url: `https://desk.example/hand-off#${id}`,
        }),
      ),
    )
    await user.click(await select("net a"))
    await user.click(await select("net b"))
    await user.click(bar().getByRole("button", { name: "Share with owner" }))
    const dialog = within(await screen.findByRole("dialog", { name: /^Share 2 connections/ }))
    await user.click(dialog.getByRole("button", { name: "Create 2 links" }))
    expect(await dialog.findByText("https://desk.example/hand-off#b")).toBeVisible()
    expect(dialog.getByText("Copy it now. You won't see it again.")).toBeVisible()
    expect(screen.getByRole("dialog")).toHaveFocus()
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValueOnce(new DOMException("", "NotAllowedError"))
    await user.click(dialog.getByRole("button", { name: "Copy all links" }))
    expect(await dialog.findByRole("button", { name: "Can't copy" })).toBeVisible()
    expect(dialog.getByText("All links not copied: the browser did not allow it")).toBeInTheDocument()
  })

  test("are checked with one poll for each cloud and project", async () => {
    let polls = 0
    const { user } = open()
    mockBff.use(
      http.post("/api/projects/:projectId/peerings/:peeringId/poll", () => {
        polls += 1
        return HttpResponse.json({ code: "not_found" }, { status: 404 })
      }),
    )
    await user.click(await select("net a"))
    await user.click(await select("net b"))
    await user.click(bar().getByRole("button", { name: "Check now" }))
    expect(await screen.findByText(/^Check failed/)).toBeVisible()
    expect(polls).toBe(1)
  })

  test("can't be deleted by a viewer, who reads whom to ask", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
    const { user } = open()
    await user.click(await select("net a"))
    const button = bar().getByRole("button", { name: "Delete…: Read-only. Ask the platform team" })
    await user.click(button)
    expect(screen.queryByRole("dialog")).toBeNull()
  })
})

describe("The rows of the list by keyboard", () => {
  test("are moved through with J and K, selected with X and opened with Enter", async () => {
    const { user } = open()
    await select("net a")
    await user.keyboard("jj")
    expect(screen.getByRole("link", { name: "net b" })).toHaveFocus()
    await user.keyboard("kx")
    expect(screen.getByRole("link", { name: "net a" })).toHaveFocus()
    expect(await select("net a")).toBeChecked()
    await user.keyboard("{Enter}")
    await waitFor(() => expect(location.pathname).toContain("/connections/a"))
  })

  test("leave keys that are typed into the search alone", async () => {
    const { user } = open()
    await select("net a")
    await user.type(screen.getByRole("searchbox"), "jx")
    expect(screen.getByRole("searchbox")).toHaveValue("jx")
    expect(screen.getByRole("searchbox")).toHaveFocus()
  })
})

describe("The menu of a row", () => {
  /** A popover has no style in a browser without a layout. */
  const hidden = { hidden: true }

  test("offers every action, and Delete… asks for the network's name", async () => {
    const { user } = open()
    await select("net a")
    await user.click(screen.getByRole("button", { name: "Actions for net a" }))
    const items = within(screen.getByRole("menu", hidden)).getAllByRole("menuitem", hidden)
    expect(items.map((item) => item.textContent)).toEqual([
      "Open",
      "Share",
      "Check now",
      "Copy IDs",
      "Code",
      "Duplicate",
      "Delete…",
    ])
    await user.click(items.at(-1)!)
    const dialog = within(await screen.findByRole("dialog", { name: "Delete net a" }))
    expect(dialog.getByText("Type vpc-a to continue")).toBeVisible()
    expect(dialog.getByText(/lose access immediately/)).toBeVisible()
  })

  test.each([
    ["never worked: only a reason", null],
    ["worked once: the network's name too", "2026-11-24T10:00:00.000Z"],
  ])("asks before the deletion of a failed one that %s", async (_, leftAvailableAt) => {
    const fields = { vpcId: "vpc-a", statusName: "FAILED" as const }
    const state = { status: "FAILED", turn: "failed", leftAvailableAt } as const
    const failed = makeEntry("AWS", "a", { label: "net a", fields, ...state })
    const { user } = openList([makeProject({ peerings: [failed] })])
    await user.click(await screen.findByRole("button", { name: "Actions for net a" }))
    await user.click(screen.getByRole("menuitem", { name: "Delete…", ...hidden }))
    const dialog = within(await screen.findByRole("dialog", { name: "Delete net a" }))
    expect(dialog.queryAllByLabelText("Name of the network")).toHaveLength(leftAvailableAt === null ? 0 : 1)
    expect(dialog.queryByText(/lose access/)).toBeNull()
    await user.type(dialog.getByLabelText("Reason"), "unused")
    expect(dialog.getByRole("button", { name: "Delete connection" })).toHaveAttribute(
      "aria-disabled",
      String(leftAvailableAt !== null),
    )
    await user.click(dialog.getByRole("button", { name: "Cancel" }))
    expect(screen.queryByRole("dialog")).toBeNull()
  })
})

describe("Saved views", () => {
  const view = { id: "v1", name: "AWS waiting", query: "cloud=AWS", at: "2026-11-24T10:00:00.000Z" }

  test("are tabs with their own count, and the current one can be deleted", async () => {
    let deleted = 0
    const warned = vi.spyOn(console, "error")
    mockBff.use(
      answer(apiUrls.savedViews(), { views: [view] }),
      runAudited("delete", apiUrls.savedView("v1"), null, () => {
        deleted += 1
      }),
    )
    const { user } = openList([
      makeProject({ peerings: [...entries, makeEntry("GCP", "g", { label: "net g" })] }),
    ])
    await select("net g")
    await user.click(await screen.findByRole("link", { name: /AWS waiting 3/ }))
    await waitFor(() => expect(screen.queryByRole("checkbox", { name: "Select net g" })).toBeNull())
    expect(location.search).toBe("?cloud=AWS")
    expect(screen.getByRole("link", { name: /AWS waiting/ })).toHaveAttribute("aria-current", "page")
    await user.click(screen.getByRole("button", { name: "Delete view" }))
    await waitFor(() => expect(deleted).toBe(1))
    // Two tabs lead to one address: the view, and all connections with the filters of the moment.
    expect(warned.mock.calls.filter(([text]) => String(text).includes("same key"))).toEqual([])
    warned.mockRestore()
  })

  test("are saved with the search, the filters and the order of the list", async () => {
    const sent: unknown[] = []
    const saved = { ...view, query: "q=net&sort=name" }
    mockBff.use(
      http.get(apiUrls.savedViews(), () => HttpResponse.json({ views: sent.map(() => saved) })),
      runAudited("post", apiUrls.savedViews(), saved, (body) => sent.push(body)),
    )
    const { user } = openList([makeProject({ peerings: entries })], { search: "?q=net&sort=name&page=1" })
    await select("net a")
    await user.click(screen.getByRole("button", { name: "Save view" }))
    const dialog = within(await screen.findByRole("dialog", { name: "Save view" }))
    await user.type(dialog.getByLabelText("Name"), "Mine")
    await user.click(dialog.getByRole("button", { name: "Save view" }))
    await waitFor(() => expect(sent).toEqual([{ name: "Mine", query: "q=net&sort=name" }]))
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
    expect(screen.getByText("Saved view AWS waiting")).toBeVisible()
    expect(await screen.findByRole("button", { name: "Delete view" })).not.toHaveFocus()
    expect(document.body).not.toHaveFocus()
  })
})

test("the dialog that deletes connections stays open until the server answers", async () => {
  const { user } = open()
  const { answered, answer: fail } = holdAnswer()
  mockBff.use(
    answerBlastRadius("a", "vpc-a"),
    http.delete(apiUrls.peering(projectId, "a"), () => answered),
  )
  await user.click(await select("net a"))
  await user.click(bar().getByRole("button", { name: "Delete…" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Delete net a" }))
  await user.type(dialog.getByLabelText("Name of the network"), "vpc-a")
  await user.type(dialog.getByLabelText("Reason"), "cleanup")
  await user.click(dialog.getByRole("button", { name: "Delete connection" }))
  for (const close of dialog.getAllByRole("button", { name: "Close" })) await user.click(close)
  fail()
  expect(await dialog.findByText("0 deletions requested, 1 failed")).toBeVisible()
  await user.click(dialog.getAllByRole("button", { name: "Close" })[0]!)
  expect(screen.queryByRole("dialog")).toBeNull()
})

test("the dialog that makes share links stays open until the server answers", async () => {
  const { user } = open()
  const { answered, answer: fail } = holdAnswer()
  mockBff.use(http.post(apiUrls.handOffs(projectId, "a"), () => answered))
  await user.click(await select("net a"))
  await user.click(bar().getByRole("button", { name: "Share with owner" }))
  const dialog = within(await screen.findByRole("dialog", { name: /^Share net a/ }))
  await user.click(dialog.getByRole("button", { name: "Create link" }))
  for (const close of dialog.getAllByRole("button", { name: "Close" })) await user.click(close)
  fail()
  expect(await dialog.findByRole("button", { name: "Retry 1 link" })).toBeVisible()
})

test("the name of a view takes the focus, and shows what the server finds wrong until it is edited", async () => {
  const { user } = open()
  const refuse = (problem: object) =>
    mockBff.use(runAudited("post", apiUrls.savedViews(), { problem: { status: 400, ...problem } }))
  await select("net a")
  await user.click(screen.getByRole("button", { name: "Save view" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Save view" }))
  expect(dialog.getByLabelText("Name")).toHaveFocus()
  refuse({ code: "invalid_request", fields: { name: "You have a view with this name" } })
  await user.keyboard("Mine{Enter}")
  expect(await dialog.findByText("You have a view with this name")).toBeVisible()
  await user.keyboard("2")
  expect(dialog.queryByText("You have a view with this name")).toBeNull()
  refuse({ status: 429, code: "too_many_requests", retryAfterSeconds: 30 })
  await user.keyboard("{Enter}")
  expect(await dialog.findByText("Try again in 30 s.")).toBeVisible()
  expect(dialog.getByLabelText("Name")).toHaveValue("Mine2")
})

test("the dialog that saves a view stays open until the server answers", async () => {
  const { answered, answer: fail } = holdAnswer()
  const { user } = open()
  mockBff.use(http.post(apiUrls.savedViews(), () => answered))
  await select("net a")
  await user.click(screen.getByRole("button", { name: "Save view" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Save view" }))
  await user.type(dialog.getByLabelText("Name"), "Mine")
  await user.click(dialog.getByRole("button", { name: "Save view" }))
  await user.click(dialog.getByRole("button", { name: "Cancel" }))
  await user.click(dialog.getByRole("button", { name: "Close" }))
  fail()
  expect(await dialog.findByText("Can't reach the server")).toBeVisible()
  await user.click(dialog.getByRole("button", { name: "Cancel" }))
  expect(screen.queryByRole("dialog")).toBeNull()
})
