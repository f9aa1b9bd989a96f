import { apiUrls, requestedByHeader } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { answer, listOf, mockBff, refuse, signedOut } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const list = pagePaths.connections(projectId)
const nobody = makeSession({ everywhere: null })
const auditor = makeSession({ everywhere: null, auditor: true })
const signInLink = (name: RegExp) => screen.findByRole("link", { name })
const heading = (name: string) => screen.findByRole("heading", { level: 1, name })

describe("nobody is signed in", () => {
  test("the page says so and leads to the sign-in and back to the same address", async () => {
    mockBff.use(signedOut())
    const { browser } = openApp(`${list}?cloud=AWS`)
    await heading("Sign in to see this page")
    expect(await signInLink(/^Sign in$/)).toHaveAttribute(
      "href",
      apiUrls.signIn({ return: `${list}?cloud=AWS` }),
    )
    expect(screen.queryByRole("combobox", { name: "Project" })).toBeNull()
    expect(browser.sources).toEqual([])
  })
})

describe("the session ends", () => {
  test("the session ends by an event of the stream: no data stays, and the stream is closed", async () => {
    mockBff.use(listOf([makePeering("AWS")]))
    const { openStream, signOutStream, browser } = openApp(list)
    await screen.findByRole("row", { name: /vpc-/ })
    await openStream()
    mockBff.use(signedOut())
    signOutStream()
    await heading("Your session has ended")
    expect(document.body).not.toHaveTextContent("is kept")
    expect(await signInLink(/Sign in again/)).toHaveAttribute("href", apiUrls.signIn({ return: list }))
    expect(document.body).not.toHaveTextContent("vpc-0a1b2c3d4e5f60718")
    await waitFor(() => expect(browser.openSources).toEqual([]))
  })

  test("the session ends when the stream is refused", async () => {
    const { openStream, cutStream } = openApp(list)
    await openStream()
    mockBff.use(signedOut())
    cutStream({ refused: true })
    expect(await heading("Your session has ended")).toBeVisible()
  })

  test("the session ends when any call says so, and comes back after a sign-in in another tab", async () => {
    mockBff.use(refuse(apiUrls.peerings(projectId), "atlas_unreachable", { status: 503 }))
    const { user, comeBack } = openApp(list)
    const again = await screen.findByRole("button", { name: "Try again" })
    mockBff.use(signedOut())
    await user.click(again)
    await heading("Your session has ended")
    mockBff.resetHandlers()
    mockBff.use(listOf([makePeering("AZURE")]))
    comeBack()
    expect(await screen.findByRole("row", { name: /vnet-crm/ })).toBeVisible()
  })

  test("a stream that is refused while the session goes on is no end of it", async () => {
    const { openStream, cutStream } = openApp(list)
    await openStream()
    let asked = 0
    mockBff.use(
      http.get(apiUrls.session(), () => {
        asked += 1
        return HttpResponse.json(makeSession())
      }),
    )
    cutStream({ refused: true })
    await waitFor(() => expect(asked).toBe(1))
    await heading("Connections")
  })

  test("somebody else who signs in sees nothing of what the first one saw", async () => {
    mockBff.use(listOf([makePeering("AWS")]))
    const { comeBack } = openApp(list)
    await screen.findByRole("row", { name: /vpc-/ })
    mockBff.use(answer(apiUrls.session(), makeSession({}, "Nadia Berg")), listOf([makePeering("AZURE")]))
    comeBack()
    expect(await screen.findByRole("row", { name: /vnet-crm/ })).toBeVisible()
    expect(screen.queryByRole("row", { name: /vpc-/ })).toBeNull()
  })
})

describe("a half-filled form stays open after the session ends", () => {
  test("the session ends: the form stays as it is, and can be filled in further", async () => {
    const { user, openStream, signOutStream } = openApp(pagePaths.newConnection(projectId))
    await user.type(await screen.findByLabelText("VPC ID"), "vpc-0a1b")
    await openStream()
    mockBff.use(signedOut())
    signOutStream()
    const notice = await screen.findByRole("alert")
    expect(notice).toHaveTextContent("What you typed is kept in this browser.")
    expect(within(notice).getByRole("link", { name: "Sign in again" })).toHaveAttribute(
      "href",
      apiUrls.signIn({ return: pagePaths.newConnection(projectId) }),
    )
    await user.type(screen.getByLabelText("VPC ID"), "2c3d")
    expect(screen.getByLabelText("VPC ID")).toHaveValue("vpc-0a1b2c3d")

    openApp(pagePaths.newConnection(projectId))
    await waitFor(() => expect(screen.getAllByLabelText("VPC ID").at(-1)).toHaveValue("vpc-0a1b2c3d"))
  })
})

describe("Actions without the right", () => {
  test("a viewer sees the way to a new connection, disabled, with the reason and whom to ask", async () => {
    mockBff.use(
      answer(apiUrls.session(), makeSession(inOneProject("viewer"))),
      listOf([makePeering("AZURE")]),
    )
    const { user } = openApp(list)
    const button = await screen.findByRole("button", { name: "New connection" })
    expect(button).toHaveAttribute("aria-disabled", "true")
    expect(button).toHaveAccessibleDescription(/You may look at this project.*ask the platform team/)
    await user.click(button)
    expect(location.pathname).toBe(list)
    expect(screen.queryByRole("link", { name: "Audit" })).toBeNull()
    expect(screen.queryByRole("link", { name: "Keys" })).toBeNull()
  })

  test.each([
    ["requester", makeSession(inOneProject("requester")), ["Connections", "Map"]],
    ["administrator of one project", makeSession(inOneProject("administrator")), ["Connections", "Map"]],
    ["administrator of everything", makeSession(), ["Connections", "Estate", "Map", "Audit", "Keys"]],
    [
      "viewer who is auditor too",
      makeSession({ ...inOneProject("viewer"), auditor: true }),
      ["Connections", "Map", "Audit"],
    ],
  ])("the pages of a %s", async (_, session, pages) => {
    mockBff.use(answer(apiUrls.session(), session))
    openApp(list)
    await screen.findByRole("button", { name: /your account/ })
    const links = within(screen.getByRole("navigation", { name: "Pages" })).getAllByRole("link")
    expect(links.map(({ textContent }) => textContent)).toEqual(pages)
  })

  test("an auditor sees the audit trail and nothing else", async () => {
    mockBff.use(
      answer(apiUrls.session(), auditor),
      answer(apiUrls.projects(), { projects: [] }),
      answer("/api/audit", { rows: [], nextBefore: null }),
    )
    openApp("/")
    await heading("Audit trail")
    expect(location.pathname).toBe("/audit")
    const links = within(screen.getByRole("navigation", { name: "Pages" })).getAllByRole("link")
    expect(links.map(({ textContent }) => textContent)).toEqual(["Audit"])
    expect(screen.queryByRole("combobox", { name: "Project" })).toBeNull()
  })

  test("a person without a role sees their identity and whom to ask, and can check again", async () => {
    mockBff.use(answer(apiUrls.session(), nobody))
    const { user } = openApp(list)
    await heading("No access yet")
    expect(screen.getByRole("main")).toHaveTextContent("Ask the platform team.")
    expect(screen.getByText("https://id.example")).toBeVisible()
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
    await user.click(screen.getByRole("button", { name: "Look again" }))
    await heading("Connections")
  })
})

// A closed popover, which the test browser cannot open.
describe("the account menu", () => {
  test("says who one is and what one may do here", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("requester"), "Nadia Berg")))
    openApp(list)
    expect(await screen.findByRole("button", { name: "Nadia Berg, your account" })).toHaveTextContent("NB")
    expect(screen.getByText(/Requester of this project: may look and create/)).toBeInTheDocument()
    expect(screen.getByText("Your sessions")).toHaveAttribute("href", "/sessions")
  })

  test("signs out and goes where the identity provider wants one", async () => {
    let header: string | null = null
    mockBff.use(
      http.post(apiUrls.signOut(), ({ request }) => {
        header = request.headers.get(requestedByHeader)
        return HttpResponse.json({ goTo: "#signed-out-there" })
      }),
    )
    const { user } = openApp(list)
    await user.click(await screen.findByText("Sign out"))
    await waitFor(() => expect(location.hash).toBe("#signed-out-there"))
    expect(header).toBe("1")
  })

  test("says so when signing out fails", async () => {
    mockBff.use(http.post(apiUrls.signOut(), () => HttpResponse.error()))
    const { user } = openApp(list)
    await user.click(await screen.findByText("Sign out"))
    expect(await screen.findByText("This server cannot be reached")).toBeInTheDocument()
  })
})
