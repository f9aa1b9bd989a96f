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
} from "#features/create-peering/testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))

describe("a field of the create form", () => {
  test("reports an error once it is left, clears it once it is right, and trims its text [C9]", async () => {
    const user = await openPage()
    await user.click(field("VPC ID"))
    await user.tab()
    expect(field("VPC ID")).toBeValid()
    const account = field("AWS account ID")
    await user.click(account)
    await user.paste("12345678901")
    expect(account).toBeValid()
    await user.tab()
    await waitFor(() => expect(account).toBeInvalid())
    expect(account).toHaveAccessibleDescription(/An AWS account ID has 12 digits; this has 11/)
    await user.type(account, "2")
    await waitFor(() => expect(account).toBeValid())

    await user.click(field("VPC ID"))
    await user.paste("  vpc-0a1b2c3d ")
    await user.tab()
    expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d")
    expect(field("VPC ID")).toBeValid()
  })

  test("reports what is missing on submit; the first one takes the focus and nothing goes out", async () => {
    answerCreates("created")
    const user = await openPage()
    fill({ "AWS account ID": "123456789012" })
    await user.click(createButton())
    await waitFor(() => expect(field("VPC ID")).toHaveFocus())
    expect(field("VPC ID")).toHaveAccessibleDescription(/Enter the VPC ID/)
    expect(field("VPC CIDR")).toBeInvalid()
    expect(screen.getByText("3 things to put right")).toBeVisible()
    expect(creates).toHaveLength(0)
  })

  test("shows a remark on a CIDR that overlaps the chosen container", async () => {
    await openPage()
    await screen.findAllByRole("radio", { checked: true })
    fill({ "VPC CIDR": "10.8.4.0/24" })
    await waitFor(() => expect(field("VPC CIDR")).toHaveAccessibleDescription(/10.8.4.0\/24 overlaps/))
  })

  test("shows a remark on a name that looks like another cloud's id, and allows it", async () => {
    answerCreates("created")
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    fill({
      "Google Cloud project ID": "my-project",
      "VPC network name": "vpc-0a1b2c3d4e5f60718",
      Reason: "because",
    })
    expect(screen.getByText(/This looks like an AWS VPC id/)).toBeVisible()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
  })
})

describe("the reason for a peering", () => {
  test("is required: nothing goes out without it", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    fill({ Reason: "  " })
    await user.click(createButton())
    await waitFor(() => expect(field("Reason")).toHaveFocus())
    expect(field("Reason")).toHaveAccessibleDescription(/Say why, for the audit trail/)
    expect(screen.getByRole("tabpanel")).toHaveTextContent("One thing to put right")
    expect(creates).toHaveLength(0)
    fill({ Reason: "NET-42" })
    await user.click(createButton())
    await waitFor(() => expect(creates.map(({ reason }) => reason)).toEqual(["NET-42"]))
  })

  test("is shared by the tabs and survives a reload; Start over clears it and can be undone", async () => {
    const user = await openPage()
    fill({ Reason: "NET-42", "VPC ID": rightAws["VPC ID"] })
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    expect(field("Reason")).toHaveValue("NET-42")
    fill({ Reason: "NET-43" })
    await user.click(screen.getByRole("tab", { name: "AWS" }))
    expect(field("Reason")).toHaveValue("NET-43")

    const later = await openPage()
    expect(field("Reason")).toHaveValue("NET-43")
    await later.click(screen.getByRole("button", { name: "Start over" }))
    expect(field("Reason")).toHaveValue("")
    expect(field("VPC ID")).toHaveValue("")
    await later.click(screen.getByRole("button", { name: "Bring back what was there" }))
    expect(field("Reason")).toHaveValue("NET-43")
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
  })
})

describe("the choice of a container", () => {
  test("selects an only container by itself and copies its region", async () => {
    await openPage()
    expect(await screen.findByRole("radio", { name: /N. Virginia US_EAST_1/ })).toBeChecked()
    expect(screen.getByRole("radiogroup", { name: "Atlas side" })).toHaveAccessibleDescription(/one region/)
    await waitFor(() => expect(field("VPC region")).toHaveValue("us-east-1"))
  })

  test("asks for one of several; the region follows it until the person writes another [C6]", async () => {
    answerContainers([
      ...oneOfEach,
      { providerName: "AWS", id: "6746ceedaef48d1cb265896b", regionName: "EU_WEST_1" },
    ])
    const user = await openPage()
    const [virginia, ireland] = [
      await screen.findByRole("radio", { name: /N. Virginia/ }),
      screen.getByRole("radio", { name: /Ireland/ }),
    ]
    expect(virginia).not.toBeChecked()
    await user.click(createButton())
    const choice = within(screen.getByRole("radiogroup"))
    expect(await choice.findByText("Choose the Atlas container")).toBeVisible()
    await user.click(virginia)
    expect(choice.queryByText("Choose the Atlas container")).toBeNull()
    expect(field("VPC region")).toHaveValue("us-east-1")
    await user.click(ireland)
    expect(field("VPC region")).toHaveValue("eu-west-1")
    fill({ "VPC region": "ap-south-1" })
    await user.click(virginia)
    expect(field("VPC region")).toHaveValue("ap-south-1")
  })

  test("drops a container that was deleted since the draft", async () => {
    await openPage()
    await screen.findByRole("radio", { checked: true })
    const others = ["6746ceedaef48d1cb265896b", "6746ceedaef48d1cb265896c"]
    answerContainers(others.map((id) => ({ ...oneOfEach[0]!, id })))
    await openPage()
    expect(await screen.findAllByRole("radio", { checked: false })).toHaveLength(3)
    expect(screen.queryByRole("radio", { checked: true })).toBeNull()
  })

  test("explains what creates a container when there is none, and takes the focus as the only wrong field", async () => {
    answerContainers([])
    const user = await openPage()
    expect(await screen.findByText(/There is no container for AWS in this project yet/)).toBeVisible()
    fill({ ...rightAws, "VPC region": "us-east-1" })
    await user.click(createButton())
    await waitFor(() => expect(screen.getByRole("radio", { name: /A new container/ })).toHaveFocus())
    answerContainers(oneOfEach)
    await user.click(screen.getByRole("button", { name: "Look again" }))
    expect(await screen.findByRole("radio", { name: /N. Virginia/ })).toBeChecked()
    expect(screen.getByRole("radiogroup")).toHaveAttribute("aria-invalid", "false")
  })

  test("offers a retry when the containers can't be read; the form keeps its content", async () => {
    answerContainers(problem("atlas_keys_refused", 502))
    const user = await openPage()
    fill(rightAws)
    const again = await screen.findByRole("button", { name: "Read the containers again" })
    expect(screen.getByRole("tabpanel")).toHaveTextContent("req-7")
    answerContainers(oneOfEach)
    await user.click(again)
    expect(await screen.findByRole("radio", { name: /N. Virginia/ })).toBeChecked()
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
  })
})

describe("a new container in the create form", () => {
  async function openWithNewContainer(values: Record<string, string> = {}) {
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    fill(values)
    return user
  }

  test("survives a reload and goes out with the peering, its region by Atlas's name", async () => {
    answerCreates("created")
    await openWithNewContainer({ "Atlas CIDR": "10.60.0.0/21", "Atlas region": "Frankfurt" })
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
    const user = await openWithNewContainer({ "Atlas CIDR": "10.60.0.0/21", "Atlas region": "US_EAST_1" })
    expect(await panel().findByText("CONTAINER_ALREADY_EXISTS")).toBeVisible()
    expect(
      screen.getByText(/a second one is refused and the block that is typed here comes to nothing/),
    ).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Reuse it" }))
    expect(screen.getByRole("radio", { name: /N. Virginia/ })).toBeChecked()
    expect(screen.queryByLabelText("Atlas CIDR")).toBeNull()
  })

  test("takes a free CIDR from the finder", async () => {
    const user = await openWithNewContainer()
    await user.click(screen.getByText("Find a free block"))
    await user.click(await screen.findByRole("button", { name: "Find a free /21" }))
    await user.click(screen.getByRole("button", { name: "Use it" }))
    expect(field("Atlas CIDR").value).toMatch(/\/21$/)
  })

  test("reports errors at its own fields, and nothing goes out", async () => {
    answerCreates("created")
    const user = await openWithNewContainer({ "Atlas CIDR": "10.60.0.1/21" })
    await user.click(createButton())
    await waitFor(() => expect(field("Atlas CIDR")).toHaveFocus())
    expect(field("Atlas region")).toBeInvalid()
    expect(creates).toHaveLength(0)
  })

  test("serves every region of Google Cloud, or the checked ones [C12] [C13]", async () => {
    answerContainers(oneOfEach.filter(({ providerName }) => providerName !== "GCP"))
    answerCreates("created")
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    fill({ "Atlas CIDR": "10.64.0.0/23" })
    await user.click(screen.getByText(/^Regions: every region \(the block has room for 2\)/))
    await user.click(screen.getByRole("checkbox", { name: /WESTERN_EUROPE/ }))
    await user.click(screen.getByRole("checkbox", { name: /EUROPE_WEST_2/ }))
    fill({ "Google Cloud project ID": "my-project", "VPC network name": "default", Reason: "NET" })
    expect(await panel().findByText(/^Confirmed by the server at/)).toBeVisible()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.newContainer).toEqual({
      providerName: "GCP",
      atlasCidrBlock: "10.64.0.0/23",
      regions: ["WESTERN_EUROPE", "EUROPE_WEST_2"],
    })
  })
})
