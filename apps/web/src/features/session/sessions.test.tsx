import { apiUrls, personHeader, type SessionEntry } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { answer, answerProblem, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makeSession } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
const chrome =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"

function entry(id: string, browser: string, more: Partial<SessionEntry> = {}): SessionEntry {
  return {
    id,
    user: makeSession().user,
    current: false,
    signedInAt: "2026-11-24T08:00:00.000Z",
    lastSeenAt: "2026-11-24T10:05:00.000Z",
    endsAt: "2026-11-24T20:00:00.000Z",
    address: "10.0.0.7",
    browser,
    tokens: 0,
    ...more,
  }
}

const own = [entry("one", chrome, { current: true }), entry("two", firefox)]

/** Answers the own sessions, of which the ended ones are gone. */
function serveSessions(sessions: SessionEntry[]) {
  const ended: string[] = []
  mockBff.use(
    http.get("/api/sessions", ({ request }) =>
      HttpResponse.json({
        sessions: (request.url.includes("everybody") ? [...sessions, nadias] : sessions).filter(
          ({ id }) => !ended.includes(id),
        ),
      }),
    ),
    http.delete("/api/sessions/:id", ({ params }) => {
      ended.push(String(params["id"]))
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return ended
}

const nadias = entry("three", firefox, { user: makeSession({}, "Nadia Berg").user })
const items = () => screen.findAllByRole("row", { name: /Chrome|Firefox/ })

const endButton = () => screen.findByRole("button", { name: "End session of Firefox on Windows" })
const confirm = (user: ReturnType<typeof openApp>["user"]) =>
  user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "End session" }))

describe("one's sessions", () => {
  test("are listed by what the browser is, with this one marked", async () => {
    serveSessions(own)
    openApp(pagePaths.sessions())
    const [first, second] = await items()
    expect(first).toHaveTextContent("Chrome on LinuxThis browser")
    expect(second).toHaveTextContent("Firefox on Windows10.0.0.708:0010:0520:00End session")
  })

  test("a press is sent for who sees the page, and shows who signed in beside it when the server refuses", async () => {
    serveSessions(own)
    const { user } = openApp(pagePaths.sessions())
    await user.click(await endButton())
    const nadia = makeSession({}, "Nadia Berg")
    const sentFor: (string | null)[] = []
    mockBff.use(
      answer(apiUrls.session(), nadia),
      http.delete("/api/sessions/:id", ({ request }) => {
        sentFor.push(request.headers.get(personHeader))
        return answerProblem({ status: 409, code: "other_person" })
      }),
    )
    await confirm(user)
    expect(await screen.findByRole("button", { name: /Nadia Berg/ })).toBeVisible()
    expect(sentFor).toEqual([makeSession().personKey])
  })

  test("can be ended one by one", async () => {
    const ended = serveSessions(own)
    const { user } = openApp(pagePaths.sessions())
    await user.click(await endButton())
    const dialog = screen.getByRole("dialog", { name: "End session of Firefox on Windows?" })
    expect(dialog).toHaveTextContent("The browser at 10.0.0.7 is signed out within seconds.")
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }))
    expect(ended).toEqual([])
    await user.click(await endButton())
    await confirm(user)
    await waitFor(async () => expect(await items()).toHaveLength(1))
    expect(ended).toEqual(["two"])
    expect(screen.getByText("Session ended")).toBeInTheDocument()
  })

  test("a double click on the answer of a question sends it once", async () => {
    const ended = serveSessions(own)
    const { user } = openApp(pagePaths.sessions())
    await user.click(await endButton())
    const button = within(screen.getByRole("dialog")).getByRole("button", { name: "End session" })
    button.click()
    button.click()
    await waitFor(async () => expect(await items()).toHaveLength(1))
    expect(ended).toEqual(["two"])
  })

  test("ending one says which API tokens end with it", async () => {
    serveSessions([own[0] ?? entry("one", chrome), entry("two", firefox, { tokens: 2 })])
    const { user } = openApp(pagePaths.sessions())
    await user.click(await endButton())
    expect(screen.getByRole("dialog")).toHaveTextContent(
      "2 API tokens that were created in this session are revoked.",
    )
  })

  test("sessions that can't be ended say so", async () => {
    serveSessions(own)
    mockBff.use(http.delete("/api/sessions/:id", () => HttpResponse.error()))
    const { user } = openApp(pagePaths.sessions())
    await user.click(await endButton())
    await confirm(user)
    expect(await within(screen.getByRole("dialog")).findByText("Can't reach the server")).toBeVisible()
  })

  test("one that ended meanwhile is said to be gone, not the page", async () => {
    serveSessions(own)
    const gone = { code: "not_found", status: 404, detail: "No such session." } as const
    mockBff.use(http.delete("/api/sessions/:id", () => answerProblem(gone)))
    const { user } = openApp(pagePaths.sessions())
    await user.click(await endButton())
    await confirm(user)
    expect(await screen.findByText("No such session.")).toBeVisible()
    expect(screen.getByRole("dialog")).toHaveTextContent("Not found")
    expect(screen.queryByText("Page not found")).toBeNull()
  })

  test("this one is ended by signing out", async () => {
    serveSessions(own)
    mockBff.use(http.post(apiUrls.signOut(), () => HttpResponse.json({ goTo: "#gone" })))
    const { user } = openApp(pagePaths.sessions())
    await user.click(await screen.findByRole("button", { name: "Sign out of this browser" }))
    await waitFor(() => expect(location.hash).toBe("#gone"))
  })

  test("sessions that can't be read can be read again", async () => {
    mockBff.use(refuse(apiUrls.sessions(), "internal_error", { status: 500 }))
    const { user } = openApp(pagePaths.sessions())
    const again = await screen.findByRole("button", { name: "Try again" })
    serveSessions(own)
    await user.click(again)
    expect(await items()).toHaveLength(2)
  })
})

describe("everybody's sessions", () => {
  test("are shown to an administrator, by name, and the choice stays in the address", async () => {
    const ended = serveSessions(own)
    const { user } = openApp(pagePaths.sessions())
    await user.click(await screen.findByRole("radio", { name: "Everyone's" }))
    expect(location.search).toBe("?whose=everybody")
    await user.click(
      await screen.findByRole("button", { name: "End session of Nadia Berg, Firefox on Windows" }),
    )
    await confirm(user)
    await waitFor(() => expect(ended).toEqual(["three"]))
  })

  test("are offered to nobody else, whatever the address says", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("administrator"))))
    serveSessions(own)
    openApp(`${pagePaths.sessions()}?whose=everybody`)
    expect(await items()).toHaveLength(2)
    expect(screen.queryByRole("radio", { name: "Everyone's" })).toBeNull()
    expect(screen.getByRole("heading", { name: "Your sessions" })).toBeVisible()
  })
})
