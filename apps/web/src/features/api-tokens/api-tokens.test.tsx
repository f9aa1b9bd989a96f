import {
  apiUrls,
  type ApiToken,
  type ApiTokenList,
  type CreateApiToken,
  type SessionInfo,
} from "@peering-desk/shared-schemas"
import { fireEvent, screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { answer, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makeSession, otherProjectId, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const secret = "peeringdesk_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcd012345"

function makeToken(id: string, more: Partial<ApiToken> = {}): ApiToken {
  return {
    id,
    name: id,
    owner: makeSession().user,
    projects: [projectId],
    role: "requester",
    state: "active",
    createdAt: "2026-11-24T08:00:00.000Z",
    expiresAt: "2027-02-22T08:00:00.000Z",
    lastUsedAt: null,
    lastUsedFrom: null,
    revokedAt: null,
    revokedBy: null,
    ownerConfirmedAt: "2026-11-24T08:00:00.000Z",
    ...more,
  }
}

/** Answers some tokens and keeps what is created and revoked. */
function serveTokens(tokens: ApiToken[], everybodys: ApiToken[] = tokens) {
  const created: CreateApiToken[] = []
  const revoked: string[] = []
  mockBff.use(
    http.get("/api/tokens", ({ request }) => {
      const shown = request.url.includes("everybody") ? everybodys : tokens
      const list: ApiTokenList = {
        tokens: shown.map((token) =>
          revoked.includes(token.id)
            ? { ...token, state: "revoked", revokedAt: "2026-11-24T10:07:00.000Z", revokedBy: "Olivia Novak" }
            : token,
        ),
        defaultDays: 90,
        mostDays: 365,
        ownerDays: 30,
      }
      return HttpResponse.json(list)
    }),
    http.post("/api/tokens", async ({ request }) => {
      const body = (await request.json()) as CreateApiToken
      created.push(body)
      tokens.push(makeToken(body.name, body))
      return HttpResponse.json({ token: makeToken(body.name, body), secret }, { status: 201 })
    }),
    http.delete("/api/tokens/:id", ({ params }) => {
      revoked.push(String(params["id"]))
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return { created, revoked }
}

const signInAs = (access: Partial<SessionInfo["access"]>) =>
  mockBff.use(answer(apiUrls.session(), makeSession(access)))

const rowOf = (name: string) => screen.findByRole("row", { name: new RegExp(`^${name}`) })

async function openForm() {
  const { user } = openApp(pagePaths.tokens())
  await user.click(await screen.findByRole("button", { name: "New token" }))
  const dialog = within(screen.getByRole("dialog", { name: "New API token" }))
  return { user, dialog }
}

describe("the list of API tokens", () => {
  test("says what each may do, its state, its last use and what to do about it", async () => {
    serveTokens([
      makeToken("deploy", { lastUsedAt: "2026-11-24T10:05:00.000Z", lastUsedFrom: "10.0.0.7" }),
      makeToken("report", { projects: "*", role: "viewer", state: "unconfirmed" }),
      makeToken("old", { projects: [projectId, otherProjectId], state: "expired" }),
    ])
    openApp(pagePaths.tokens())
    expect(await rowOf("deploy")).toHaveTextContent(
      "deployRequester · payments-prodActiveExpires 22 Feb, 08:0010:0510.0.0.708:00Revoke token deploy",
    )
    expect(await rowOf("report")).toHaveTextContent(
      "reportViewer · All projectsPausedWorks again when you sign inNever",
    )
    const old = await rowOf("old")
    expect(old).toHaveTextContent("oldRequester · payments-prod and 1 moreExpiredOn 22 Feb, 08:00Never")
    expect(within(old).queryByRole("button")).toBeNull()
    expect(screen.getByText(/It pauses when the owner hasn't signed in for 30 days/)).toBeVisible()
  })

  test("is empty before the first", async () => {
    serveTokens([])
    openApp(pagePaths.tokens())
    expect(await screen.findByText("No API tokens yet")).toBeVisible()
  })

  test("can be read again after a failure", async () => {
    mockBff.use(refuse(apiUrls.apiTokens(), "internal_error", { status: 500 }))
    const { user } = openApp(pagePaths.tokens())
    const again = await screen.findByRole("button", { name: "Try again" })
    serveTokens([makeToken("deploy")])
    await user.click(again)
    expect(await rowOf("deploy")).toBeVisible()
  })

  test("has everybody's for an administrator, whose can be revoked after a question", async () => {
    const nadias = makeToken("nightly", { owner: makeSession({}, "Nadia Berg").user })
    const { revoked } = serveTokens([], [nadias])
    const { user } = openApp(pagePaths.tokens())
    await user.click(await screen.findByRole("radio", { name: "Everyone's" }))
    expect(location.search).toBe("?whose=everybody")
    await user.click(await screen.findByRole("button", { name: "Revoke token nightly of Nadia Berg" }))
    const dialog = screen.getByRole("dialog", { name: "Revoke token nightly?" })
    await waitFor(() => expect(dialog).toHaveTextContent("It was never used."))
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }))
    expect(revoked).toEqual([])
    await user.click(screen.getByRole("button", { name: "Revoke token nightly of Nadia Berg" }))
    await user.click(screen.getByRole("button", { name: "Revoke token" }))
    await waitFor(async () =>
      expect(await rowOf("nightly")).toHaveTextContent("RevokedBy Olivia Novak, 10:07"),
    )
    expect(screen.getByText("Token revoked")).toBeInTheDocument()
  })

  test("reads when a token was last used before it is revoked", async () => {
    const token = makeToken("deploy")
    serveTokens([token])
    const { user } = openApp(pagePaths.tokens())
    const button = await screen.findByRole("button", { name: /^Revoke token deploy/ })
    token.lastUsedAt = "2026-11-24T09:00:00.000Z"
    token.lastUsedFrom = "192.0.2.7"
    await user.click(button)
    const dialog = screen.getByRole("dialog", { name: "Revoke token deploy?" })
    await waitFor(() => expect(dialog).toHaveTextContent(/It was last used .* from 192\.0\.2\.7\./))
  })

  test("says so when a token can't be revoked", async () => {
    serveTokens([makeToken("deploy")])
    mockBff.use(http.delete("/api/tokens/:id", () => HttpResponse.error()))
    const { user } = openApp(pagePaths.tokens())
    await user.click(await screen.findByRole("button", { name: "Revoke token deploy" }))
    await user.click(screen.getByRole("button", { name: "Revoke token" }))
    expect(await within(screen.getByRole("dialog")).findByText("Can't reach the server")).toBeVisible()
  })

  test("offers a viewer no token, and says whom to ask", async () => {
    signInAs(inOneProject("viewer"))
    serveTokens([])
    openApp(pagePaths.tokens())
    expect(await screen.findByText("Only requesters and administrators can create API tokens")).toBeVisible()
    expect(screen.getByText("To get the role, ask the platform team.")).toBeVisible()
    for (const name of ["New token", "Everyone's"])
      expect(screen.queryByRole(name === "New token" ? "button" : "radio", { name })).toBeNull()
  })
})

describe("a new API token", () => {
  test("is created for chosen projects and shown once, with a call that keeps it out of the history", async () => {
    const { created } = serveTokens([])
    const { user, dialog } = await openForm()
    await user.type(dialog.getByLabelText("Name"), "deploy")
    await user.click(await dialog.findByLabelText("payments-prod"))
    await user.selectOptions(dialog.getByLabelText("Role"), "requester")
    await user.selectOptions(dialog.getByLabelText("Expires in"), "30")
    await user.click(dialog.getByRole("button", { name: "Create token" }))
    const done = within(await screen.findByRole("dialog", { name: "Token deploy created" }))
    expect(created).toEqual([{ name: "deploy", projects: [projectId], role: "requester", expiresInDays: 30 }])
    expect(done.getByText(secret)).toBeVisible()
    expect(done.getByText("Copy it now. You won't see it again.")).toBeVisible()
    expect(done.getByText(/--config -/).textContent).toBe(
      [
        `printf 'url = "%s"\\nheader = "Authorization: Bearer %s"\\n' \\`,
        `'${location.origin}/api/projects/${projectId}/peerings' "\${PEERING_DESK_TOKEN:?Read the token first}" |`,
        "curl --silent --show-error --fail-with-body --config -",
      ].join("\n"),
    )
    await user.click(done.getByRole("button", { name: "Done" }))
    expect(await rowOf("deploy")).toBeVisible()
    expect(document.body).not.toHaveTextContent(secret)
  })

  test("offers a requester their projects and roles alone, the only project chosen", async () => {
    signInAs({ everywhere: null, projects: { [projectId]: "requester", [otherProjectId]: "viewer" } })
    const { created } = serveTokens([])
    const { user, dialog } = await openForm()
    const [project, ...others] = await dialog.findAllByRole("checkbox")
    expect(project).toBeChecked()
    expect(others).toEqual([])
    expect(
      within(dialog.getByLabelText("Role"))
        .getAllByRole("option")
        .map(({ textContent }) => textContent),
    ).toEqual(["Viewer: read only", "Requester: create, change and delete"])
    expect(dialog.queryByRole("radio", { name: "All projects" })).toBeNull()
    await user.type(dialog.getByLabelText("Name"), "report")
    await user.click(dialog.getByRole("button", { name: "Create token" }))
    await screen.findByRole("dialog", { name: "Token report created" })
    expect(created).toEqual([{ name: "report", projects: [projectId], role: "viewer", expiresInDays: 90 }])
  })

  test("offers a role that its maker has in a project, and falls to the highest they have in the chosen ones", async () => {
    signInAs({ everywhere: null, projects: { [projectId]: "requester", [otherProjectId]: "administrator" } })
    serveTokens([])
    const { user, dialog } = await openForm()
    const role = dialog.getByLabelText("Role")
    await user.selectOptions(role, "administrator")
    const [first] = await dialog.findAllByRole("checkbox")
    await user.click(first!)
    expect(role).toHaveDisplayValue(/^Requester/)
  })

  test("offers no role that its maker has in no project", async () => {
    signInAs({ everywhere: null, projects: { [projectId]: "requester", [otherProjectId]: "requester" } })
    serveTokens([])
    const { dialog } = await openForm()
    expect(within(dialog.getByLabelText("Role")).queryByRole("option", { name: /^Administrator/ })).toBeNull()
  })

  test("may be for all projects where its maker has a role in all", async () => {
    const { created } = serveTokens([])
    const { user, dialog } = await openForm()
    await user.type(dialog.getByLabelText("Name"), "inventory")
    await user.click(dialog.getByRole("radio", { name: "All projects" }))
    await user.click(dialog.getByRole("button", { name: "Create token" }))
    await screen.findByRole("dialog", { name: "Token inventory created" })
    expect(created).toMatchObject([{ projects: "*", role: "viewer" }])
  })

  test("is created once on a double click, and its secret stays", async () => {
    const { created } = serveTokens([])
    const { user, dialog } = await openForm()
    await user.type(dialog.getByLabelText("Name"), "inventory")
    await user.click(dialog.getByRole("radio", { name: "All projects" }))
    const button = dialog.getByRole("button", { name: "Create token" })
    fireEvent.click(button)
    fireEvent.click(button)
    await screen.findByRole("dialog", { name: "Token inventory created" })
    expect(created).toHaveLength(1)
  })

  test("needs a name and a project, and says what the server finds wrong", async () => {
    const { created } = serveTokens([])
    const { user, dialog } = await openForm()
    await dialog.findByLabelText("payments-prod")
    await user.click(dialog.getByRole("button", { name: "Create token" }))
    expect(dialog.getByLabelText("Name")).toHaveFocus()
    expect(dialog.getByText("Enter a name")).toBeVisible()
    expect(dialog.getByText("Choose a project")).toBeVisible()
    expect(created).toEqual([])
    mockBff.use(
      http.post("/api/tokens", () =>
        HttpResponse.json(
          {
            type: "about:blank",
            title: "",
            status: 400,
            code: "invalid_request",
            requestId: "req-1234",
            fields: { name: "You have a token with this name" },
          },
          { status: 400 },
        ),
      ),
    )
    await user.type(dialog.getByLabelText("Name"), "deploy")
    await user.click(dialog.getByLabelText("payments-prod"))
    await user.click(dialog.getByRole("button", { name: "Create token" }))
    expect(await dialog.findByText("You have a token with this name")).toBeVisible()
    expect(dialog.getByLabelText("Name")).toHaveFocus()
  })
})
