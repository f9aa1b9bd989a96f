import {
  apiUrls,
  type ChangeReason,
  type Container,
  type KeepPreset,
  type Preset,
} from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  bff,
  createButton,
  creates,
  fill,
  oneOfEach,
  openPage,
  problem,
  projectId,
  rightAws,
} from "./testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))

/** The team has these presets; what is kept and deleted is told by the calls. */
function answerPresets(presets: Preset[]) {
  const calls: string[] = []
  bff.use(
    http.get(apiUrls.presets(projectId), () => HttpResponse.json({ presets })),
    http.post(apiUrls.presets(projectId), async ({ request }) => {
      const { name, draft } = (await request.json()) as KeepPreset
      calls.push(`keep ${name} ${draft.providerName}`)
      return HttpResponse.json({ id: "preset-2", name, draft, by: "Olivia Novak", at: "" })
    }),
    http.delete(`${apiUrls.presets(projectId)}/:id`, ({ params }) => {
      calls.push(`delete ${String(params["id"])}`)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return calls
}

/** Tells of each container that is taken back, and why. */
function answerTakeBacks() {
  const taken: string[] = []
  bff.use(
    http.delete(`${apiUrls.containers(projectId)}/:id`, async ({ params, request }) => {
      const { reason } = (await request.json()) as ChangeReason
      taken.push(`${String(params["id"])} ${new URL(request.url).search} ${reason}`)
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return taken
}

const arn = "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718"
const panel = () => within(screen.getByRole("region", { name: "Will this work?" }))

describe("a link", () => {
  test("that names a region twice chooses it once", async () => {
    await openPage("?provider=GCP&container=new&atlasCidrBlock=10.60.0.0%2F24&regions=CENTRAL_US,CENTRAL_US")
    expect(await screen.findByText(/Regions: one region/)).toBeVisible()
  })

  test("opens the tab it is of and fills it in, once, and can be undone", async () => {
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    await fill(user, { "VPC network name": "mine" })
    await openPage("?provider=GCP&networkName=theirs&gcpProjectId=my-project&other=x")
    expect(screen.getByRole("tab", { name: "GCP" })).toHaveAttribute("aria-selected", "true")
    await waitFor(() => expect(screen.getByLabelText("VPC network name")).toHaveValue("theirs"))
    expect(panel().getByText(/Filled from a link/)).toBeVisible()
    expect(location.search).toBe("")
    expect(location.pathname).toBe(pagePaths.newConnection(projectId))
    await user.click(panel().getByRole("button", { name: "Undo" }))
    expect(screen.getByLabelText("VPC network name")).toHaveValue("mine")
  })

  test("can bring a new container", async () => {
    await openPage("?provider=AWS&container=new&atlasCidrBlock=10.60.0.0%2F21&region=EU_WEST_1")
    expect(await screen.findByLabelText("Atlas CIDR")).toHaveValue("10.60.0.0/21")
    expect(screen.getByLabelText("Atlas region")).toHaveValue("EU_WEST_1")
  })

  test("to the form as it stands is copied, without the reason", async () => {
    const user = await openPage()
    await fill(user, rightAws)
    await user.click(screen.getByRole("button", { name: "Copy a link to this form" }))
    const link = await navigator.clipboard.readText()
    expect(link).toContain(`${pagePaths.newConnection(projectId)}?provider=AWS`)
    expect(link).toContain(rightAws["VPC ID"])
    expect(link).not.toContain("NET-42")
  })
})

describe("pasting", () => {
  async function paste(user: Awaited<ReturnType<typeof openPage>>, text: string) {
    await user.click(screen.getByRole("button", { name: "Paste" }))
    await user.click(await screen.findByLabelText("Paste what you have"))
    await user.paste(text)
  }

  test("fills empty fields at once, in the cloud's own tab, and says what it was", async () => {
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    await paste(user, arn)
    expect(await screen.findByText(/This is an AWS ARN/)).toBeVisible()
    expect(screen.getByRole("tab", { name: "AWS" })).toHaveAttribute("aria-selected", "true")
    expect(screen.getByLabelText("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718")
    expect(screen.getByLabelText("AWS account ID")).toHaveValue("123456789012")
  })

  test("asks before it replaces what was typed, and gives it back", async () => {
    const user = await openPage()
    await fill(user, { "VPC ID": "vpc-0fffffff" })
    await paste(user, arn)
    expect(await screen.findByText("This replaces what stands in the form")).toBeVisible()
    expect(screen.getByLabelText("VPC ID")).toHaveValue("vpc-0fffffff")
    await user.click(screen.getByRole("button", { name: "Replace it" }))
    expect(screen.getByLabelText("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718")
    await user.click(panel().getByRole("button", { name: "Undo" }))
    expect(screen.getByLabelText("VPC ID")).toHaveValue("vpc-0fffffff")
  })

  test("asks before it replaces a container that was chosen by hand", async () => {
    const other = { ...oneOfEach[0]!, id: "507f1f77bcf86cd799439012", regionName: "EU_WEST_1" } as Container
    answerContainers([...oneOfEach, other])
    const user = await openPage()
    await user.click(await screen.findByRole("radio", { name: /US_EAST_1/ }))
    await paste(user, JSON.stringify({ providerName: "AWS", containerId: other.id, vpcId: "vpc-0fffffff" }))
    expect(await screen.findByText("This replaces what stands in the form")).toBeVisible()
    expect(screen.getByRole("radio", { name: /US_EAST_1/ })).toBeChecked()
  })

  test("says so when nothing is understood", async () => {
    const user = await openPage()
    await paste(user, "good morning")
    expect(await screen.findByText(/This is nothing that is known here/)).toBeVisible()
  })
})

describe("presets", () => {
  test("fill the form, keep what is in it, and go when they are deleted", async () => {
    const draft = { providerName: "GCP" as const, request: { networkName: "shared" } }
    const calls = answerPresets([{ id: "preset-1", name: "Shared VPC", draft, by: "Nadia", at: "" }])
    const user = await openPage()
    await fill(user, { "VPC ID": "vpc-0fffffff" })
    await user.click(screen.getByRole("button", { name: "Presets" }))
    await user.type(await screen.findByLabelText("Keep what is filled in as"), "Orders")
    await user.click(screen.getByRole("button", { name: "Keep" }))
    await user.click(await screen.findByRole("button", { name: "Use Shared VPC" }))
    expect(screen.getByLabelText("VPC network name")).toHaveValue("shared")
    await user.click(screen.getByRole("button", { name: "Delete Shared VPC" }))
    await waitFor(() => expect(calls).toEqual(["keep Orders AWS", "delete preset-1"]))
  })

  test("leave what was typed where they hold nothing, and are kept with Enter, under a name", async () => {
    const draft = { providerName: "AWS" as const, request: { vpcId: "", awsAccountId: "123456789012" } }
    const calls = answerPresets([{ id: "preset-1", name: "Account", draft, by: "Nadia", at: "" }])
    const user = await openPage()
    await fill(user, { "VPC ID": "vpc-0fffffff" })
    await user.click(screen.getByRole("button", { name: "Presets" }))
    await user.click(await screen.findByRole("button", { name: "Use Account" }))
    expect(screen.getByLabelText("AWS account ID")).toHaveValue("123456789012")
    expect(screen.getByLabelText("VPC ID")).toHaveValue("vpc-0fffffff")
    const name = screen.getByLabelText("Keep what is filled in as")
    await user.type(name, "{Enter}")
    expect(name).toHaveAccessibleDescription("Give it a name first")
    await user.type(name, "Orders{Enter}")
    await waitFor(() => expect(calls).toEqual(["keep Orders AWS"]))
    expect(creates).toEqual([])
  })
})

describe("a container that was made for a connection which was refused", () => {
  const made = {
    providerName: "AWS" as const,
    id: "6746ceedaef48d1cb265896b",
    atlasCidrBlock: "10.64.0.0/21",
    regionName: "EU_WEST_1",
  }

  async function openRefused() {
    answerCreates(problem("plan_changed", 409, { made }))
    const user = await openPage("?provider=AWS&container=new&atlasCidrBlock=10.60.0.0%2F21&region=EU_WEST_1")
    await screen.findByLabelText("Atlas CIDR")
    await fill(user, { ...rightAws, "VPC region": "eu-west-1" })
    expect(await panel().findByText(/^Confirmed by the server at/)).toBeVisible()
    answerContainers([...oneOfEach, made])
    await user.click(createButton())
    expect(await screen.findByText("The container 10.64.0.0/21 in EU_WEST_1 exists now")).toBeVisible()
    return user
  }

  test("is told with what was asked for and what came, and can be used", async () => {
    const user = await openRefused()
    expect(screen.getByText(/^Asked for/)).toHaveTextContent("Asked for 10.60.0.0/21, got 10.64.0.0/21")
    // The form offers the same beside the region that has its container now.
    const [reuse] = screen.getAllByRole("button", { name: "Reuse it" }).toReversed()
    await user.click(reuse ?? document.body)
    expect(await screen.findByRole("radio", { name: /Ireland/ })).toBeChecked()
  })

  test("can be taken back, with a reason", async () => {
    const taken = answerTakeBacks()
    const user = await openRefused()
    await user.type(screen.getByLabelText("Or take it back, because"), "the wrong block")
    await user.click(screen.getByRole("button", { name: "Take it back" }))
    expect(await screen.findByText(/is taken back/)).toBeVisible()
    expect(taken).toEqual([`${made.id} ?providerName=AWS the wrong block`])
  })
})
