import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { listOf, mockBff, refuse, silent, unreachable } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeList, makePeering, makeWatch, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const path = pagePaths.connections(projectId)
const rowOf = async (name: RegExp) => await screen.findByRole("row", { name })

describe("the list of connections", () => {
  test("shows each with its networks, its state in words, and where it leads", async () => {
    mockBff.use(listOf([makePeering("AWS"), makePeering("GCP"), makePeering("AZURE")]))
    openApp(path)
    const aws = await rowOf(/vpc-0a1b2c3d4e5f60718/)
    for (const text of ["account 1234 5678 9012", "10.20.0.0/16", "Your turn"]) {
      expect(within(aws).getByText(text)).toBeVisible()
    }
    expect(await within(aws).findByText("US_EAST_1")).toBeVisible()
    expect(within(aws).getByText("AWS · us-east-1")).toBeVisible()
    expect(within(aws).getByRole("link")).toHaveAttribute(
      "href",
      pagePaths.connection(projectId, "1112222b3bf99403840e8934"),
    )
    expect(within(await rowOf(/acme-analytics/)).getByText("every region")).toBeVisible()
    expect(within(await rowOf(/vnet-crm/)).getByText("Available")).toBeVisible()
    expect(await screen.findByText("3 in payments-prod, 2 need a person")).toBeVisible()
    expect(screen.getByText("3 of 50 connections · 2 of 25 pending")).toBeVisible()
  })

  test.each([
    ["INITIATING", "Atlas is working"],
    ["FAILED", "Failed"],
    ["TERMINATING", "Being removed"],
    ["A_WORD_OF_TOMORROW", "Atlas says A_WORD_OF_TOMORROW"],
  ])("says %s in words", async (status, words) => {
    mockBff.use(listOf([makePeering("AWS", { status })]))
    openApp(path)
    expect(within(await rowOf(/vpc-/)).getByText(words)).toBeVisible()
  })

  test("puts what needs a person first, the nearest deadline before the others [A6]", async () => {
    const later = makePeering("AWS", {
      peer: { id: "2222222b3bf99403840e8934", vpcId: "vpc-0000000000000002a", connectionId: "pcx-2" },
      history: [{ status: "PENDING_ACCEPTANCE", at: "2026-11-24T10:06:00.000Z" }],
    })
    mockBff.use(
      listOf([
        makePeering("AZURE", { status: "FAILED", peer: { errorState: "No such VNet" } }),
        makePeering("GCP"),
        later,
        makePeering("AWS"),
      ]),
    )
    openApp(path)
    const tasks = within(await screen.findByRole("list", { name: "Needs a person" })).getAllByRole("listitem")
    expect(tasks.map((task) => within(task).getByRole("heading").textContent)).toEqual([
      "vpc-0a1b2c3d4e5f60718",
      "vpc-0000000000000002a",
      "prod",
    ])
    expect(tasks[0]).toHaveTextContent("Account 1234 5678 9012 must accept pcx-0f3a9188d2c41e07b")
    expect(tasks[2]).toHaveTextContent("Create the return peering in acme-analytics")
  })

  test("says so when nothing waits for a person", async () => {
    mockBff.use(listOf([makePeering("AZURE")]))
    openApp(path)
    expect(await screen.findByText("Nothing waits for a person")).toBeVisible()
  })

  test("is narrowed by text, cloud and need, and keeps that in the address", async () => {
    mockBff.use(listOf([makePeering("AWS"), makePeering("GCP"), makePeering("AZURE")]))
    const { user } = openApp(path)
    await rowOf(/vnet-crm/)
    const rows = () => screen.getAllByRole("row").slice(1)
    await user.type(screen.getByRole("searchbox"), "1234 5678 9012")
    expect(rows()).toHaveLength(1)
    expect(location.search).toBe("?q=1234+5678+9012")
    await user.clear(screen.getByRole("searchbox"))
    await user.click(screen.getByRole("button", { name: "Google Cloud 1" }))
    expect(rows()).toHaveLength(1)
    expect(location.search).toBe("?cloud=GCP")
    await user.click(screen.getByRole("button", { name: "All 3" }))
    await user.click(screen.getByRole("button", { name: "Needs a person 2" }))
    expect(rows()).toHaveLength(2)
    expect(location.search).toBe("?needs=person")
    await user.type(screen.getByRole("searchbox"), "nowhere")
    expect(screen.getByText('No connection has "nowhere" in it')).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Show all" }))
    expect(rows()).toHaveLength(3)
    expect(location.search).toBe("")
  })

  test("opens as the address says", async () => {
    mockBff.use(listOf([makePeering("AWS"), makePeering("AZURE")]))
    openApp(`${path}?cloud=AZURE&q=crm`)
    await rowOf(/vnet-crm/)
    expect(screen.getAllByRole("row")).toHaveLength(2)
    expect(screen.getByRole("searchbox")).toHaveValue("crm")
    expect(screen.getByRole("button", { name: "Azure 1" })).toHaveAttribute("aria-pressed", "true")
  })

  test("holds 500 connections", async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      makePeering("AZURE", { peer: { id: `${index}`.padStart(24, "0"), vnetName: `vnet-${index}` } }),
    )
    mockBff.use(listOf(many))
    openApp(path)
    await waitFor(() => expect(screen.getAllByRole("row")).toHaveLength(501))
  })
})

describe("a create whose answer was lost", () => {
  const create = {
    key: "0123456789abcdef",
    request: {
      providerName: "GCP",
      containerId: "507f1f77bcf86cd799439012",
      gcpProjectId: "acme",
      networkName: "prod",
    },
    at: "2026-11-24T10:05:00.000Z",
  } as const

  test("is said to be checked, until the stream brings what became of it [A9]", async () => {
    const list = makeList([makePeering("AZURE")])
    mockBff.use(listOf({ ...list, creates: [{ ...create, state: "being-checked" }] }))
    const { openStream, send } = openApp(path)
    const open = await screen.findByRole("list", { name: "Asked for, without a connection yet" })
    expect(open).toHaveTextContent("prod is being checked")
    expect(open).toHaveTextContent("It was asked for at 10:05")
    await openStream()
    send({ event: "creates", data: { projectId, creates: [] } })
    await waitFor(() => expect(screen.queryByText(/is being checked/)).toBeNull())
  })

  test("is said not to be there when that is known", async () => {
    const list = makeList([makePeering("AZURE")])
    mockBff.use(listOf({ ...list, creates: [{ ...create, state: "not-created" }] }))
    openApp(path)
    const open = await screen.findByRole("list", { name: "Asked for, without a connection yet" })
    expect(open).toHaveTextContent("prod was not created")
    expect(open).toHaveTextContent("Sending the same form again is safe.")
  })
})

describe("an unreadable list shows why, loading and loaded", () => {
  test("a wait is said, with the frame of the page standing", async () => {
    mockBff.use(silent(apiUrls.peerings(projectId)))
    openApp(path)
    expect(screen.getByRole("heading", { name: "Connections" })).toBeVisible()
    expect(screen.getByText("Asking Atlas")).toBeVisible()
    expect(screen.getByRole("table", { name: "Connections" })).toHaveAttribute("aria-busy", "true")
  })

  test("an empty project says what a new connection asks for", async () => {
    openApp(path)
    expect(await screen.findByRole("region", { name: "No connection yet" })).toBeVisible()
    expect(screen.getByRole("link", { name: "New connection" })).toHaveAttribute(
      "href",
      pagePaths.newConnection(projectId),
    )
  })

  test("an unknown project is not an empty one", async () => {
    mockBff.use(refuse(apiUrls.peerings(projectId), "project_not_found", { status: 404 }))
    openApp(path)
    expect(await screen.findByText("No such project")).toBeVisible()
    expect(screen.queryByRole("link", { name: "New connection" })).toBeNull()
  })

  test("a problem says what it means, Atlas's own words, and the request id; it can be tried again", async () => {
    mockBff.use(
      refuse(apiUrls.peerings(projectId), "atlas_keys_refused", {
        atlas: {
          status: 401,
          errorCode: "UNAUTHORIZED",
          detail: "You are not authorized for this resource.",
        },
      }),
    )
    const { user } = openApp(path)
    expect(await screen.findByText("Atlas does not accept this server's API key")).toBeVisible()
    expect(screen.getByText(/You are not authorized for this resource/)).toHaveTextContent("UNAUTHORIZED")
    expect(screen.getByText("req-1234")).toBeVisible()
    mockBff.use(listOf([makePeering("AZURE")]))
    await user.click(screen.getByRole("button", { name: "Try again" }))
    await rowOf(/vnet-crm/)
  })

  test("no server is told from a problem of Atlas", async () => {
    mockBff.use(unreachable(apiUrls.peerings(projectId)))
    openApp(path)
    expect(await screen.findByText("This server cannot be reached")).toBeVisible()
  })

  test("a cloud whose look failed says so; the others and what was known stay", async () => {
    const failing = makeWatch("GCP", {
      checkedAt: "2026-11-24T10:01:00.000Z",
      problem: "atlas_rate_limited",
      retryAt: "2026-11-24T10:08:00.000Z",
    })
    mockBff.use(listOf(makeList([makePeering("AWS"), makePeering("GCP")], [failing])))
    openApp(path)
    await rowOf(/acme-analytics/)
    expect(screen.getByText(/Shown as it was at/)).toHaveTextContent(
      "Google Cloud: Atlas asks for a pause. Shown as it was at 10:01, next look at 10:08.",
    )
    expect(screen.getByText(/It allows a number of calls a minute/)).toBeVisible()
  })

  test("a cloud that Atlas refuses is explained below the list, with Atlas's own words", async () => {
    const atlas = {
      status: 402,
      errorCode: "ACCOUNT_SUSPENDED",
      detail: "Organization has an unpaid invoice.",
    }
    mockBff.use(
      listOf(makeList([makePeering("AWS")], [makeWatch("GCP", { problem: "atlas_refused", atlas })])),
    )
    openApp(path)
    expect(
      await screen.findByText("Google Cloud: Atlas has suspended the account because of an unpaid invoice."),
    ).toBeVisible()
    expect(screen.getByText(/billing role settles it/)).toBeVisible()
    expect(screen.getByText("ACCOUNT_SUSPENDED")).toBeVisible()
  })

  test("the list does not say that there is nothing when every cloud fails", async () => {
    const watches = (["AWS", "GCP", "AZURE"] as const).map((cloud) =>
      makeWatch(cloud, { checkedAt: null, problem: "atlas_unreachable" }),
    )
    mockBff.use(listOf(makeList([], watches)))
    openApp(path)
    expect(await screen.findByText("Atlas cannot be reached")).toBeVisible()
    expect(screen.queryByText("No connection yet")).toBeNull()
  })
})
