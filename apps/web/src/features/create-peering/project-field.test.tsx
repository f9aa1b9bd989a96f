import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor } from "@testing-library/react"
import { afterEach, describe, expect, test } from "vitest"
import { field } from "#mock-bff/fields.ts"
import { answer, mockBff, unreachable } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeSession, projects } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()
afterEach(() => localStorage.clear())

const [first, second] = projects as [(typeof projects)[0], (typeof projects)[0]]
const projectField = () => screen.findByRole("combobox", { name: "Project" })

describe("the project of a new connection", () => {
  test("is empty on the page of no project, and opens its form with the values of a link", async () => {
    const { user } = openApp(`${pagePaths.newConnectionAnywhere()}?provider=AWS&vpcId=vpc-0a1b2c3d4e5f60718`)
    expect(await projectField()).toHaveDisplayValue("Choose a project")
    expect(screen.queryByRole("textbox")).toBeNull()
    await user.selectOptions(await projectField(), second.name)
    await waitFor(() => expect(location.pathname).toBe(pagePaths.newConnection(second.id)))
    await waitFor(() => expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718"))
    expect(await projectField()).toHaveDisplayValue(second.name)
  })

  test("takes what was typed along into another project's form, where Undo brings back the former values", async () => {
    const { user } = openApp(pagePaths.newConnection(first.id))
    await user.type(await screen.findByLabelText("VPC ID"), "vpc-0a1b2c3d")
    await user.type(field("Reason"), "NET-42")
    await user.selectOptions(await projectField(), second.name)
    await waitFor(() => expect(location.pathname).toBe(pagePaths.newConnection(second.id)))
    await waitFor(() => expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d"))
    expect(field("Reason")).toHaveValue("NET-42")
    await user.click(await screen.findByRole("button", { name: "Undo" }))
    expect(field("VPC ID")).toHaveValue("")
    await user.selectOptions(await projectField(), first.name)
    await waitFor(() => expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d"))
  })

  test("has its id while Atlas can't be asked for its name", async () => {
    mockBff.use(unreachable(apiUrls.projects()))
    openApp(pagePaths.newConnection(first.id))
    await waitFor(async () => expect(await projectField()).toHaveDisplayValue(first.id))
  })

  test("is offered only where the person may create", async () => {
    const access = { everywhere: null, projects: { [first.id]: "viewer", [second.id]: "requester" } } as const
    mockBff.use(answer(apiUrls.session(), makeSession(access)))
    openApp(pagePaths.newConnectionAnywhere())
    await screen.findByRole("option", { name: second.name })
    expect(screen.queryByRole("option", { name: first.name })).toBeNull()
  })

  test("is not asked of a viewer, who reads whom to ask", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession({ everywhere: "viewer" })))
    openApp(pagePaths.newConnectionAnywhere())
    expect(await screen.findByText("You can view connections, not create them")).toBeVisible()
  })
})
