import { readFileSync } from "node:fs"
import { join } from "node:path"
import { runInThisContext } from "node:vm"
import { keep, toPlace } from "#features/create-peering/draft/draft-storage.ts"
import { apiUrls, requestedByHeader } from "@peering-desk/shared-schemas"
import { act, cleanup, screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import type { UserEvent } from "@testing-library/user-event"
import { describe, expect, onTestFinished, test, vi } from "vitest"
import { answer, listOf, mockBff, refuse, signedOut } from "#mock-bff/mock-bff.ts"
import { noteSignedOut } from "#api/session-marks.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const list = pagePaths.connections(projectId)
const nobody = makeSession({ everywhere: null })
const auditor = makeSession({ everywhere: null, auditor: true })
const signInLink = (name: RegExp) => screen.findByRole("link", { name })
const heading = (name: string) => screen.findByRole("heading", { level: 1, name })

const info = (more = {}) =>
  answer(apiUrls.signInInfo(), {
    organisation: "Example Corp",
    providerHost: "login.example.com",
    isDemo: false,
    isSignedIn: false,
    ...more,
  })

/** Records the paths of all calls that the server refuses for lack of a session. */
function recordRefusedCalls(): string[] {
  const refused: string[] = []
  mockBff.events.removeAllListeners()
  mockBff.events.on("response:mocked", ({ request, response }) => {
    if (response.status === 401) refused.push(new URL(request.url).pathname)
  })
  return refused
}

async function openAccountMenu(user: UserEvent): Promise<void> {
  await user.click(await screen.findByRole("button", { name: /your account/ }))
}

describe("the sign-in page", () => {
  test("names product, organisation and provider, and leads back to the same address", async () => {
    mockBff.use(info(), signedOut())
    const { browser } = openApp(`${list}?cloud=AWS`)
    await heading("Peering Desk")
    expect(await screen.findByText("MongoDB Atlas network peering for Example Corp")).toBeVisible()
    expect(screen.getByText("Sign-in by login.example.com")).toBeVisible()
    expect(screen.getByText(/^You'll return to/)).toHaveTextContent("your project's connections")
    expect(await signInLink(/^Continue with SSO$/)).toHaveAttribute(
      "href",
      apiUrls.signIn({ return: `${list}?cloud=AWS` }),
    )
    expect(document.title).toBe("Sign in · Peering Desk")
    expect(screen.queryByRole("navigation")).toBeNull()
    expect(screen.queryByText("Demo.")).toBeNull()
    expect(browser.sources).toEqual([])
  })

  test("a first visit makes no call that the server refuses", async () => {
    const refused = recordRefusedCalls()
    mockBff.use(info(), signedOut())
    openApp(list, { isFirstVisit: true })
    await heading("Peering Desk")
    expect(refused).toEqual([])
  })

  test("a browser that was not used before finds the session it just got", async () => {
    mockBff.use(info({ isSignedIn: true }), listOf([makePeering("AZURE")]))
    openApp(list, { isFirstVisit: true })
    expect(await screen.findByRole("row", { name: /vnet-crm/ })).toBeVisible()
  })

  test("says in the demo that everything is simulated", async () => {
    mockBff.use(info({ organisation: null, isDemo: true }), signedOut())
    openApp("/")
    expect(await screen.findByText("Demo.")).toBeVisible()
    expect(screen.getByText("MongoDB Atlas network peering")).toBeVisible()
  })

  test("says after a sign-out that the person is signed out", async () => {
    mockBff.use(http.post(apiUrls.signOut(), () => HttpResponse.json({ goTo: "#signed-out" })))
    const { user } = openApp(list)
    await openAccountMenu(user)
    await user.click(await screen.findByText("Sign out"))
    await waitFor(() => expect(location.hash).toBe("#signed-out"))
    cleanup()
    mockBff.use(info(), signedOut())
    openApp("/", { isFirstVisit: true })
    await heading("You're signed out")
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
    await heading("Your session ended")
    expect(screen.getByRole("alert")).toHaveTextContent("You'll need to re-enter unsaved changes.")
    expect(await signInLink(/Continue with SSO/)).toHaveAttribute("href", apiUrls.signIn({ return: list }))
    expect(document.body).not.toHaveTextContent("vpc-0a1b2c3d4e5f60718")
    await waitFor(() => expect(browser.openSources).toEqual([]))
  })

  test("the session ends when the stream is refused", async () => {
    const { openStream, cutStream } = openApp(list)
    await openStream()
    mockBff.use(signedOut())
    cutStream({ refused: true })
    expect(await heading("Your session ended")).toBeVisible()
  })

  test("the session ends when any call says so, and comes back after a sign-in in another tab", async () => {
    mockBff.use(refuse(apiUrls.peerings(projectId), "atlas_unreachable", { status: 503 }))
    const { user, comeBack } = openApp(list)
    const again = await screen.findByRole("button", { name: "Try again" })
    mockBff.use(signedOut())
    await user.click(again)
    await heading("Your session ended")
    mockBff.resetHandlers()
    mockBff.use(info({ isSignedIn: true }), listOf([makePeering("AZURE")]))
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

  test.each([
    ["in another tab", ({ comeBack }: ReturnType<typeof openApp>) => comeBack()],
    ["in a window beside this one", () => window.dispatchEvent(new Event("focus"))],
  ])("somebody else who signs in %s sees nothing of what the first one saw", async (_where, comeBack) => {
    mockBff.use(listOf([makePeering("AWS")]))
    const app = openApp(list)
    await screen.findByRole("row", { name: /vpc-/ })
    mockBff.use(answer(apiUrls.session(), makeSession({}, "Nadia Berg")), listOf([makePeering("AZURE")]))
    comeBack(app)
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

  // The browser sends the event to every tab but the one that wrote.
  const signOutElsewhere = () => {
    noteSignedOut()
    for (const key of Object.keys(localStorage)) window.dispatchEvent(new StorageEvent("storage", { key }))
  }
  test.each(["before", "after"])(
    "a sign-out in another tab closes a half-filled form, %s its stream ends, and nothing of it stays",
    async (when) => {
      const { user, openStream, signOutStream } = openApp(pagePaths.newConnection(projectId))
      await user.type(await screen.findByLabelText("VPC ID"), "vpc-0a1b")
      await openStream()
      mockBff.use(info(), signedOut())
      if (when === "before") signOutElsewhere()
      signOutStream()
      if (when === "after") {
        await screen.findByRole("alert")
        signOutElsewhere()
      }
      await heading("You're signed out")
      expect(screen.queryByRole("textbox")).toBeNull()
      expect(JSON.stringify(Object.entries(localStorage))).not.toContain("vpc-")
    },
  )
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
    expect(button).toHaveAccessibleDescription(/Read-only here. Ask the platform team for the requester role/)
    await user.click(button)
    expect(location.pathname).toBe(list)
    expect(screen.queryByRole("link", { name: "Audit log" })).toBeNull()
    expect(screen.queryByRole("link", { name: "Atlas keys" })).toBeNull()
  })

  test.each([
    ["requester", makeSession(inOneProject("requester")), []],
    ["administrator of one project", makeSession(inOneProject("administrator")), ["Cloud accounts"]],
    ["global administrator", makeSession(), ["Audit log", "Cloud accounts", "Atlas keys"]],
    ["viewer and auditor", makeSession({ ...inOneProject("viewer"), auditor: true }), ["Audit log"]],
  ])("the sidebar of a %s has the pages that they may use", async (_, session, more) => {
    mockBff.use(answer(apiUrls.session(), session))
    openApp(list)
    await screen.findByRole("button", { name: /your account/ })
    const links = within(screen.getByRole("navigation", { name: "Pages" })).getAllByRole("link")
    const names = links.map(({ textContent }) => textContent)
    const forAll = ["Overview", "Connections", "Address space", "Notifications"]
    expect(names.slice(0, 4 + more.length)).toEqual([...forAll, ...more])
  })

  test("an auditor sees the audit log and nothing else", async () => {
    mockBff.use(
      answer(apiUrls.session(), auditor),
      answer(apiUrls.projects(), { projects: [] }),
      answer("/api/audit", { rows: [], nextBefore: null }),
    )
    openApp("/")
    await heading("Audit log")
    expect(location.pathname).toBe("/audit")
    const links = within(screen.getByRole("navigation", { name: "Pages" })).getAllByRole("link")
    expect(links.map(({ textContent }) => textContent)).toEqual(["Audit log"])
    expect(screen.queryByRole("button", { name: /^Project:/ })).toBeNull()
  })

  test("an auditor at a project's address sees their role, whom to ask and the way on", async () => {
    mockBff.use(answer(apiUrls.session(), auditor), answer(apiUrls.projects(), { projects: [] }))
    openApp(pagePaths.newConnection(projectId))
    await heading("No access to projects")
    expect(screen.getByRole("main")).toHaveTextContent(
      "To view a project, ask the platform team for a role in that project.",
    )
    expect(screen.getByRole("link", { name: "Open audit log" })).toHaveAttribute("href", "/audit")
    expect(screen.queryByRole("textbox")).toBeNull()
  })

  test("a person without a role sees whom to ask and what to send, and can check again", async () => {
    mockBff.use(answer(apiUrls.session(), nobody))
    const { user } = openApp(list)
    await heading("You don't have access yet")
    expect(screen.getByRole("main")).toHaveTextContent("To get a role, ask the platform team.")
    expect(screen.getByText(/^Please give me access/)).toHaveTextContent(
      "Identity provider: https://id.example",
    )
    expect(screen.getByRole("button", { name: /^Copy for Include this in your request/ })).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Check now" }))
    expect(await screen.findByText(/^Still no access/)).toHaveTextContent("Still no access (checked 10:07).")
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
    await user.click(screen.getByRole("button", { name: "Check now" }))
    await heading("Connections")
  })
})

// A closed popover, which the test browser cannot open.
describe("the account menu", () => {
  test("shows the person and the role in its button and in the menu", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("requester"), "Nadia Berg")))
    const { user } = openApp(list)
    const button = await screen.findByRole("button", { name: "NB Nadia Berg Requester, your account" })
    expect(button).toHaveTextContent("NB Nadia Berg Requester, your account")
    await user.click(button)
    expect(await screen.findByText("Requester in payments-prod")).toBeInTheDocument()
    expect(screen.getByText("Your sessions")).toHaveAttribute("href", "/sessions")
  })

  test("the account menu closes when one of its links is followed on a page of all projects", async () => {
    mockBff.use(answer("/api/sessions", { sessions: [] }))
    const { user } = openApp(pagePaths.allConnections())
    await openAccountMenu(user)
    await user.click(await screen.findByText("Your sessions"))
    await heading("Your sessions")
    expect(screen.queryByText("About Peering Desk")).toBeNull()
  })

  test.each([
    ["the build", "1.2.3", "0123456789ab"],
    ["no build", undefined, undefined],
  ])(
    "the About dialog shows the version and commit of %s, and leads to the licences",
    async (_, version, commit) => {
      vi.stubEnv("BUILD_VERSION", version)
      vi.stubEnv("BUILD_COMMIT", commit)
      onTestFinished(() => void vi.unstubAllEnvs())
      const { user } = openApp(list)
      await openAccountMenu(user)
      await user.click(await screen.findByText("About Peering Desk"))
      const dialog = await screen.findByRole("dialog", { name: "About Peering Desk" })
      const facts = within(dialog).getAllByRole("definition")
      expect(facts.map(({ textContent }) => textContent)).toEqual([version ?? "unknown", commit ?? "unknown"])
      const link = within(dialog).getByRole("link", { name: "Third-party licences (opens in a new tab)" })
      expect(link).toHaveAttribute("href", "/licences.txt")
      await user.click(within(dialog).getByRole("button", { name: "Close" }))
      expect(screen.queryByRole("dialog")).toBeNull()
    },
  )

  test("switches the theme and keeps it in this browser", async () => {
    const { user } = openApp(list)
    await openAccountMenu(user)
    await user.click(await screen.findByLabelText("Dark"))
    expect(document.documentElement.dataset["theme"]).toBe("dark")
    expect(localStorage.getItem("peering-desk:theme")).toBe("dark")
    await user.click(screen.getByLabelText("System"))
    expect(document.documentElement.dataset["theme"]).toBeUndefined()
    expect(localStorage.getItem("peering-desk:theme")).toBeNull()
  })

  test("follows the theme that another tab chose", async () => {
    runInThisContext(readFileSync(join(import.meta.dirname, "../../../public/theme.js"), "utf8"))
    const { user } = openApp(list)
    await openAccountMenu(user)
    const dark = await screen.findByLabelText("Dark")
    const choose = (newValue: string | null) =>
      act(() => void dispatchEvent(new StorageEvent("storage", { key: "peering-desk:theme", newValue })))
    choose("dark")
    expect(document.documentElement.dataset["theme"]).toBe("dark")
    expect(dark).toBeChecked()
    choose(null)
    expect(document.documentElement.dataset["theme"]).toBeUndefined()
    expect(screen.getByLabelText("System")).toBeChecked()
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
    await openAccountMenu(user)
    await user.click(await screen.findByText("Sign out"))
    await waitFor(() => expect(location.hash).toBe("#signed-out-there"))
    expect(header).toBe("1")
  })

  test("signing out removes the drafts of this browser and keeps its settings", async () => {
    mockBff.use(http.post(apiUrls.signOut(), () => HttpResponse.json({ goTo: "#drafts-removed" })))
    const owner = { issuer: "https://sso.example", subject: "olivia", projectId: "0123456789abcdef01234567" }
    keep(toPlace(owner, "AWS"), { vpcId: "vpc-0a1b2c3d4e5f60718", awsAccountId: "482913570264" })
    localStorage.setItem("peering-desk:theme", "dark")
    const { user } = openApp(list)
    await openAccountMenu(user)
    await user.click(await screen.findByText("Sign out"))
    await waitFor(() => expect(location.hash).toBe("#drafts-removed"))
    expect(JSON.stringify(Object.entries(localStorage))).not.toMatch(/vpc-|482913570264/)
    expect(localStorage.getItem("peering-desk:theme")).toBe("dark")
  })

  test("says so when signing out fails", async () => {
    mockBff.use(http.post(apiUrls.signOut(), () => HttpResponse.error()))
    const { user } = openApp(list)
    await openAccountMenu(user)
    await user.click(await screen.findByText("Sign out"))
    expect(await screen.findByText("Can't reach the server")).toBeInTheDocument()
  })
})
