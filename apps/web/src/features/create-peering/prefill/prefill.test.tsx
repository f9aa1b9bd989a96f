import { apiUrls, type Container, type KeepPreset, type Preset } from "@peering-desk/shared-schemas"
import { fireEvent, screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { field, fill } from "#mock-bff/fields.ts"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  bff,
  creates,
  oneOfEach,
  openFilledPage,
  openPage,
  panel,
  projectId,
  rightAws,
  useCreatePageBff,
} from "#features/create-peering/testing-page.tsx"

useCreatePageBff()

beforeEach(() => answerContainers(oneOfEach))

/** Answers the team's presets. Returns the changes that the page asks for. */
function answerPresets(presets: Preset[]) {
  const calls: string[] = []
  bff.use(
    http.get(apiUrls.presets(projectId), () => HttpResponse.json({ presets })),
    http.post(apiUrls.presets(projectId), async ({ request }) => {
      const { name, draft, replaces } = (await request.json()) as KeepPreset
      calls.push(`keep ${name} ${draft.providerName}${replaces === null ? "" : ` for ${replaces}`}`)
      return HttpResponse.json({ id: "preset-2", name, draft, by: "Olivia Novak", at: "" })
    }),
    http.delete(`${apiUrls.presets(projectId)}/:id`, ({ params }) => {
      calls.push(`delete ${String(params["id"])}`)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return calls
}

const arn = "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718"
describe("a link to the create page", () => {
  test("opens its cloud's tab and fills it in once; Undo brings back the previous values", async () => {
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "Google Cloud" }))
    fill({ "VPC network": "mine" })
    await openPage("?provider=GCP&networkName=theirs&gcpProjectId=my-project&other=x")
    expect(screen.getByRole("tab", { name: "Google Cloud" })).toHaveAttribute("aria-selected", "true")
    await waitFor(() => expect(field("VPC network")).toHaveValue("theirs"))
    expect(panel().getByText(/Filled from a link/)).toBeVisible()
    expect(location.search).toBe("")
    expect(location.pathname).toBe(pagePaths.newConnection(projectId))
    await user.click(panel().getByRole("button", { name: "Undo" }))
    expect(field("VPC network")).toHaveValue("mine")
  })

  test("describes a new container and counts a repeated region once", async () => {
    await openPage("?provider=AWS&container=new&atlasCidrBlock=10.60.0.0%2F21&region=EU_WEST_1")
    expect(await screen.findByLabelText("Atlas CIDR")).toHaveValue("10.60.0.0/21")
    expect(field("Atlas region")).toHaveValue("EU_WEST_1")
    answerContainers(oneOfEach.filter(({ providerName }) => providerName !== "GCP"))
    await openPage("?provider=GCP&container=new&atlasCidrBlock=10.60.0.0%2F24&regions=CENTRAL_US,CENTRAL_US")
    expect(await screen.findByText(/Regions: one region/)).toBeVisible()
  })

  test("is copied from the open form, without the reason", async () => {
    answerPresets([])
    const user = await openFilledPage()
    await user.click(screen.getByRole("button", { name: "Presets" }))
    await user.click(await screen.findByRole("button", { name: "Copy link to this draft" }))
    const link = await navigator.clipboard.readText()
    expect(link).toContain(`${pagePaths.newConnection(projectId)}?provider=AWS`)
    expect(link).toContain(rightAws["VPC ID"])
    expect(link).not.toContain("NET-42")
    await user.click(screen.getByRole("button", { name: "Close" }))
    await waitFor(() => expect(screen.getByRole("button", { name: "Presets" })).toHaveFocus())
  })
})

describe("pasted text", () => {
  async function paste(user: Awaited<ReturnType<typeof openPage>>, text: string) {
    await user.click(screen.getByLabelText("Paste to fill"))
    await user.paste(text)
  }

  test("says that its container is not one of the project", async () => {
    const user = await openPage()
    const containerId = "64d2f0b18c4e6a5f9b0c2b03"
    await paste(user, JSON.stringify({ providerName: "AWS", containerId, vpcId: "vpc-0fffffff" }))
    expect(await screen.findByText(new RegExp(`no container ${containerId} on AWS`))).toBeVisible()
    expect(field("VPC ID")).toHaveValue("vpc-0fffffff")
  })

  test("fills empty fields at once in its cloud's tab and says what it is", async () => {
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    await paste(user, arn)
    expect(await screen.findByText(/Filled from an AWS ARN/)).toBeVisible()
    expect(screen.getByRole("tab", { name: "AWS" })).toHaveAttribute("aria-selected", "true")
    expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718")
    expect(field("Account ID")).toHaveValue("123456789012")
  })

  test("replaces a typed or pasted value only after a question, which keeps single values; Undo brings them back", async () => {
    const user = await openPage()
    fill({ "VPC ID": "vpc-0fffffff" })
    await paste(user, arn)
    expect(await screen.findByText("Replace what the form has?")).toBeVisible()
    expect(field("VPC ID")).toHaveValue("vpc-0fffffff")
    await user.click(screen.getByRole("button", { name: "Fill form" }))
    expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718")

    const text = screen.getByLabelText("Paste to fill")
    await user.clear(text)
    await user.click(text)
    await user.paste(arn.replace("123456789012", "999900001111").replace("0a1b2c3d", "99990000"))
    expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718")
    const account = within(await screen.findByRole("group", { name: "Account ID" }))
    await user.click(account.getByRole("radio", { name: "Keep" }))
    await user.click(screen.getByRole("button", { name: "Fill form" }))
    expect(field("VPC ID")).toHaveValue("vpc-999900004e5f60718")
    expect(field("Account ID")).toHaveValue("123456789012")
    await user.click(panel().getByRole("button", { name: "Undo" }))
    await user.click(panel().getByRole("button", { name: "Undo" }))
    expect(field("VPC ID")).toHaveValue("vpc-0fffffff")
  })

  test("keeps the focus beside its field after Fill form, and in the plan after Undo", async () => {
    const user = await openPage()
    fill({ "VPC ID": "vpc-0fffffff" })
    await paste(user, arn)
    await user.click(await screen.findByRole("button", { name: "Fill form" }))
    await waitFor(() => expect(screen.getByRole("region", { name: "Pasted text" })).toHaveFocus())
    await user.click(panel().getByRole("button", { name: "Undo" }))
    await waitFor(() => expect(screen.getByRole("region", { name: "Plan and checks" })).toHaveFocus())
  })

  test("is taken back by Undo without what was typed since, and is not called filled in any more", async () => {
    const user = await openPage()
    await paste(user, arn)
    expect(await screen.findByText(/Filled from an AWS ARN/)).toBeVisible()
    fill({ "Account ID": "999900001111" })
    await user.click(panel().getByRole("button", { name: "Undo" }))
    expect(field("VPC ID")).toHaveValue("")
    expect(field("Account ID")).toHaveValue("999900001111")
    expect(screen.getByText("This is an AWS ARN.")).toBeVisible()
  })

  test("stays in a form that was cleared before: the button clears again", async () => {
    const user = await openPage()
    fill({ "VPC ID": "vpc-0fffffff" })
    await user.click(screen.getByRole("button", { name: "Clear form" }))
    await paste(user, arn)
    expect(await screen.findByText(/Filled from an AWS ARN/)).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Clear form" }))
    expect(field("VPC ID")).toHaveValue("")
    await user.click(screen.getByRole("button", { name: "Undo clear" }))
    expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718")
  })

  test("fills in none of several CIDRs, shows where each is, and takes the chosen one", async () => {
    const user = await openPage()
    await paste(user, `vpc-0fffffff has 10.32.0.0/16\nand 10.33.0.0/16, Atlas CIDR 10.8.0.0/21`)
    await waitFor(() => expect(field("VPC ID")).toHaveValue("vpc-0fffffff"))
    expect(field("VPC CIDR")).toHaveValue("")
    expect(screen.getByText("Left out as Atlas's: 10.8.0.0/21.")).toBeVisible()
    const blocks = within(await screen.findByRole("group", { name: /VPC CIDR: choose one of 2/ }))
    expect(blocks.getAllByRole("radio")).toHaveLength(2)
    await user.click(blocks.getByRole("radio", { name: /10.33.0.0\/16 Line 2/ }))
    expect(field("VPC CIDR")).toHaveValue("10.33.0.0/16")
  })

  test("replaces a container chosen by hand only after a confirmation", async () => {
    const other = { ...oneOfEach[0]!, id: "507f1f77bcf86cd799439012", regionName: "EU_WEST_1" } as Container
    answerContainers([...oneOfEach, other])
    const user = await openPage()
    await user.click(await screen.findByRole("radio", { name: /US_EAST_1/ }))
    await paste(user, JSON.stringify({ providerName: "AWS", containerId: other.id, vpcId: "vpc-0fffffff" }))
    expect(await screen.findByText("Replace what the form has?")).toBeVisible()
    expect(screen.getByRole("radio", { name: /US_EAST_1/ })).toBeChecked()
  })

  test("brings further CIDRs of the network, which are checked at their own field", async () => {
    const vpc = {
      VpcId: rightAws["VPC ID"],
      OwnerId: rightAws["Account ID"],
      CidrBlock: rightAws["VPC CIDR"],
      CidrBlockAssociationSet: [{ CidrBlock: "10.8.0.0/16" }],
    }
    const user = await openPage()
    await paste(user, JSON.stringify(vpc))
    await waitFor(() => expect(field("All VPC CIDRs")).toHaveValue("10.8.0.0/16"))
    expect(
      await panel().findByText(/10.8.0.0\/16 of vpc-.* overlaps the container's 10.8.0.0\/21/),
    ).toBeVisible()
    expect(field("All VPC CIDRs")).toHaveAccessibleDescription(/Overlaps the container/)
  })

  test.each([
    ["a VPC ID", "vpc-0a1b2c3d4e5f60718"],
    [
      "a console URL",
      "https://us-east-1.console.aws.amazon.com/vpc/home?region=us-east-1#VpcDetails:VpcId=vpc-0a1b2c3d4e5f60718",
    ],
    [
      "Terraform of several lines",
      'resource "mongodbatlas_network_peering" "orders" {\n  provider_name = "AWS"\n  vpc_id = "vpc-0a1b2c3d4e5f60718"\n}',
    ],
  ])("fills the VPC from %s", async (_what, text) => {
    const user = await openPage()
    await paste(user, text)
    await waitFor(() => expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718"))
  })

  test("is reported when no reader understands it", async () => {
    const user = await openPage()
    await paste(user, "good morning")
    expect(await screen.findByText(/This is not recognized/)).toBeVisible()
  })
})

describe("the presets of a project", () => {
  test("are saved from the form, fill it in and are deleted", async () => {
    const draft = { providerName: "GCP" as const, request: { networkName: "shared" } }
    const calls = answerPresets([{ id: "preset-1", name: "Shared VPC", draft, by: "Nadia", at: "" }])
    const user = await openPage()
    fill({ "VPC ID": "vpc-0fffffff" })
    await user.click(screen.getByRole("button", { name: "Presets" }))
    await user.click(await screen.findByLabelText("Save as preset"))
    await user.paste("Orders")
    await user.click(screen.getByRole("button", { name: "Save" }))
    await user.click(await screen.findByRole("button", { name: "Use Shared VPC" }))
    expect(field("VPC network")).toHaveValue("shared")
    await user.click(screen.getByRole("button", { name: "Delete Shared VPC" }))
    expect(screen.getByRole("dialog")).toHaveTextContent("It disappears for everybody in this project.")
    await user.click(screen.getByRole("button", { name: "Delete preset" }))
    await waitFor(() => expect(calls).toEqual(["keep Orders AWS", "delete preset-1"]))
  })

  test("are replaced under the same name only after a question that says whose values are lost", async () => {
    const draft = { providerName: "GCP" as const, request: { networkName: "shared" } }
    const calls = answerPresets([{ id: "preset-1", name: "Shared VPC", draft, by: "Nadia", at: "noon" }])
    const user = await openPage()
    await user.click(screen.getByRole("button", { name: "Presets" }))
    await screen.findByRole("button", { name: "Use Shared VPC" })
    await user.type(screen.getByLabelText("Save as preset"), "Shared VPC{Enter}")
    expect(screen.getByRole("dialog")).toHaveTextContent("The values that Nadia saved are lost.")
    await user.click(screen.getByRole("button", { name: "Cancel" }))
    expect(calls).toEqual([])
    expect(screen.getByLabelText("Save as preset")).toHaveValue("Shared VPC")
    await user.click(screen.getByRole("button", { name: "Save" }))
    await user.click(screen.getByRole("button", { name: "Replace preset" }))
    await waitFor(() => expect(calls).toEqual(["keep Shared VPC AWS for noon"]))
  })

  test("keep typed fields that they leave empty, and are saved by Enter under a name", async () => {
    const draft = { providerName: "AWS" as const, request: { vpcId: "", awsAccountId: "123456789012" } }
    const calls = answerPresets([{ id: "preset-1", name: "Account", draft, by: "Nadia", at: "" }])
    const user = await openPage()
    fill({ "VPC ID": "vpc-0fffffff" })
    await user.click(screen.getByRole("button", { name: "Presets" }))
    await user.click(await screen.findByRole("button", { name: "Use Account" }))
    expect(field("Account ID")).toHaveValue("123456789012")
    expect(field("VPC ID")).toHaveValue("vpc-0fffffff")
    const name = await screen.findByLabelText("Save as preset")
    await user.type(name, "{Enter}")
    expect(name).toHaveAccessibleDescription("Enter a name")
    fireEvent.change(name, { target: { value: "x".repeat(61) } })
    await user.type(name, "{Enter}")
    expect(name).toHaveAccessibleDescription("Use at most 60 characters")
    await user.clear(name)
    await user.type(name, "Orders")
    // It takes the word that an input method offers.
    fireEvent.keyDown(name, { key: "Enter", isComposing: true })
    await user.type(name, " EU{Enter}")
    await waitFor(() => expect(calls).toEqual(["keep Orders EU AWS"]))
    expect(creates).toEqual([])
  })
})
