import { screen, waitFor } from "@testing-library/react"
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
  rightAws,
  useCreatePageBff,
} from "#features/create-peering/testing-page.tsx"

useCreatePageBff()

beforeEach(() => answerContainers(oneOfEach))

describe("a field of the create form", () => {
  test("reports an error once it is left, clears it once it is right, and trims its text [C9]", async () => {
    const user = await openPage()
    await user.click(field("VPC ID"))
    await user.tab()
    expect(field("VPC ID")).toBeValid()
    const account = field("Account ID")
    await user.click(account)
    await user.paste("12345678901")
    expect(account).toBeValid()
    await user.tab()
    await waitFor(() => expect(account).toBeInvalid())
    expect(account).toHaveAccessibleDescription(/An AWS account ID has 12 digits, not 11/)
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
    fill({ "Account ID": "123456789012" })
    await user.click(createButton())
    await waitFor(() => expect(field("Region")).toHaveFocus())
    expect(field("VPC ID")).toHaveAccessibleDescription(/Enter the VPC ID/)
    expect(field("VPC CIDR")).toBeInvalid()
    expect(createButton()).toHaveAccessibleDescription("4 fields to fill in.")
    expect(panel().getByText("4 fields to fill in")).toBeVisible()
    expect(creates).toHaveLength(0)
  })

  test.each([
    ["10.90.0.0/16, foo", "foo: Enter a CIDR like 10.15.0.0/16"],
    ["10.0.0.0", "Add the prefix length, as in 10.0.0.0/16"],
    ["10.0.0.5/24", "10.0.0.5/24 isn't a network address. Use 10.0.0.0/24"],
    ["10.0.0.0/33", "10.0.0.0/33: A prefix length is at most /32"],
  ])("says at the optional list of CIDRs what is wrong with %s", async (typed, sentence) => {
    await openPage()
    fill({ "All VPC CIDRs": typed })
    await waitFor(() => expect(field("All VPC CIDRs")).toBeInvalid())
    expect(field("All VPC CIDRs")).toHaveAccessibleDescription(
      new RegExp(sentence.replaceAll(/[./]/g, "\\$&")),
    )
    fill({ "All VPC CIDRs": "10.0.0.0/24 100.64.0.0/16, fd00::/48" })
    await waitFor(() => expect(field("All VPC CIDRs")).toBeValid())
  })

  test.each(["none", "hub-eu", "10.9.0.0/16, hub-eu"])(
    "the field of other peered networks takes %s",
    async (typed) => {
      const user = await openPage()
      await user.click(screen.getByRole("tab", { name: "Google Cloud" }))
      fill({ "CIDRs of other peered networks": typed, "Project ID": "1" })
      await waitFor(() => expect(field("Project ID")).toBeInvalid())
      expect(field("CIDRs of other peered networks")).toBeValid()
    },
  )

  test("shows a remark on a CIDR that overlaps the chosen container", async () => {
    await openPage()
    await screen.findAllByRole("radio", { checked: true })
    fill({ "VPC CIDR": "10.8.4.0/24" })
    await waitFor(() => expect(field("VPC CIDR")).toHaveAccessibleDescription(/Overlaps the container/))
  })

  test("shows a remark on a name that looks like another cloud's id, and allows it", async () => {
    answerCreates("created")
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "Google Cloud" }))
    fill({
      "Project ID": "my-project",
      "VPC network": "vpc-0a1b2c3d4e5f60718",
      Reason: "because",
    })
    expect(screen.getByText(/Looks like an AWS VPC ID/)).toBeVisible()
    // Many names end in a number, as regions do.
    fill({ "Project ID": "acme-prod-01" })
    expect(screen.queryByText(/Looks like an AWS region/)).toBeNull()
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
    expect(field("Reason")).toHaveAccessibleDescription(/Enter a reason \(stored in the audit log\)/)
    expect(createButton()).toHaveAccessibleDescription("1 field to fill in.")
    expect(creates).toHaveLength(0)
    fill({ Reason: "NET-42" })
    await user.click(createButton())
    await waitFor(() => expect(creates.map(({ reason }) => reason)).toEqual(["NET-42"]))
  })

  test("is shared by the tabs and survives a reload; Clear form clears every cloud and can be undone", async () => {
    const user = await openPage()
    fill({ Reason: "NET-42", "VPC ID": rightAws["VPC ID"] })
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    expect(field("Reason")).toHaveValue("NET-42")
    fill({ Reason: "NET-43" })
    await user.click(screen.getByRole("tab", { name: "AWS" }))
    expect(field("Reason")).toHaveValue("NET-43")

    await user.click(screen.getByRole("tab", { name: "Google Cloud" }))
    fill({ "VPC network": "shared", Name: "settlements" })
    const later = await openPage()
    expect(field("Reason")).toHaveValue("NET-43")
    await later.click(screen.getByRole("button", { name: "Clear form" }))
    for (const label of ["Reason", "Name", "VPC ID", "VPC network"]) expect(field(label)).toHaveValue("")
    await later.click(screen.getByRole("button", { name: "Undo clear" }))
    expect(field("Reason")).toHaveValue("NET-43")
    expect(field("Name")).toHaveValue("settlements")
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
    expect(field("VPC network")).toHaveValue("shared")
  })
})

test("no keyboard of a phone corrects an id, or a pasted text", async () => {
  await openPage()
  expect(field("VPC ID")).toHaveAttribute("autocorrect", "off")
  expect(screen.getByLabelText("Paste to fill")).toHaveAttribute("autocorrect", "off")
  expect(field("Reason")).not.toHaveAttribute("autocorrect")
})

describe("a typed value with one obvious meaning", () => {
  test.each([
    ["AWS", "Account ID", "1234-5678-9012", "123456789012"],
    ["AWS", "Region", "US_EAST_1", "us-east-1"],
    ["AWS", "VPC CIDR", "10.0.0.1/16", "10.0.0.0/16"],
    ["Google Cloud", "VPC network", "projects/my-project/global/networks/default", "default"],
  ])("is rewritten when the field is left: %s %s %s", async (cloud, label, typed, meant) => {
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: cloud }))
    fill({ [label]: typed })
    await waitFor(() => expect(field(label)).toHaveValue(meant))
    expect(field(label)).toBeValid()
    await user.click(screen.getByRole("button", { name: `Undo: ${typed}` }))
    expect(field(label)).toHaveValue(typed)
    expect(field(label)).toHaveFocus()
  })

  test("fills the other fields that it names, and stays as typed after Undo", async () => {
    const user = await openPage()
    const arn = "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718"
    fill({ "VPC ID": arn })
    await waitFor(() => expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718"))
    expect(field("Account ID")).toHaveValue("123456789012")
    await user.click(screen.getByRole("button", { name: `Undo: ${arn}` }))
    expect(field("Account ID")).toHaveValue("")
    fill({ "VPC ID": arn })
    await waitFor(() => expect(field("VPC ID")).toBeInvalid())
    expect(field("VPC ID")).toHaveValue(arn)
  })

  test("tells what else its text has that differs from the form", async () => {
    await openPage()
    fill({ "Account ID": "482913570264" })
    fill({ "VPC ID": "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718" })
    await waitFor(() => expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718"))
    expect(field("Account ID")).toHaveValue("482913570264")
    expect(screen.getByText(/read from the ARN/)).toHaveTextContent(
      "read from the ARN, which has another Account ID: 123456789012.",
    )
  })

  test("is rewritten by Enter as well, and goes out in its right form", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    await user.clear(field("Account ID"))
    await user.click(field("Account ID"))
    await user.paste("1234-5678-9012")
    await user.keyboard("{Enter}")
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.request).toMatchObject({ awsAccountId: "123456789012" })
  })
})

test("a field says where its value is, with a command; Escape closes that and returns the focus", async () => {
  const user = await openPage()
  const button = screen.getByRole("button", { name: "Where is it? VPC ID" })
  await user.click(button)
  expect(await screen.findByText(/aws ec2 describe-vpcs/)).toBeInTheDocument()
  expect(screen.getByText("AWS console › VPC › Your VPCs › VPC ID")).toBeInTheDocument()
  await user.keyboard("{Escape}")
  expect(screen.queryByText(/aws ec2 describe-vpcs/)).toBeNull()
  expect(button).toHaveFocus()
})
