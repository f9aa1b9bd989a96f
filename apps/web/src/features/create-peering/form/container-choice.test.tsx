import type { Container } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { beforeEach, describe, expect, test } from "vitest"
import { field, fill } from "#mock-bff/fields.ts"
import {
  answerContainers,
  answerCreates,
  createButton,
  creates,
  oneOfEach,
  openFilledPage,
  openPage,
  panel,
  problem,
  rightAws,
  useCreatePageBff,
} from "#features/create-peering/testing-page.tsx"

useCreatePageBff()

const ireland: Container = {
  providerName: "AWS",
  id: "6746ceedaef48d1cb265896b",
  atlasCidrBlock: "10.32.0.0/21",
  provisioned: false,
  regionName: "EU_WEST_1",
}

beforeEach(() => answerContainers(oneOfEach))

describe("the choice of a container", () => {
  test("preselects the project's only container on every cloud, and says why", async () => {
    const user = await openPage()
    for (const [cloud, name] of [
      ["AWS", /US_EAST_1.*Suggested.*only container/],
      ["Google Cloud", /All regions.*Suggested/],
      ["Azure", /US_EAST_2.*Suggested/],
    ] as const) {
      await user.click(screen.getByRole("tab", { name: cloud }))
      expect(await screen.findByRole("radio", { name })).toBeChecked()
    }
    expect(screen.getByRole("radiogroup", { name: "Atlas side" })).toHaveAccessibleDescription(/region only/)
  })

  test("suggests the one in the VPC's region of several, and leaves the person's own choice alone [C6]", async () => {
    answerContainers([...oneOfEach, ireland])
    const user = await openPage()
    await screen.findByRole("radio", { name: /US_EAST_1/ })
    expect(screen.queryByRole("radio", { checked: true })).toBeNull()
    fill({ Region: "eu-west-1" })
    await waitFor(() =>
      expect(
        screen.getByRole("radio", { name: /EU_WEST_1.*Suggested.*Same region as your VPC/ }),
      ).toBeChecked(),
    )
    await user.click(screen.getByRole("button", { name: "1 other container, or a new one" }))
    await user.click(screen.getByRole("radio", { name: /US_EAST_1/ }))
    fill({ "VPC CIDR": "10.20.0.0/16" })
    expect(screen.getByRole("radio", { name: /US_EAST_1/ })).toBeChecked()
    expect(field("Region")).toHaveValue("eu-west-1")
  })

  test("leaves the CIDR out of the plan until one of several is chosen", async () => {
    answerContainers([...oneOfEach, ireland])
    const user = await openPage()
    const virginia = await screen.findByRole("radio", { name: /US_EAST_1/ })
    expect(panel().queryByText("unknown")).toBeNull()
    await user.click(virginia)
    expect(panel().getByText("10.8.0.0/21")).toBeVisible()
  })

  test("requires one of several; the region follows it until the person writes another", async () => {
    answerContainers([...oneOfEach, ireland])
    const user = await openPage()
    const virginia = await screen.findByRole("radio", { name: /N. Virginia/ })
    await user.click(createButton())
    const choice = within(screen.getByRole("radiogroup"))
    expect(await choice.findByText("Choose a container")).toBeVisible()
    await user.click(virginia)
    expect(choice.queryByText("Choose a container")).toBeNull()
    expect(field("Region")).toHaveValue("us-east-1")
    await user.click(screen.getByRole("radio", { name: /Ireland/ }))
    expect(field("Region")).toHaveValue("eu-west-1")
  })

  test("drops a container that was deleted since the draft", async () => {
    await openPage()
    await screen.findByRole("radio", { checked: true })
    const oregon: Container = {
      ...ireland,
      id: "6746ceedaef48d1cb265896c",
      atlasCidrBlock: "10.40.0.0/21",
      regionName: "US_WEST_2",
    }
    answerContainers([ireland, oregon])
    await openPage()
    expect(await screen.findAllByRole("radio", { checked: false })).toHaveLength(3)
    expect(screen.queryByRole("radio", { checked: true })).toBeNull()
  })

  test("suggests a new container where the project has none, and refreshes", async () => {
    answerContainers([])
    const user = await openPage()
    expect(await screen.findByText(/This project has no AWS container yet/)).toBeVisible()
    expect(screen.getByRole("radio", { name: /New container.*Suggested/ })).toBeChecked()
    answerContainers(oneOfEach)
    await user.click(screen.getByRole("button", { name: "Refresh" }))
    expect(await screen.findByRole("radio", { name: /N. Virginia/ })).toBeVisible()
  })

  test("offers a retry when the containers can't be read; the form keeps its content", async () => {
    answerContainers(problem("atlas_keys_refused", 502))
    const user = await openPage()
    fill(rightAws)
    const again = await screen.findByRole("button", { name: "Refresh the containers" })
    expect(screen.getByRole("tabpanel")).toHaveTextContent("req-7")
    answerContainers(oneOfEach)
    await user.click(again)
    expect(await screen.findByRole("radio", { name: /N. Virginia/ })).toBeChecked()
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
  })

  test("offers no second container on Google Cloud", async () => {
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "Google Cloud" }))
    expect(await screen.findAllByRole("radio")).toHaveLength(1)
  })
})

describe("a new container in the create form", () => {
  async function openWithNewContainer(values: Record<string, string> = {}) {
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /New container/ }))
    fill(values)
    return user
  }

  test("comes with the VPC's region and a free CIDR, which can be changed", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    fill({ Region: "eu-west-1" })
    expect(await screen.findByRole("radio", { name: /New container.*Suggested/ })).toBeChecked()
    expect(within(screen.getByRole("tabpanel")).getByText("EU_WEST_1")).toBeVisible()
    expect(screen.getByText(/Next free \/21/)).toBeVisible()
    expect(createButton()).toHaveTextContent("Create container and connection")
    await user.click(screen.getByRole("button", { name: "Change Atlas CIDR" }))
    expect(field("Atlas CIDR")).toHaveFocus()
    fill({ "Atlas CIDR": "10.60.0.0/21" })
    fill({ "VPC CIDR": "10.21.0.0/16" })
    expect(field("Atlas CIDR")).toHaveValue("10.60.0.0/21")
    expect(await panel().findByText(/^No problems found|, \d not checked$/)).toBeVisible()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]).toMatchObject({
      request: { containerId: "new", accepterRegionName: "eu-west-1" },
      newContainer: { atlasCidrBlock: "10.60.0.0/21", regionName: "EU_WEST_1" },
    })
  })

  test("takes a CIDR from a chat as it is meant, with an undo", async () => {
    const user = await openWithNewContainer()
    await user.click(screen.getByRole("button", { name: "Change Atlas CIDR" }))
    fill({ "Atlas CIDR": "“10.60.0.0/21\u200b”." })
    await waitFor(() => expect(field("Atlas CIDR")).toHaveValue("10.60.0.0/21"))
    await user.click(screen.getByRole("button", { name: /^Undo: / }))
    expect(field("Atlas CIDR")).toHaveValue("“10.60.0.0/21\u200b”.")
    await waitFor(() => expect(field("Atlas CIDR")).toBeInvalid())
  })

  test("survives a reload and goes out with the peering, its region by Atlas's name", async () => {
    answerCreates("created")
    const before = await openWithNewContainer({ "Atlas region": "Frankfurt" })
    await before.click(screen.getByRole("button", { name: "Change Atlas CIDR" }))
    fill({ "Atlas CIDR": "10.60.0.0/21" })
    const user = await openPage()
    expect(await screen.findByLabelText("Atlas CIDR")).toHaveValue("10.60.0.0/21")
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]).toMatchObject({
      request: { containerId: "new" },
      newContainer: { providerName: "AWS", atlasCidrBlock: "10.60.0.0/21", regionName: "EU_CENTRAL_1" },
    })
  })

  test("is replaced by the region's container with one click [C8] [C17]", async () => {
    const user = await openWithNewContainer({ "Atlas region": "US_EAST_1" })
    expect(await panel().findByText("CONTAINER_ALREADY_EXISTS")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Use this container" }))
    expect(screen.getByRole("radio", { name: /N. Virginia/ })).toBeChecked()
    expect(screen.queryByLabelText("Atlas region")).toBeNull()
  })

  test("reports errors at its own fields, and nothing goes out", async () => {
    answerCreates("created")
    const user = await openWithNewContainer()
    await user.click(screen.getByRole("button", { name: "Change Atlas CIDR" }))
    fill({ "Atlas CIDR": "10.60.0.0/99" })
    await user.click(createButton())
    await waitFor(() => expect(field("Atlas region")).toHaveFocus())
    expect(field("Atlas CIDR")).toBeInvalid()
    expect(creates).toHaveLength(0)
  })

  test("serves every region of Google Cloud, or the checked ones [C12] [C13]", async () => {
    answerContainers(oneOfEach.filter(({ providerName }) => providerName !== "GCP"))
    answerCreates("created")
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "Google Cloud" }))
    expect(await screen.findByRole("radio", { name: /New container.*Suggested/ })).toBeChecked()
    expect(await screen.findByText(/Next free \/18/)).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Change Atlas CIDR" }))
    fill({ "Atlas CIDR": "10.64.0.0/23" })
    await user.click(screen.getByText(/^Regions: every region \(the CIDR has room for 2\)/))
    await user.click(await screen.findByRole("checkbox", { name: /WESTERN_EUROPE/ }))
    await user.click(screen.getByRole("checkbox", { name: /EUROPE_WEST_2/ }))
    fill({ "Project ID": "my-project", "VPC network": "default", Reason: "NET" })
    expect(await panel().findByText(/^No problems found|, \d not checked$/)).toBeVisible()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.newContainer).toEqual({
      providerName: "GCP",
      atlasCidrBlock: "10.64.0.0/23",
      regions: ["WESTERN_EUROPE", "EUROPE_WEST_2"],
    })
  })
})
