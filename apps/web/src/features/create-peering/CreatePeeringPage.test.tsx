import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { field, fill } from "#mock-bff/fields.ts"
import { makeSession } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  answerDemo,
  answerKeyMayNotCreate,
  answerSession,
  bff,
  createButton,
  creates,
  oneOfEach,
  openFilledPage,
  openPage,
  panel,
  peeringId,
  projectId,
  rightAws,
  useCreatePageBff,
} from "./testing-page.tsx"

useCreatePageBff()

beforeEach(() => answerContainers(oneOfEach))

describe("the tabs of the create page", () => {
  test("each tab keeps its fields and says what follows the create, also after a reload", async () => {
    const user = await openPage()
    expect(createButton()).toHaveAccessibleDescription("Then the VPC owner accepts within 7 days.")
    fill({ "Account ID": "123456789012" })
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    expect(field("Directory ID")).toBeVisible()
    await user.click(screen.getByRole("tab", { name: "Google Cloud" }))
    expect(createButton()).toHaveAccessibleDescription(/peers from Google Cloud/)
    fill({ "Project ID": "my-project" })
    await user.click(screen.getByRole("tab", { name: "AWS" }))
    expect(field("Account ID")).toHaveValue("123456789012")
    await user.click(screen.getByRole("tab", { name: "Google Cloud" }))

    await openPage()
    expect(screen.getByRole("tab", { name: "Google Cloud" })).toHaveAttribute("aria-selected", "true")
    expect(field("Project ID")).toHaveValue("my-project")
    expect(field("Account ID")).toHaveValue("123456789012")
  })

  test("a create sends only the open cloud's fields, with the shared reason [D13]", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    await user.click(screen.getByRole("tab", { name: "Google Cloud" }))
    fill({ "Project ID": "my-project", "VPC network": "default" })
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

  test("the keyboard alone reaches a tab, every field and the button in page order", async () => {
    answerCreates("created")
    const user = await openPage()
    await screen.findByRole("radio", { checked: true })
    await screen.findByRole("link", { name: "payments" })
    const tabTo = async (role: string, name: string | RegExp) => {
      await user.tab()
      expect(screen.getByRole(role, { name })).toHaveFocus()
    }
    await tabTo("link", "Connections")
    await tabTo("link", "payments")
    await tabTo("button", "Presets")
    await tabTo("combobox", "Project")
    await tabTo("textbox", "Paste to fill")
    await user.tab()
    await user.keyboard("{End}{ArrowLeft}")
    expect(screen.getByRole("tab", { name: "Google Cloud" })).toHaveAttribute("aria-selected", "true")
    expect(screen.getByRole("tab", { name: "Google Cloud" })).toHaveFocus()
    await tabTo("button", "Where is it? Project ID")
    await tabTo("textbox", "Project ID")
    await user.paste("my-project")
    await user.tab()
    await tabTo("textbox", "VPC network")
    await user.paste("default")
    await user.tab()
    await tabTo("textbox", "Subnet CIDRs")
    await user.tab()
    await tabTo("textbox", "CIDRs of other peered networks")
    await tabTo("radio", /All regions/)
    await tabTo("link", "View container")
    await tabTo("textbox", "Name")
    await tabTo("textbox", "Reason")
    await user.paste("because")
    await user.keyboard("{Enter}")
    await waitFor(() => expect(location.pathname).toBe(pagePaths.connection(projectId, peeringId)))
    expect(creates[0]?.request.providerName).toBe("GCP")
  })
})

test("a draft belongs to one person: another one who signs in sees an empty form", async () => {
  await openFilledPage()

  answerSession(makeSession({}, "Victor Sand"))
  await openPage()
  expect(field("VPC ID")).toHaveValue("")
  expect(field("Reason")).toHaveValue("")

  answerSession(makeSession())
  await openPage()
  expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
  expect(field("Reason")).toHaveValue(rightAws.Reason)
})

describe("a person who can't create a connection reads whom to ask in place of the form", () => {
  test("a viewer of the project", async () => {
    answerSession(makeSession({ everywhere: null, projects: { [projectId]: "viewer" } }))
    await openPage("", "You can view payments, not create connections")
    expect(screen.getByText(/Ask the platform team for the requester role in payments/)).toBeVisible()
    expect(screen.getByRole("link", { name: "View connections" })).toHaveAttribute(
      "href",
      pagePaths.connections(projectId),
    )
    expect(screen.queryByRole("textbox")).toBeNull()
  })

  test("an auditor without a role in the project", async () => {
    answerSession(makeSession({ everywhere: null, auditor: true }))
    bff.use(http.get(apiUrls.projects(), () => HttpResponse.json({ projects: [] })))
    await openPage("", `You don't have access to ${projectId}`)
    expect(screen.queryByRole("textbox")).toBeNull()
  })
})

test.each([
  ["digest", "API key"],
  ["service-account", "service account"],
] as const)(
  "a key of kind %s without the rights is reported before anything is filled in",
  async (kind, noun) => {
    answerKeyMayNotCreate(kind)
    await openPage()
    expect(await screen.findByText(`The ${noun} can't create connections in payments`)).toBeVisible()
    expect(createButton()).toHaveAttribute("aria-disabled", "false")
  },
)

test("the display name is sent with the request, and stays with the draft before that", async () => {
  answerCreates("created")
  await openFilledPage()
  fill({ Name: "settlements" })
  const user = await openPage()
  expect(field("Name")).toHaveValue("settlements")
  await screen.findByRole("radio", { checked: true })
  await user.click(createButton())
  await waitFor(() => expect(creates.map(({ label }) => label)).toEqual(["settlements"]))
  await openPage()
  expect(field("Name")).toHaveValue("")
})

describe("sample values in a demo", () => {
  test.each([
    ["AWS", "VPC ID"],
    ["Google Cloud", "VPC network"],
    ["Azure", "VNet name"],
  ])("lead to a connection that can be created on %s", async (cloud, name) => {
    answerDemo()
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: cloud }))
    const button = await screen.findByRole("button", { name: "Fill in sample values" })
    await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "false"))
    await user.click(button)
    await waitFor(() => expect(field(name)).not.toHaveValue(""))
    expect(field("Reason")).not.toHaveValue("")
    expect(await panel().findByText(/^\d not checked$/)).toBeVisible()
    expect(panel().queryByText(/^Can't create yet/)).toBeNull()
    await user.click(panel().getByRole("button", { name: "Undo" }))
    expect(field(name)).toHaveValue("")
  })

  test("count as filled in after a first try to create", async () => {
    answerDemo()
    const user = await openPage()
    const button = await screen.findByRole("button", { name: "Fill in sample values" })
    await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "false"))
    await user.click(screen.getByRole("button", { name: "Create connection" }))
    await waitFor(() => expect(field("Reason")).toBeInvalid())
    await user.click(button)
    await waitFor(() => expect(field("VPC ID")).toBeValid())
    await waitFor(() => expect(field("Reason")).toBeValid())
    expect(screen.queryByText(/to fill in/)).toBeNull()
  })

  test("are not offered outside the demo", async () => {
    await openPage()
    expect(await panel().findByText("5 fields to fill in")).toBeVisible()
    expect(screen.queryByRole("button", { name: "Fill in sample values" })).toBeNull()
  })
})
