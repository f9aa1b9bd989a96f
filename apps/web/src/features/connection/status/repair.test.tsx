import { apiUrls, type Timeline } from "@peering-desk/shared-schemas"
import { screen } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { printLookUp, toKnownFacts } from "#mock-bff/look-up.ts"
import { answer, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { openConnection, openRows } from "#mock-bff/open-connection.ts"
import { makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

describe("A failed connection", () => {
  const failed = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } })

  test("says its cause and who says so, and offers the same values again only where they can work [1]", async () => {
    await openConnection(failed)
    expect(await screen.findByText("The owner of the VPC rejected the request.")).toBeVisible()
    expect(screen.getByRole("list", { name: "Evidence" })).toHaveTextContent(/REJECTEDAtlas$/)
    expect(screen.getByRole("button", { name: "Delete and request again" })).toBeVisible()
    expect(screen.queryByRole("link", { name: "Correct and request again" })).toBeNull()
  })

  test("leads to Azure's role rows first when the role is missing", async () => {
    const { user } = await openConnection(
      makePeering("AZURE", { status: "FAILED", peer: { errorState: "Permission denied." } }),
    )
    expect(openRows()).toEqual([])
    await user.click(screen.getByRole("button", { name: "Assign Atlas's role" }))
    expect(openRows().map(({ id }) => id)).toEqual(["stop-role"])
    expect(openRows()[0]).toHaveFocus()
    expect(screen.getByRole("link", { name: "Correct and request again" })).toBeVisible()
  })

  test.each([
    ["AWS", { errorStateName: "INVALID_ARGUMENT" }],
    ["AZURE", { errorState: "an overlapping CIDR block already exists." }],
  ] as const)(
    "a connection on %s whose values were refused leads to the form with them",
    async (cloud, peer) => {
      const refused = makePeering(cloud, { status: "FAILED", peer })
      await openConnection(refused)
      const link = screen.getByRole("link", { name: "Correct and request again" })
      const { pathname, searchParams } = new URL(link.getAttribute("href") ?? "", "https://desk.example")
      expect(pathname).toBe(pagePaths.newConnection(projectId))
      expect(searchParams.get("replaces")).toBe(refused.id)
      expect(searchParams.get("container")).toBe(refused.peer.containerId)
      expect(screen.queryByRole("button", { name: "Delete and request again" })).toBeNull()
    },
  )

  test("a connection whose VPC went away says that it worked, not that its values never matched", async () => {
    await openConnection(
      makePeering("AWS", {
        status: "FAILED",
        peer: { errorStateName: "INVALID_ARGUMENT" },
        history: [
          { status: "AVAILABLE", at: "2026-11-24T10:04:00.000Z" },
          { status: "FAILED", at: "2026-11-24T10:05:00.000Z" },
        ],
        record: { leftAvailableAt: "2026-11-24T10:05:00.000Z" },
      }),
    )
    const main = screen.getByRole("main")
    expect(main).toHaveTextContent("The VPC was probably deleted in AWS before 10:05:00")
    expect(main).toHaveTextContent("If it is still there, request the connection again.")
    expect(main).toHaveTextContent("Was available until 10:05.")
    expect(main).not.toHaveTextContent("don't match")
    const another = screen.getByRole("link", { name: "Connect another VPC" }).getAttribute("href") ?? ""
    expect(new URL(another, "https://desk.example").searchParams.has("vpcId")).toBe(false)
  })

  test("a connection whose VPC went away names the two polls between which it did", async () => {
    const peering = makePeering("AWS", {
      status: "FAILED",
      peer: { errorStateName: "INVALID_ARGUMENT" },
      history: [
        { status: "AVAILABLE", at: "2026-11-24T09:00:00.000Z" },
        { status: "FAILED", at: "2026-11-24T10:05:12.000Z" },
      ],
    })
    const seen = { what: "listed", raw: null, status: "FAILED", turn: "failed" } as const
    mockBff.use(
      answer(apiUrls.timeline(projectId, peering.id), {
        peeringId: peering.id,
        providerName: "AWS",
        observations: [
          { ...seen, number: 2, at: "2026-11-24T10:05:12.000Z", after: "2026-11-24T10:05:02.000Z" },
        ],
        gaps: [],
        lookEverySeconds: 10,
        acts: [],
      } satisfies Timeline),
    )
    await openConnection(peering)
    expect(
      await screen.findByText("The VPC was probably deleted in AWS between 10:05:02 and 10:05:12"),
    ).toBeVisible()
    expect(screen.getByRole("list", { name: "Evidence" })).toHaveTextContent(
      "10:05:02AVAILABLEAtlas, the poll before10:05:12INVALID_ARGUMENTAtlas",
    )
  })

  test("a value that a role contradicts is marked in place, and the form gets the better one", async () => {
    const peering = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "INVALID_ARGUMENT" } })
    const { facts, ...known } = toKnownFacts(printLookUp(peering.firstSeenAt), "read", "peering-desk-read")
    const region = {
      value: "us-west-2",
      source: "read",
      by: "peering-desk-read",
      at: peering.firstSeenAt,
    } as const
    mockBff.use(
      listOf([{ ...peering, factsAt: peering.firstSeenAt }]),
      answer(apiUrls.peeringFacts(projectId, peering.id), { ...known, facts: { ...facts, region } }),
    )
    const { user } = openApp(pagePaths.connection(projectId, peering.id))
    expect(await screen.findByText("Region is us-west-2, not us-east-1")).toBeVisible()
    expect(screen.getByLabelText("VPC ID")).toHaveAttribute("readonly")
    const field = screen.getByLabelText("Region")
    expect(field).toHaveValue("us-west-2")
    await user.type(field, "x{Backspace}")
    const link = screen.getByRole("link", { name: "Correct and request again" }).getAttribute("href") ?? ""
    expect(new URL(link, "https://desk.example").searchParams.get("accepterRegionName")).toBe("us-west-2")
  })
})
