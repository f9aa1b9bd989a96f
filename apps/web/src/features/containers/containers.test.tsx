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
  (await screen.findByRole("heading", { name: place })).closest("li") as HTMLElement

describe("the list of containers", () => {
  test("shows place, CIDR and use of each container", async () => {
    serveContainers([...containers, orphan], { peerings })
    openContainers()
    const virginia = await rowOf("N. Virginia")
    expect(virginia).toHaveTextContent(/US_EAST_1.*192\.168\.248\.0\/21/)
    expect(virginia).toHaveTextContent("In use by one connection")
    expect(within(virginia).getByRole("link", { name: "vpc-0a1b2c3d4e5f60718" })).toHaveAttribute(
      "href",
      `/projects/${projectId}/connections/1112222b3bf99403840e8934`,
    )
    expect(within(virginia).getByRole("button", { name: /Copy container id 507f/ })).toBeVisible()
    expect(await rowOf("westeurope")).toHaveTextContent("In use by one connection")
    expect(await rowOf("All regions")).toHaveTextContent("In use, by no connection")
    expect(await rowOf("Ireland")).toHaveTextContent("Nothing in it")
    expect(screen.getByText(/4 containers, one with nothing in it/)).toBeVisible()
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
    expect(screen.getAllByRole("button", { name: /^Delete the container/ })).toHaveLength(60)
  })

  test("explains an empty list", async () => {
    serveContainers([])
    openContainers()
    expect(await screen.findByText("No container yet")).toBeVisible()
  })

  test("shows that it is loading", async () => {
    serveContainers([])
    mockBff.use(silent(apiUrls.containers(projectId)))
    openContainers()
    expect(await screen.findByText("Reading the containers")).toBeVisible()
  })

  test("offers a retry when it can't be read", async () => {
    const bff = serveContainers([])
    mockBff.use(refuse(apiUrls.containers(projectId), "atlas_keys_refused"))
    const user = openContainers()
    const again = await button("Try again")
    serveContainers([orphan])
    await user.click(again)
    await rowOf("Ireland")
    expect(bff.changes).toEqual([])
  })

  test("marks a container as unused only when the peerings of its cloud are known", async () => {
    serveContainers([orphan])
    const atlas = { status: 402, errorCode: "ACCOUNT_SUSPENDED", detail: "An unpaid invoice." }
    const watch = makeWatch("AWS", { checkedAt: null, problem: "atlas_refused", atlas })
    mockBff.use(answer(apiUrls.peerings(projectId), makeList([], [watch])))
    openContainers()
    expect(await rowOf("Ireland")).toHaveTextContent("Not set up yet")
    expect(screen.queryByText("Nothing in it")).toBeNull()
    expect(
      await screen.findByText(/What lives in the containers on AWS is not known: Atlas has suspended/),
    ).toBeVisible()
  })
})

describe("the delete button of a container", () => {
  test("requires a reason and deletes once", async () => {
    const bff = serveContainers([...containers, orphan], { peerings })
    const user = openContainers()
    await user.click(await button(/^Delete the container 10.99.0.0\/21 in EU_WEST_1/))
    const reason = screen.getByLabelText("Reason")
    expect(reason).toHaveFocus()
    await user.click(screen.getByRole("button", { name: "Delete it" }))
    expect(reason).toHaveAccessibleDescription(/Enter a reason/)
    expect(bff.changes).toEqual([])
    fill({ Reason: "NET-9: not used" })
    await user.dblClick(screen.getByRole("button", { name: "Delete it" }))
    const summary = await screen.findByText(/The container 10.99.0.0\/21 in EU_WEST_1 is gone/)
    await waitFor(() => expect(summary).toHaveFocus())
    expect(screen.queryByText("Ireland")).toBeNull()
    expect(bff.changes).toEqual([{ id: orphan.id, providerName: "AWS", reason: "NET-9: not used" }])
  })

  test.each([
    ["N. Virginia", "Its connection has to go first"],
    ["All regions", "A cluster lives in it"],
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
    await user.click(await button(/^Delete the container/))
    bff.next = toProblem("atlas_refused", 422, {
      atlas: { status: 409, errorCode: "CONTAINERS_IN_USE", detail: "Cannot modify in use containers." },
    })
    fill({ Reason: "not used" })
    await user.click(screen.getByRole("button", { name: "Delete it" }))
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("The container is in use.")
    await waitFor(() =>
      expect(alert).toHaveTextContent(`${orphan.atlasCidrBlock} in payments-prod holds 0 connections`),
    )
    expect(alert).toHaveTextContent("Delete its connections and clusters first")
  })

  test("shows Atlas's code and when to try again, and can be cancelled", async () => {
    const bff = serveContainers([orphan])
    const user = openContainers()
    const opener = await button(/^Delete the container/)
    await user.click(opener)
    bff.next = toProblem("atlas_refused", 422, {
      detail: "Try again in 10 seconds.",
      retryAfterSeconds: 10,
      atlas: { status: 409, errorCode: "CANNOT_DELETE_RECENTLY_CREATED_CONTAINER", detail: null },
    })
    fill({ Reason: "not used" })
    await user.click(screen.getByRole("button", { name: "Delete it" }))
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("CANNOT_DELETE_RECENTLY_CREATED_CONTAINER")
    expect(alert).toHaveTextContent("Try again in 10 s")
    await user.click(screen.getByRole("button", { name: "Cancel" }))
    expect(opener).toHaveFocus()
    expect(await rowOf("Ireland")).toBeVisible()
  })
})

describe("peering-only mode", () => {
  test("is described as unnecessary while it is off", async () => {
    serveContainers([])
    openContainers()
    expect(await screen.findByText(/since 2020 Atlas gives every cluster a private address/)).toBeVisible()
  })

  test("is switched off by an administrator, with a reason", async () => {
    const bff = serveContainers([], { isOn: true })
    const user = openContainers()
    await user.click(await button("Switch it off"))
    fill({ Reason: "nothing needs it" })
    await user.click(screen.getByRole("button", { name: "Switch off" }))
    expect(await button("Switch it on")).toHaveFocus()
    expect(screen.getByText("Peering-only mode: off")).toBeInTheDocument()
    expect(bff.changes).toEqual([{ enabled: false, reason: "nothing needs it" }])
  })

  test("explains why Atlas refuses to switch it off", async () => {
    const bff = serveContainers([], { isOn: true })
    const user = openContainers()
    await user.click(await button("Switch it off"))
    bff.next = toProblem("atlas_refused", 422, {
      detail: "Atlas switches the mode only while a project has no dedicated cluster.",
      atlas: { status: 400, errorCode: "CANNOT_UPDATE_PRIVATE_IP_MODE", detail: null },
    })
    fill({ Reason: "nothing needs it" })
    await user.click(screen.getByRole("button", { name: "Switch off" }))
    expect(await screen.findByRole("alert")).toHaveTextContent("no dedicated cluster")
  })

  test.each([
    [inOneProject("requester"), "requester"],
    [inOneProject("viewer"), "viewer"],
  ])("is not offered to other roles, which read whom to ask: %#", async (access) => {
    serveContainers([], { isOn: true })
    openContainers(makeSession(access))
    expect(await screen.findByText(/can switch it off: ask the platform team/)).toBeVisible()
    expect(screen.queryByRole("button", { name: /Switch it/ })).toBeNull()
  })

  test("can't be switched on over the newer API", async () => {
    serveContainers([])
    mockBff.use(
      answer(apiUrls.installation(), {
        atlasHost: "cloud.mongodb.com",
        atlasApiVersion: "2023-01-01",
        realAtlas: true,
        peersPerProject: 50,
      }),
    )
    openContainers()
    expect(await screen.findByText(/switched off and not on any more/)).toBeVisible()
  })

  test("hides nothing else when it can't be read", async () => {
    serveContainers([orphan])
    mockBff.use(refuse(apiUrls.privateIpMode(projectId), "atlas_failed"))
    openContainers()
    await rowOf("Ireland")
    expect(await button("Try again")).toBeVisible()
  })
})

test("a viewer sees the containers page and changes nothing", async () => {
  const bff = serveContainers([orphan])
  const user = openContainers(makeSession(inOneProject("viewer")))
  await rowOf("Ireland")
  for (const name of ["New container", /^Delete the container/]) {
    const held = await button(name)
    await waitFor(() => expect(held).toHaveAttribute("aria-disabled", "true"))
    expect(held).toHaveAccessibleDescription(/You may look at this project.*Ask the platform team/)
    await user.click(held)
  }
  expect(screen.queryByLabelText("Reason")).toBeNull()
  expect(bff.changes).toEqual([])
})
