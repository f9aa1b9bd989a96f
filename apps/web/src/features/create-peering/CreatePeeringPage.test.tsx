import { screen, waitFor, within } from "@testing-library/react"
import { beforeEach, describe, expect, test } from "vitest"
import {
  answerContainers,
  answerCreates,
  createButton,
  creates,
  fill,
  oneOfEach,
  openPage,
  problem,
  rightAws,
} from "./testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))

describe("the tabs", () => {
  test("switch the fields and keep what was typed in each, also after a reload", async () => {
    const user = await openPage()
    await fill(user, { "AWS account ID": "123456789012" })
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    await fill(user, { "Google Cloud project ID": "my-project" })
    expect(await screen.findByRole("textbox", { name: "VPC network name" })).toBeVisible()
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    await user.click(screen.getByRole("tab", { name: "AWS" }))
    expect(screen.getByLabelText("AWS account ID")).toHaveValue("123456789012")
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    expect(screen.getByLabelText("Google Cloud project ID")).toHaveValue("my-project")

    await openPage()
    expect(screen.getByRole("tab", { name: "GCP" })).toHaveAttribute("aria-selected", "true")
    expect(screen.getByLabelText("Google Cloud project ID")).toHaveValue("my-project")
    expect(screen.getByLabelText("AWS account ID")).toHaveValue("123456789012")
  })

  test("say what happens next in the open cloud", async () => {
    const user = await openPage()
    const aside = await screen.findByRole("region", { name: "What happens next" })
    expect(within(aside).getByText("Within 7 days")).toBeVisible()
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    expect(within(aside).getByText("Before you create it")).toBeVisible()
    expect(within(aside).queryByText("Within 7 days")).toBeNull()
  })

  test("send the fields of their own cloud and nothing else [D13]", async () => {
    answerCreates("created")
    const user = await openPage()
    await fill(user, rightAws)
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    await fill(user, { "Google Cloud project ID": "my-project", "VPC network name": "default" })
    expect(screen.getByLabelText("Reason")).toHaveValue(rightAws.Reason)
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.reason).toBe(rightAws.Reason)
    expect(creates[0]?.request).toEqual({
      providerName: "GCP",
      containerId: oneOfEach[1]?.id,
      gcpProjectId: "my-project",
      networkName: "default",
    })
  })
})

describe("the fields", () => {
  test("are not complained about before anything was typed", async () => {
    const user = await openPage()
    await user.click(screen.getByLabelText("VPC ID"))
    await user.tab()
    expect(screen.getByLabelText("VPC ID")).toBeValid()
  })

  test("say what is wrong once they are left, and take it back as soon as it is right [C9]", async () => {
    const user = await openPage()
    const account = screen.getByLabelText("AWS account ID")
    await user.type(account, "12345678901")
    expect(account).toBeValid()
    await user.tab()
    await waitFor(() => expect(account).toBeInvalid())
    expect(account).toHaveAccessibleDescription(/An AWS account ID has 12 digits; this has 11/)
    await user.type(account, "2")
    await waitFor(() => expect(account).toBeValid())
  })

  test("lose the spaces around them when they are left", async () => {
    const user = await openPage()
    await user.type(screen.getByLabelText("VPC ID"), "  vpc-0a1b2c3d ")
    await user.tab()
    expect(screen.getByLabelText("VPC ID")).toHaveValue("vpc-0a1b2c3d")
    expect(screen.getByLabelText("VPC ID")).toBeValid()
  })

  test("all say what is missing when the form is sent, the first one takes the focus, and nothing goes out", async () => {
    answerCreates("created")
    const user = await openPage()
    await user.type(screen.getByLabelText("AWS account ID"), "123456789012")
    await user.click(createButton())
    await waitFor(() => expect(screen.getByLabelText("VPC ID")).toHaveFocus())
    expect(screen.getByLabelText("VPC ID")).toHaveAccessibleDescription(/Enter the VPC ID/)
    expect(screen.getByLabelText("VPC CIDR")).toBeInvalid()
    expect(screen.getByText("3 things to put right")).toBeVisible()
    expect(creates).toHaveLength(0)
  })

  test("a CIDR that overlaps the chosen container's is remarked on while typing", async () => {
    const user = await openPage()
    await screen.findAllByRole("radio", { checked: true })
    await user.type(screen.getByLabelText("VPC CIDR"), "10.8.4.0/24")
    await waitFor(() =>
      expect(screen.getByLabelText("VPC CIDR")).toHaveAccessibleDescription(/10.8.4.0\/24 overlaps/),
    )
  })

  test("a name that looks like another cloud's id is remarked on and still allowed", async () => {
    answerCreates("created")
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    await fill(user, {
      "Google Cloud project ID": "my-project",
      "VPC network name": "vpc-0a1b2c3d4e5f60718",
      Reason: "because",
    })
    expect(screen.getByText(/This looks like an AWS VPC id/)).toBeVisible()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
  })

  test("start over empties the form, and one more press brings everything back", async () => {
    const user = await openPage()
    await fill(user, rightAws)
    await user.click(screen.getByRole("button", { name: "Start over" }))
    expect(screen.getByLabelText("VPC ID")).toHaveValue("")
    await user.click(screen.getByRole("button", { name: "Bring back what was there" }))
    expect(screen.getByLabelText("VPC ID")).toHaveValue(rightAws["VPC ID"])
  })
})

describe("the Atlas side", () => {
  test("the only container of the cloud is chosen, and the region follows it", async () => {
    await openPage()
    expect(await screen.findByRole("radio", { name: /N. Virginia US_EAST_1/ })).toBeChecked()
    expect(screen.getByRole("radiogroup", { name: "Atlas side" })).toHaveAccessibleDescription(/one region/)
    await waitFor(() => expect(screen.getByLabelText("VPC region")).toHaveValue("us-east-1"))
  })

  test("of several one is chosen; the region follows until the person writes their own [C6]", async () => {
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
    expect(screen.getByLabelText("VPC region")).toHaveValue("us-east-1")
    await user.click(ireland)
    expect(screen.getByLabelText("VPC region")).toHaveValue("eu-west-1")
    await fill(user, { "VPC region": "ap-south-1" })
    await user.click(virginia)
    expect(screen.getByLabelText("VPC region")).toHaveValue("ap-south-1")
  })

  test("a container that is gone since the draft was made is no longer chosen", async () => {
    await openPage()
    await screen.findByRole("radio", { checked: true })
    const [aws] = oneOfEach
    if (aws === undefined) throw new Error("there is one")
    answerContainers(["6746ceedaef48d1cb265896b", "6746ceedaef48d1cb265896c"].map((id) => ({ ...aws, id })))
    await openPage()
    expect(await screen.findAllByRole("radio", { checked: false })).toHaveLength(3)
    expect(screen.queryByRole("radio", { checked: true })).toBeNull()
  })

  test("no container at all is said, with what would make one; the choice takes the focus when it is all that is wrong", async () => {
    answerContainers([])
    const user = await openPage()
    expect(await screen.findByText(/There is no container for AWS in this project yet/)).toBeVisible()
    await fill(user, { ...rightAws, "VPC region": "us-east-1" })
    await user.click(createButton())
    await waitFor(() => expect(screen.getByRole("radio", { name: /A new container/ })).toHaveFocus())
    answerContainers(oneOfEach)
    await user.click(screen.getByRole("button", { name: "Look again" }))
    expect(await screen.findByRole("radio", { name: /N. Virginia/ })).toBeChecked()
    expect(screen.getByRole("radiogroup")).toHaveAttribute("aria-invalid", "false")
  })

  test("containers that cannot be read can be read again; the form keeps its content", async () => {
    answerContainers(problem("atlas_keys_refused", 502))
    const user = await openPage()
    await fill(user, rightAws)
    const again = await screen.findByRole("button", { name: "Read the containers again" })
    expect(screen.getByRole("tabpanel")).toHaveTextContent("req-7")
    answerContainers(oneOfEach)
    await user.click(again)
    expect(await screen.findByRole("radio", { name: /N. Virginia/ })).toBeChecked()
    expect(screen.getByLabelText("VPC ID")).toHaveValue(rightAws["VPC ID"])
  })
})
