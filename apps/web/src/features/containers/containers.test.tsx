import { apiUrls, Container } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, mockBff, refuse, silent } from "#mock-bff/mock-bff.ts"
import { fill } from "#mock-bff/fields.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import {
  containers,
  inOneProject,
  makeList,
  makePeering,
  makeSession,
  makeWatch,
  projectId,
} from "#mock-bff/samples.ts"
import { button, openContainers, serveContainers, toProblem } from "./testing-containers.tsx"

useMockBff()

const orphan = Container.parse({
  providerName: "AWS",
  id: "64b1f0a27c3d5e4f8a9b0c99",
  atlasCidrBlock: "10.99.0.0/21",
  provisioned: false,
  regionName: "EU_WEST_1",
})
const peerings = [makePeering("AWS"), makePeering("AZURE")]
const rowOf = async (place: string) =>
  (await screen.findByRole("rowheader", { name: new RegExp(`^${place}`) })).closest("tr") as HTMLElement

describe("the list of containers", () => {
  test("shows place, CIDR and use of each container", async () => {
    serveContainers([...containers, orphan], { peerings })
    openContainers()
    const virginia = await rowOf("US_EAST_1")
    expect(virginia).toHaveTextContent(/N\. Virginia.*192\.168\.248\.0\/21/)
    await waitFor(() => expect(virginia).toHaveTextContent(/21Locked.*Accept in AWS/))
    expect(within(virginia).getByRole("link", { name: "vpc-0a1b2c3d4e5f60718" })).toHaveAttribute(
      "href",
      `/projects/${projectId}/connections/1112222b3bf99403840e8934`,
    )
    expect(within(virginia).getByRole("button", { name: /Copy container ID 507f/ })).toBeVisible()
    expect(await rowOf("EUROPE_WEST")).toHaveTextContent(/vnet-.*Available/)
    expect(await rowOf("All regions")).toHaveTextContent(/Locked.*Clusters/)
    expect(await rowOf("EU_WEST_1")).toHaveTextContent(/Can change.*Unused.*still reserves its CIDR/)
    expect(screen.getByText("1 unused")).toBeVisible()
    expect(document.querySelector('[class*="pill"]')).toBeNull()
  })

  test("leads from a container to the list of its connections, with a count per state", async () => {
    const [first, second, third] = ["a", "b", "c"].map((end) => `1112222b3bf99403840e893${end}`)
    serveContainers(containers, {
      peerings: [
        makePeering("AWS", { peer: { id: first } }),
        makePeering("AWS", { peer: { id: second }, status: "AVAILABLE" }),
        makePeering("AWS", { peer: { id: third }, status: "AVAILABLE" }),
      ],
    })
    openContainers()
    const virginia = await rowOf("US_EAST_1")
    const link = await within(virginia).findByRole("link", { name: "3 connections" })
    expect(link).toHaveAttribute("href", `/projects/${projectId}/connections?q=${containers[0]?.id}`)
    expect(virginia).toHaveTextContent("3 connections2 available1 action required")
  })

  test("draws where its containers are", async () => {
    serveContainers([...containers, orphan], { peerings })
    openContainers()
    const strip = await screen.findByRole("list", { name: "Containers by address" })
    const pieces = within(strip)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent)
    expect(pieces).toContain("EU_WEST_110.99.0.0/21")
    expect(pieces.at(-1)).toBe("US_EAST_1192.168.248.0/21")
  })

  test("shows sixty containers", async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...orphan,
      id: `64b1f0a27c3d5e4f8a9b0c${String(index).padStart(2, "0")}`,
      regionName: `REGION_${index}`,
    }))
    serveContainers(many)
    openContainers()
    await rowOf("REGION_59")
    expect(screen.getAllByRole("button", { name: /^Delete…/ })).toHaveLength(60)
  })

  test("explains an empty list", async () => {
    serveContainers([])
    openContainers()
    expect(
      await screen.findByText("Created together with the first Azure connection or cluster."),
    ).toBeVisible()
  })

  test("shows that it is loading", async () => {
    serveContainers([])
    mockBff.use(silent(apiUrls.containers(projectId)))
    openContainers()
    expect(await screen.findByRole("table", { name: "Containers" })).toHaveAttribute("aria-busy", "true")
  })

  test("offers a retry when it can't be read", async () => {
    const bff = serveContainers([])
    mockBff.use(refuse(apiUrls.containers(projectId), "atlas_keys_refused"))
    const user = openContainers()
    const again = await button("Try again")
    serveContainers([orphan])
    await user.click(again)
    await rowOf("EU_WEST_1")
    expect(bff.changes).toEqual([])
  })

  test("marks a container as unused only when the peerings of its cloud are known", async () => {
    serveContainers([orphan])
    const atlas = { status: 402, errorCode: "ACCOUNT_SUSPENDED", detail: "An unpaid invoice." }
    const watch = makeWatch("AWS", { checkedAt: null, problem: "atlas_refused", atlas })
    mockBff.use(answer(apiUrls.peerings(projectId), makeList([], [watch])))
    openContainers()
    expect(await rowOf("EU_WEST_1")).toHaveTextContent("Not checked")
    expect(screen.queryByText("Unused")).toBeNull()
    expect(
      await screen.findByText(/Connections on AWS not checked: The Atlas account is suspended/),
    ).toBeVisible()
  })
})

describe("the delete button of a container", () => {
  test("requires a reason and deletes once", async () => {
    const bff = serveContainers([...containers, orphan], { peerings })
    const user = openContainers()
    await user.click(await button(/^Delete… 10.99.0.0\/21 in EU_WEST_1/))
    const reason = screen.getByLabelText("Reason")
    expect(reason).toHaveFocus()
    await user.click(screen.getByRole("button", { name: "Delete container" }))
    expect(reason).toHaveAccessibleDescription(/Enter a reason/)
    expect(bff.changes).toEqual([])
    fill({ Reason: "NET-9: not used" })
    await user.dblClick(screen.getByRole("button", { name: "Delete container" }))
    const summary = await screen.findByText("Container 10.99.0.0/21 in EU_WEST_1 deleted")
    await waitFor(() => expect(summary).toHaveFocus())
    expect(screen.queryByText("EU_WEST_1")).toBeNull()
    expect(bff.changes).toEqual([{ id: orphan.id, providerName: "AWS", reason: "NET-9: not used" }])
  })

  test.each([
    ["US_EAST_1", "Delete its connection first"],
    ["All regions", "Delete its clusters first"],
  ])("is disabled while the container is in use: %s", async (place, why) => {
    const bff = serveContainers(containers, { peerings })
    const user = openContainers()
    const held = within(await rowOf(place)).getByRole("button", { name: /^Delete/ })
    await waitFor(() => expect(held).toHaveAccessibleDescription(new RegExp(why)))
    expect(held).toHaveAttribute("aria-disabled", "true")
    await user.click(held)
    expect(screen.queryByLabelText("Reason")).toBeNull()
    expect(bff.changes).toEqual([])
  })

  test("explains Atlas's refusal with the project's data", async () => {
    const bff = serveContainers([orphan])
    const user = openContainers()
    await user.click(await button(/^Delete…/))
    bff.next = toProblem("atlas_refused", 422, {
      atlas: { status: 409, errorCode: "CONTAINERS_IN_USE", detail: "Cannot modify in use containers." },
    })
    fill({ Reason: "not used" })
    await user.click(screen.getByRole("button", { name: "Delete container" }))
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("The container is in use.")
    await waitFor(() =>
      expect(alert).toHaveTextContent(`${orphan.atlasCidrBlock} in payments-prod has 0 connections`),
    )
    expect(alert).toHaveTextContent("Delete its connections and clusters first")
  })

  test("shows Atlas's code and when to try again, and can be cancelled", async () => {
    const bff = serveContainers([orphan])
    const user = openContainers()
    const opener = await button(/^Delete…/)
    await user.click(opener)
    bff.next = toProblem("atlas_refused", 422, {
      detail: "Try again in 10 seconds.",
      retryAfterSeconds: 10,
      atlas: { status: 409, errorCode: "CANNOT_DELETE_RECENTLY_CREATED_CONTAINER", detail: null },
    })
    fill({ Reason: "not used" })
    await user.click(screen.getByRole("button", { name: "Delete container" }))
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("CANNOT_DELETE_RECENTLY_CREATED_CONTAINER")
    expect(alert.textContent.match(/Try again/g)).toHaveLength(1)
    expect(alert).toHaveTextContent("Try again in 10 s")
    await user.click(screen.getByRole("button", { name: "Cancel" }))
    expect(opener).toHaveFocus()
    expect(await rowOf("EU_WEST_1")).toBeVisible()
  })
})

test("a viewer sees the containers, no buttons, and whom to ask", async () => {
  serveContainers([orphan])
  openContainers(makeSession(inOneProject("viewer")))
  await rowOf("EU_WEST_1")
  expect(await screen.findByText("You can view this project, not change it")).toBeVisible()
  expect(screen.getByText(/Ask the platform team/)).toBeVisible()
  expect(screen.queryByRole("button", { name: /New container|Delete/ })).toBeNull()
})
