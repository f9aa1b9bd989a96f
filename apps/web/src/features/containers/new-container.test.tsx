import { apiUrls, Container } from "@peering-desk/shared-schemas"
import { screen, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { field, fill } from "#mock-bff/fields.ts"
import { answer, mockBff } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { containers, makePeering, projectId, projects } from "#mock-bff/samples.ts"
import { button, openContainers, serveContainers, toProblem } from "./testing-containers.tsx"

useMockBff()

async function openForm(cloud: RegExp, user: ReturnType<typeof openContainers>) {
  await user.click(await button("New container"))
  await waitFor(() => expect(screen.getByRole("radio", { name: /AWS/ })).toHaveFocus())
  await waitFor(() => expect(field("Atlas CIDR").value).not.toBe(""))
  await user.click(screen.getByRole("radio", { name: cloud }))
}

const create = () => screen.getByRole("button", { name: "Create container" })
const right = { "Atlas region": "ireland", "Atlas CIDR": "10.8.0.0/21", Reason: "orders" }

describe("the form of a new container", () => {
  test("says before it is sent that another person has to approve", async () => {
    serveContainers(containers)
    const approvals = [{ providerName: "AWS", action: "container", needs: "requester" }]
    mockBff.use(answer(apiUrls.projects(), { projects: projects.map((one) => ({ ...one, approvals })) }))
    const user = openContainers()
    await openForm(/AWS/, user)
    expect(await screen.findByText(/^Needs approval by another requester or administrator/)).toBeVisible()
    expect(screen.getByRole("button", { name: "Ask for approval" })).toBeVisible()
  })

  test.each([
    ["eu-west-1", "EU_WEST_1"],
    ["Ireland", "EU_WEST_1"],
    ["EU_WEST_1", "EU_WEST_1"],
  ])("understands the AWS region %s", async (typed, regionName) => {
    const bff = serveContainers(containers)
    const user = openContainers()
    await openForm(/AWS/, user)
    fill({ ...right, "Atlas region": typed })
    expect(field("Atlas region")).toHaveValue(regionName)
    expect(field("Atlas region")).toHaveAccessibleDescription(/Ireland · EU_WEST_1 in Atlas/)
    await user.click(create())
    const title = await screen.findByText("Container 10.8.0.0/21 in EU_WEST_1 created")
    await waitFor(() => expect(title.closest("[tabindex]")).toHaveFocus())
    expect(bff.changes).toEqual([
      { container: { providerName: "AWS", atlasCidrBlock: "10.8.0.0/21", regionName }, reason: "orders" },
    ])
    expect(screen.queryByLabelText("Reason")).toBeNull()
    expect(await screen.findByRole("rowheader", { name: /Ireland/ })).toBeVisible()
  })

  test("keeps a typed CIDR and reason when another cloud is chosen, and suggests a CIDR otherwise", async () => {
    serveContainers([])
    const user = openContainers()
    await openForm(/Azure/, user)
    await waitFor(() => expect(field("Atlas CIDR")).toHaveAccessibleDescription(/^Suggested/))
    fill({ Reason: "orders" })
    await user.click(screen.getByRole("radio", { name: /Google Cloud/ }))
    await waitFor(() => expect(field("Atlas CIDR").value).toMatch(/\/18$/))
    fill({ "Atlas CIDR": "10.128.0.0/18" })
    await user.click(screen.getByRole("radio", { name: /AWS/ }))
    expect(field("Atlas CIDR")).toHaveValue("10.128.0.0/18")
    expect(field("Reason")).toHaveValue("orders")
  })

  test("understands Azure's names of regions", async () => {
    const bff = serveContainers([])
    const user = openContainers()
    await openForm(/Azure/, user)
    fill({ ...right, "Atlas region": "eastus2" })
    await user.click(create())
    await screen.findByText(/^Container .* created$/)
    expect(bff.changes).toMatchObject([{ container: { providerName: "AZURE", region: "US_EAST_2" } }])
  })

  test("offers every region of Google Cloud, or as many as fit the CIDR", async () => {
    const bff = serveContainers([])
    const user = openContainers()
    await openForm(/Google Cloud/, user)
    fill({ "Atlas CIDR": "10.64.0.0/23", Reason: "orders" })
    await user.click(create())
    const block = field("Atlas CIDR")
    await waitFor(() => expect(block).toHaveAccessibleDescription(/\/18 or larger/))
    expect(block).toBeInvalid()
    await user.click(screen.getByRole("radio", { name: /Chosen regions/ }))
    expect(screen.getByText(/Regions and CIDR can't be changed later/)).toBeVisible()
    await user.click(create())
    await waitFor(() => expect(screen.getByText("Choose at least one region")).toBeVisible())
    for (const name of [/us-central1/, /europe-west1 /, /us-east4/])
      await user.click(screen.getByRole("checkbox", { name }))
    expect(screen.getByText("3 chosen · the CIDR fits 2")).toBeVisible()
    await user.click(create())
    await waitFor(() => expect(block).toHaveAccessibleDescription(/wrong size for 3 regions\. Use \/21/))
    await user.click(screen.getByRole("checkbox", { name: /us-east4/ }))
    await user.click(create())
    await screen.findByText(/^Container .* created$/)
    expect(bff.changes).toMatchObject([
      { container: { atlasCidrBlock: "10.64.0.0/23", regions: ["CENTRAL_US", "WESTERN_EUROPE"] } },
    ])
  })

  test.each([
    ["Atlas region", "us-east-1", /already has container 192\.168\.248\.0\/21 in US_EAST_1/],
    ["Atlas region", "mars-1", /Atlas isn't available in AWS region mars-1/],
    ["Atlas CIDR", "10.8.0.0/16", /Containers on AWS are \/21 to \/24/],
    ["Atlas CIDR", "10.8.0.1/21", /Use 10\.8\.0\.0\/21/],
    ["Atlas CIDR", "8.8.0.0/21", /must be private/],
    ["Atlas CIDR", "192.168.252.0/22", /overlaps container 192\.168\.248\.0\/21/],
    ["Reason", " ", /Enter a reason/],
  ])("does not send what Atlas would refuse: %s %s", async (label, value, says) => {
    const bff = serveContainers(containers)
    const user = openContainers()
    await openForm(/AWS/, user)
    fill({ ...right, [label]: value })
    await user.click(create())
    await waitFor(() => expect(field(label)).toHaveAccessibleDescription(says))
    expect(field(label)).toHaveFocus()
    expect(bff.changes).toEqual([])
  })

  test("does not offer a second container on Google Cloud", async () => {
    serveContainers(containers)
    const user = openContainers()
    await openForm(/AWS/, user)
    expect(screen.queryByRole("radio", { name: /Google Cloud/ })).toBeNull()
    expect(screen.getByText("Google Cloud allows one container per project: 10.8.0.0/18.")).toBeVisible()
  })

  test("is prefilled with a free CIDR in the usual size, until the person types one", async () => {
    const taken = { ...containers[0], id: "64b1f0a27c3d5e4f8a9b0c99", atlasCidrBlock: "10.0.0.0/21" }
    serveContainers([Container.parse(taken)])
    const user = openContainers()
    await openForm(/AWS/, user)
    expect(field("Atlas CIDR")).toHaveValue("10.0.8.0/21")
    expect(field("Atlas CIDR")).toHaveAccessibleDescription(/Suggested: free in the projects you can see/)
    await user.click(screen.getByRole("radio", { name: /Google Cloud/ }))
    await waitFor(() => expect(field("Atlas CIDR")).toHaveValue("10.0.64.0/18"))
    fill({ "Atlas CIDR": "10.64.0.0/23" })
    await user.click(screen.getByRole("radio", { name: /Chosen regions/ }))
    expect(field("Atlas CIDR")).toHaveValue("10.64.0.0/23")
  })

  test("names the CIDR of the field in the error of a region that has a container", async () => {
    serveContainers(containers)
    const user = openContainers()
    await openForm(/AWS/, user)
    fill({ "Atlas region": "US_EAST_1" })
    const region = field("Atlas region")
    await waitFor(() => expect(region).toHaveAccessibleDescription(/so 10\.0\.0\.0\/21 can't be used/))
    fill({ "Atlas CIDR": "10.60.0.0/21" })
    await waitFor(() => expect(region).toHaveAccessibleDescription(/so 10\.60\.0\.0\/21 can't be used/))
  })

  test("calls a missing CIDR as its label does", async () => {
    serveContainers(containers)
    const user = openContainers()
    await openForm(/AWS/, user)
    fill({ "Atlas CIDR": "" })
    await user.click(create())
    await waitFor(() => expect(field("Atlas CIDR")).toHaveAccessibleDescription(/Enter the Atlas CIDR$/))
  })

  test("shows a remark on an overlap with other addresses, and allows it", async () => {
    serveContainers(containers, { peerings: [makePeering("AWS")] })
    const user = openContainers()
    await openForm(/AWS/, user)
    fill({ ...right, "Atlas CIDR": "10.20.0.0/21" })
    await waitFor(() =>
      expect(field("Atlas CIDR")).toHaveAccessibleDescription(
        /10\.20\.0\.0\/21 overlaps 10\.20\.0\.0\/16 of vpc-0a1b2c3d4e5f60718/,
      ),
    )
    await user.click(create())
    await screen.findByText(/^Container .* created$/)
  })

  test("shows requested beside created when Atlas created another container", async () => {
    const bff = serveContainers([])
    const user = openContainers()
    await openForm(/AWS/, user)
    fill(right)
    bff.makes = Container.parse({ ...containers[0], regionName: "EU_WEST_1" })
    await user.click(create())
    await waitFor(() => expect(screen.getByText("Atlas created a different container")).toBeVisible())
    expect(screen.getByRole("row", { name: /CIDR 10.8.0.0\/21 192.168.248.0\/21/ })).toBeVisible()
    expect(screen.queryByRole("rowheader", { name: "Region" })).toBeNull()
  })

  test("shows the server's error at its field until the field changes", async () => {
    const bff = serveContainers([])
    const user = openContainers()
    await openForm(/AWS/, user)
    fill(right)
    bff.next = toProblem("atlas_refused", 422, {
      fields: { regionName: "The region is closed" },
      atlas: { status: 409, errorCode: "REGION_UNAVAILABLE", detail: null },
    })
    await user.click(create())
    await waitFor(() => expect(field("Atlas region")).toHaveFocus())
    expect(field("Atlas region")).toHaveAccessibleDescription(/The region is closed/)
    expect(await screen.findByRole("alert")).toHaveTextContent("REGION_UNAVAILABLE")
    await user.tab()
    expect(field("Atlas region")).toHaveAccessibleDescription(/The region is closed/)
  })

  test("is not sent again automatically when the answer was lost", async () => {
    const bff = serveContainers([])
    const user = openContainers()
    await openForm(/AWS/, user)
    fill(right)
    bff.next = toProblem("outcome_unknown", 504)
    await user.click(create())
    await waitFor(() => expect(screen.getByText("No answer from Atlas")).toBeVisible())
    expect(bff.changes).toHaveLength(1)
  })

  test("says that the server can't be reached, not that a request was sent to Atlas", async () => {
    serveContainers([])
    mockBff.use(http.post(apiUrls.containers(projectId), () => HttpResponse.error()))
    const user = openContainers()
    await openForm(/AWS/, user)
    fill(right)
    await user.click(create())
    expect(await screen.findByRole("alert")).toHaveTextContent("Can't reach the server")
    expect(screen.queryByText(/No answer from Atlas/)).toBeNull()
  })

  test("is sent once on a double click", async () => {
    const bff = serveContainers([])
    const user = openContainers()
    await openForm(/AWS/, user)
    fill(right)
    await user.dblClick(create())
    await screen.findByText(/^Container .* created$/)
    expect(bff.changes).toHaveLength(1)
  })

  test("returns the focus to its button on Cancel", async () => {
    serveContainers([])
    const user = openContainers()
    await openForm(/Azure/, user)
    await user.click(screen.getByRole("button", { name: "Cancel" }))
    expect(await button("New container")).toHaveFocus()
  })
})
