import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { answer, listOf, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import {
  inOneProject,
  makePeering,
  makeSession,
  otherProjectId,
  projectId,
  projects,
} from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const signedInWith = (...ids: string[]) => [
  answer(
    apiUrls.session(),
    makeSession({ everywhere: null, projects: Object.fromEntries(ids.map((id) => [id, "viewer"])) }),
  ),
  answer(apiUrls.projects(), { projects: projects.filter(({ id }) => ids.includes(id)) }),
]

test("a project that is taken away while its list is open leaves the page", async () => {
  mockBff.use(...signedInWith(projectId, otherProjectId), listOf([makePeering("AWS")]))
  const { comeBack } = openApp(pagePaths.connections(projectId))
  await screen.findByRole("row", { name: /vpc-/ })
  mockBff.use(
    ...signedInWith(otherProjectId),
    refuse(apiUrls.peerings(projectId), "project_not_found", { status: 404 }),
  )
  comeBack()
  expect(await screen.findByText("Project not found")).toBeVisible()
  expect(screen.queryByRole("row", { name: /vpc-/ })).toBeNull()
  await waitFor(() =>
    expect(screen.getByRole("navigation", { name: "Pages" })).not.toHaveTextContent("payments-prod"),
  )
})

test("a project that is given while a form is open can be chosen there, and what was typed stays", async () => {
  const mayCreate = answer(apiUrls.session(), makeSession(inOneProject("requester")))
  mockBff.use(mayCreate, answer(apiUrls.projects(), { projects: projects.slice(0, 1) }))
  const { user, comeBack } = openApp(pagePaths.newConnection(projectId))
  await user.type(await screen.findByLabelText("VPC ID"), "vpc-0a1b")
  mockBff.use(
    answer(apiUrls.session(), makeSession({ everywhere: "requester" })),
    answer(apiUrls.projects(), { projects }),
  )
  comeBack()
  expect(await screen.findByRole("option", { name: "analytics" })).toBeInTheDocument()
  expect(screen.getByLabelText("VPC ID")).toHaveValue("vpc-0a1b")
})
