import { screen, waitFor, within } from "@testing-library/react"
import { beforeEach, describe, expect, test } from "vitest"
import { field, fill } from "#mock-bff/fields.ts"
import { makeSession } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  answerKeyMayNotCreate,
  answerSession,
  createButton,
  creates,
  oneOfEach,
  openFilledPage,
  openPage,
  peeringId,
  projectId,
  rightAws,
} from "./testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))

describe("the tabs of the create page", () => {
  test("each tab keeps its fields and explains its own next steps, also after a reload", async () => {
    const user = await openPage()
    const nextSteps = within(screen.getByRole("region", { name: "What happens next" }))
    expect(nextSteps.getByText("Within 7 days")).toBeVisible()
    fill({ "AWS account ID": "123456789012" })
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    expect(nextSteps.getByText("Before you create it")).toBeVisible()
    expect(nextSteps.queryByText("Within 7 days")).toBeNull()
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    fill({ "Google Cloud project ID": "my-project" })
    expect(screen.getByRole("textbox", { name: "VPC network name" })).toBeVisible()
    await user.click(screen.getByRole("tab", { name: "AWS" }))
    expect(field("AWS account ID")).toHaveValue("123456789012")
    await user.click(screen.getByRole("tab", { name: "GCP" }))

    await openPage()
    expect(screen.getByRole("tab", { name: "GCP" })).toHaveAttribute("aria-selected", "true")
    expect(field("Google Cloud project ID")).toHaveValue("my-project")
    expect(field("AWS account ID")).toHaveValue("123456789012")
  })

  test("a create sends only the open cloud's fields, with the shared reason [D13]", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    fill({ "Google Cloud project ID": "my-project", "VPC network name": "default" })
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
    const tabTo = async (role: string, name: string | RegExp) => {
      await user.tab()
      expect(screen.getByRole(role, { name })).toHaveFocus()
    }
    await tabTo("link", "Connections")
    for (const name of ["Paste", "Presets", "Copy a link to this form"]) await tabTo("button", name)
    await user.tab()
    await user.keyboard("{End}{ArrowLeft}")
    expect(screen.getByRole("tab", { name: "GCP" })).toHaveAttribute("aria-selected", "true")
    await tabTo("textbox", "Google Cloud project ID")
    await user.paste("my-project")
    await tabTo("textbox", "VPC network name")
    await user.paste("default")
    await tabTo("textbox", "Subnet ranges")
    await tabTo("radio", /All regions/)
    await tabTo("button", /container id/)
    await tabTo("textbox", "Reason")
    await user.paste("because")
    // Shown in narrow windows only, where the verdict is below the form.
    await tabTo("link", "See why")
    await tabTo("button", "Create connection")
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

test("a viewer reads above the form whom to ask, and sends nothing", async () => {
  answerSession(makeSession({ everywhere: null, projects: { [projectId]: "viewer" } }))
  answerCreates("created")
  const user = await openFilledPage()
  expect(screen.getByText("You may look at this project, not create connections in it")).toBeVisible()
  expect(createButton()).toHaveAttribute("aria-disabled", "true")
  expect(createButton()).toHaveAccessibleDescription(/Ask the platform team/)
  await user.click(createButton())
  await user.type(field("Reason"), "{Enter}")
  expect(creates).toHaveLength(0)
})

test("an API key without the rights is reported before anything is filled in", async () => {
  answerKeyMayNotCreate()
  await openPage()
  expect(await screen.findByText("Atlas will refuse new connections in payments")).toBeVisible()
  expect(createButton()).toHaveAttribute("aria-disabled", "false")
})
