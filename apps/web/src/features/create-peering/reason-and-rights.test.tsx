import { screen, waitFor } from "@testing-library/react"
import { beforeEach, describe, expect, test } from "vitest"
import { makeSession } from "#mock-bff/samples.ts"
import {
  answerContainers,
  answerCreates,
  answerKeyMayNotCreate,
  answerSession,
  createButton,
  creates,
  fill,
  oneOfEach,
  openPage,
  projectId,
  rightAws,
} from "./testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))

describe("the reason", () => {
  test("is asked for when everything else is right, and nothing goes out without it", async () => {
    answerCreates("created")
    const user = await openPage()
    await screen.findByRole("radio", { checked: true })
    await fill(user, { ...rightAws, Reason: "  " })
    await user.click(createButton())
    await waitFor(() => expect(screen.getByLabelText("Reason")).toHaveFocus())
    expect(screen.getByLabelText("Reason")).toHaveAccessibleDescription(/Say why, for the audit trail/)
    expect(screen.getByRole("tabpanel")).toHaveTextContent("One thing to put right")
    expect(creates).toHaveLength(0)
    await fill(user, { Reason: "NET-42" })
    await user.click(createButton())
    await waitFor(() => expect(creates.map(({ reason }) => reason)).toEqual(["NET-42"]))
  })

  test("is one for all tabs, outlives a reload, and goes with the rest when one starts over", async () => {
    const user = await openPage()
    await fill(user, { Reason: "NET-42" })
    await user.click(screen.getByRole("tab", { name: "Azure" }))
    expect(screen.getByLabelText("Reason")).toHaveValue("NET-42")
    await fill(user, { Reason: "NET-43" })
    await user.click(screen.getByRole("tab", { name: "AWS" }))
    expect(screen.getByLabelText("Reason")).toHaveValue("NET-43")

    const later = await openPage()
    expect(screen.getByLabelText("Reason")).toHaveValue("NET-43")
    await later.click(screen.getByRole("button", { name: "Start over" }))
    expect(screen.getByLabelText("Reason")).toHaveValue("")
    await later.click(screen.getByRole("button", { name: "Bring back what was there" }))
    expect(screen.getByLabelText("Reason")).toHaveValue("NET-43")
  })
})

describe("what can't be created", () => {
  test("because of the person's role is said above the form, which sends nothing", async () => {
    answerSession(makeSession({ everywhere: null, projects: { [projectId]: "viewer" } }))
    answerCreates("created")
    const user = await openPage()
    await screen.findByText("You may look at this project, not create connections in it")
    await screen.findByRole("radio", { checked: true })
    expect(createButton()).toHaveAttribute("aria-disabled", "true")
    expect(createButton()).toHaveAccessibleDescription(/Ask the platform team/)
    await fill(user, rightAws)
    await user.click(createButton())
    await user.type(screen.getByLabelText("Reason"), "{Enter}")
    expect(creates).toHaveLength(0)
  })

  test("because of the server's key is said before anything is filled in", async () => {
    answerKeyMayNotCreate()
    await openPage()
    expect(await screen.findByText("Atlas will refuse new connections in payments")).toBeVisible()
    expect(createButton()).toHaveAttribute("aria-disabled", "false")
  })
})
