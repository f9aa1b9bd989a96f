import {
  apiUrls,
  type Delivery,
  type Inbox,
  type MailChoice,
  type NotificationRoute,
  type NotificationRouteList,
} from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { answer, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const peeringId = "1112222b3bf99403840e8934"
const inbox: Inbox = {
  entries: [
    {
      number: 2,
      at: "2026-11-24T10:05:00.000Z",
      kind: "action-required",
      projectId,
      peeringId,
      says: "vpc-1 waits to be accepted in AWS account 482913570264.",
    },
    {
      number: 1,
      at: "2026-11-24T09:05:00.000Z",
      kind: "key-expires",
      projectId: null,
      peeringId: null,
      says: "The secret of the Atlas credential main expires on 1 Dec 2026, 10:00 UTC.",
    },
  ],
  readUpTo: 1,
  unread: 1,
}
const delivery: Delivery = {
  id: "d1",
  routeId: "r1",
  to: "payments",
  state: "failed",
  isTest: false,
  says: "vpc-1 failed: the addresses overlap.",
  eventCount: 1,
  createdAt: "2026-11-24T10:05:00.000Z",
  attempts: 9,
  lastAttemptAt: "2026-11-24T10:06:00.000Z",
  lastAnswer: "HTTP 503",
  nextAttemptAt: null,
}
const route: NotificationRoute = {
  id: "r1",
  name: "payments",
  channel: "webhook",
  place: "hooks.example.com",
  projects: [projectId],
  clouds: ["AWS"],
  events: ["failed", "available"],
  createdAt: "2026-11-24T10:00:00.000Z",
  createdBy: "Olivia Marsh",
  version: "v1",
  off: null,
  last: null,
}

const signInAs = (access: Parameters<typeof makeSession>[0]) =>
  mockBff.use(answer(apiUrls.session(), makeSession(access)))
const serveRoutes = (routes: NotificationRoute[], canMail = false) =>
  mockBff.use(answer(apiUrls.notificationRoutes(), { routes, canMail } satisfies NotificationRouteList))
const openRoutes = () => openApp(pagePaths.notifications("routes")).user
const rowOf = (name: string) => screen.findByRole("row", { name: new RegExp(name) })

describe("the inbox", () => {
  test("lists events with a link, marks the unread ones, and can be marked as read", async () => {
    const marked: unknown[] = []
    mockBff.use(
      answer(apiUrls.inbox(), { ...inbox }),
      runAudited("post", apiUrls.readInbox(), { ...inbox, readUpTo: 2, unread: 0 }, (sent) =>
        marked.push(sent),
      ),
    )
    const { user } = openApp(pagePaths.notifications())
    const row = await rowOf("vpc-1 waits")
    expect(row).toHaveTextContent("Action required (unread)")
    await waitFor(() => expect(row).toHaveTextContent("payments-prod"))
    expect(within(row).getByRole("link")).toHaveAttribute("href", pagePaths.connection(projectId, peeringId))
    expect(await rowOf("The secret of")).not.toHaveTextContent("unread")
    const [views] = screen.getAllByRole("link", { name: /^Inbox/ })
    expect(views).toHaveTextContent("Inbox 1")
    const pages = within(screen.getByRole("navigation", { name: "Pages" }))
    await waitFor(() =>
      expect(pages.getByRole("link", { name: /^Notifications/ })).toHaveTextContent("Notifications1 unread"),
    )
    await user.click(screen.getByRole("button", { name: "Mark 1 as read" }))
    await waitFor(() => expect(screen.queryByRole("button", { name: /as read/ })).toBeNull())
    expect(marked).toEqual([{ upTo: 2 }])
    expect(screen.getByText("All marked as read")).toBeInTheDocument()
  })

  test("is empty before the first event, and can be read again after a failure", async () => {
    mockBff.use(refuse(apiUrls.inbox(), "internal_error", { status: 500 }))
    const { user } = openApp(pagePaths.notifications())
    const again = await screen.findByRole("button", { name: "Try again" })
    mockBff.use(answer(apiUrls.inbox(), { entries: [], readUpTo: 0, unread: 0 } satisfies Inbox))
    await user.click(again)
    expect(await screen.findByText("No notifications yet")).toBeVisible()
  })
})

describe("the choice of e-mail", () => {
  const serve = (choice: Partial<MailChoice>) =>
    mockBff.use(
      answer(apiUrls.inboxMail(), {
        events: ["failed"],
        address: "o@example.com",
        addressProblem: null,
        canMail: true,
        ...choice,
      } satisfies MailChoice),
    )

  test("is saved, and offers a viewer no events of administrators", async () => {
    signInAs(inOneProject("viewer"))
    serve({})
    const sent: unknown[] = []
    mockBff.use(
      runAudited(
        "put",
        apiUrls.inboxMail(),
        { events: ["available", "failed"], address: "o@example.com", addressProblem: null, canMail: true },
        (body) => sent.push(body),
      ),
    )
    const { user } = openApp(pagePaths.notifications("email"))
    await user.click(await screen.findByRole("checkbox", { name: "Available" }))
    expect(screen.getByRole("checkbox", { name: "Failed" })).toBeChecked()
    expect(screen.queryByRole("checkbox", { name: "Atlas secret expires" })).toBeNull()
    await user.click(screen.getByRole("button", { name: "Save" }))
    expect(await screen.findByText("Saved")).toBeVisible()
    expect(sent).toEqual([{ events: ["failed", "available"] }])
  })

  test.each([
    [{ canMail: false }, "This server can't send e-mail"],
    [{ address: null, addressProblem: "missing" }, "Your account has no e-mail address"],
    [{ address: null, addressProblem: "unverified" }, "Your e-mail address isn't verified"],
    [{ address: null, addressProblem: "invalid" }, "Your e-mail address can't be used"],
  ] as const)("says why there is none: %j", async (choice, words) => {
    serve(choice)
    openApp(pagePaths.notifications("email"))
    expect(await screen.findByText(words)).toBeVisible()
  })

  test.each([
    ["administrator", /^Set SMTP_URL and SMTP_FROM/],
    ["viewer", /^To set up a mail server, ask /],
  ] as const)("tells the %s what to do about a server without mail", async (everywhere, words) => {
    signInAs({ everywhere })
    serve({ canMail: false })
    openApp(pagePaths.notifications("email"))
    const notice = await screen.findByText("This server can't send e-mail")
    await waitFor(() => expect(notice.nextElementSibling).toHaveTextContent(words))
  })
})

describe("notification routes", () => {
  test("show where they lead, what they send and what became of it", async () => {
    serveRoutes([
      route,
      { ...route, id: "r2", name: "down", last: delivery, projects: "*", clouds: ["AWS", "GCP", "AZURE"] },
      {
        ...route,
        id: "r3",
        name: "off",
        off: { at: "2026-11-24T10:00:00.000Z", why: "its target is gone (HTTP 410)" },
      },
      { ...route, id: "r4", name: "slow", last: { ...delivery, state: "waiting", attempts: 2 } },
    ])
    openRoutes()
    const row = await rowOf("^payments")
    expect(row).toHaveTextContent("paymentsWebhook · hooks.example.com")
    await waitFor(() => expect(row).toHaveTextContent("Failed and 1 morepayments-prod · AWS"))
    expect(row).toHaveTextContent("Nothing sent yet")
    expect(await rowOf("down")).toHaveTextContent("All projectsFailedHTTP 503")
    expect(await rowOf("off")).toHaveTextContent("OffIts target is gone (HTTP 410)")
    expect(await rowOf("slow")).toHaveTextContent("Trying againHTTP 503")
  })

  test("are added with a secret that is shown once", async () => {
    serveRoutes([])
    const sent: unknown[] = []
    mockBff.use(
      runAudited("post", apiUrls.notificationRoutes(), { route, secret: "whsec_c2VjcmV0" }, (body) =>
        sent.push(body),
      ),
    )
    const user = openRoutes()
    await user.click(await screen.findByRole("button", { name: "Add route" }))
    const dialog = within(await screen.findByRole("dialog", { name: "Add notification route" }))
    await waitFor(() => expect(dialog.getByLabelText("Name")).toHaveFocus())
    expect(within(dialog.getByLabelText("Send to")).queryByRole("option", { name: "E-mail" })).toBeNull()
    await user.click(dialog.getByRole("button", { name: "Add route" }))
    expect(dialog.getByText("Enter a name")).toBeVisible()
    await waitFor(() => expect(dialog.getByLabelText("Name")).toHaveFocus())
    await user.click(dialog.getByRole("button", { name: "Add route" }))
    await waitFor(() => expect(dialog.getByLabelText("Name")).toHaveFocus())
    expect(sent).toEqual([])
    await user.type(dialog.getByLabelText("Name"), "payments")
    await user.type(dialog.getByLabelText("Address"), "https://hooks.example.com/x\u200b")
    await user.click(dialog.getByRole("radio", { name: "Some projects" }))
    await user.click(dialog.getByRole("checkbox", { name: "payments-prod" }))
    await user.click(dialog.getByRole("checkbox", { name: "Azure" }))
    await user.click(dialog.getByRole("button", { name: "Add route" }))
    const done = within(await screen.findByRole("dialog", { name: "Signing secret of payments" }))
    expect(done.getByText("whsec_c2VjcmV0")).toBeVisible()
    expect(sent).toEqual([
      {
        name: "payments",
        channel: "webhook",
        url: "https://hooks.example.com/x",
        projects: [projectId],
        clouds: ["AWS", "GCP"],
        events: ["action-required", "expires-soon", "declined", "failed", "left-available"],
      },
    ])
    await user.click(done.getByRole("button", { name: "Done" }))
    expect(document.body).not.toHaveTextContent("whsec_")
  })

  test("keep their address in a change that enters none, and say what the server finds wrong", async () => {
    serveRoutes([route])
    const sent: unknown[] = []
    mockBff.use(
      runAudited(
        "patch",
        apiUrls.notificationRoute("r1"),
        {
          problem: {
            status: 400,
            code: "invalid_request",
            fields: { name: "There is a route with this name" },
          },
        },
        (body) => sent.push(body),
      ),
    )
    const user = openRoutes()
    await user.click(await screen.findByRole("button", { name: "More actions for payments" }))
    await user.click(await screen.findByRole("menuitem", { name: "Edit…", hidden: true }))
    const dialog = within(await screen.findByRole("dialog", { name: "Edit payments" }))
    expect(dialog.getByLabelText("Address")).toHaveAccessibleDescription(
      "Leave empty to keep hooks.example.com",
    )
    await user.click(dialog.getByRole("button", { name: "Save" }))
    expect(await dialog.findByText("There is a route with this name")).toBeVisible()
    await user.type(dialog.getByLabelText("Name"), "2")
    expect(dialog.queryByText("There is a route with this name")).toBeNull()
    expect(sent).toEqual([
      {
        name: "payments",
        projects: [projectId],
        clouds: ["AWS"],
        events: ["failed", "available"],
        version: "v1",
      },
    ])
  })

  test("keep what was typed when somebody else changed them meanwhile, and say so", async () => {
    serveRoutes([route])
    const problem = { status: 409, code: "route_changed" } as const
    mockBff.use(runAudited("patch", apiUrls.notificationRoute("r1"), { problem }))
    const user = openRoutes()
    await user.click(await screen.findByRole("button", { name: "More actions for payments" }))
    await user.click(await screen.findByRole("menuitem", { name: "Edit…", hidden: true }))
    const dialog = within(await screen.findByRole("dialog", { name: "Edit payments" }))
    await user.type(dialog.getByLabelText("Name"), " and ledger")
    await user.click(dialog.getByRole("button", { name: "Save" }))
    expect(await dialog.findByText("Somebody changed this route meanwhile")).toBeVisible()
    expect(dialog.getByLabelText("Name")).toHaveValue("payments and ledger")
  })

  test("show in their dialog what the server finds wrong with a value that has no field there", async () => {
    serveRoutes([route])
    const fields = { name: "There is a route with this name", version: "Use the version as it was read" }
    const problem = { status: 400, code: "invalid_request", fields } as const
    mockBff.use(runAudited("patch", apiUrls.notificationRoute("r1"), { problem }))
    const user = openRoutes()
    await user.click(await screen.findByRole("button", { name: "More actions for payments" }))
    await user.click(await screen.findByRole("menuitem", { name: "Edit…", hidden: true }))
    const dialog = within(await screen.findByRole("dialog", { name: "Edit payments" }))
    await user.click(dialog.getByRole("button", { name: "Save" }))
    expect(await dialog.findByText("version: Use the version as it was read")).toBeVisible()
    expect(dialog.getByText("There is a route with this name")).toBeVisible()
  })

  test("get a new secret after a question", async () => {
    serveRoutes([route])
    const sent: unknown[] = []
    const changed = { route, secret: "whsec_c2VjcmV0" }
    mockBff.use(runAudited("patch", apiUrls.notificationRoute("r1"), changed, (body) => sent.push(body)))
    const user = openRoutes()
    await user.click(await screen.findByRole("button", { name: "More actions for payments" }))
    await user.click(await screen.findByRole("menuitem", { name: "Edit…", hidden: true }))
    await user.click(await screen.findByRole("button", { name: /^Make new secret/ }))
    const question = within(screen.getByRole("dialog", { name: "Make a new secret for payments?" }))
    expect(sent).toEqual([])
    await user.click(question.getByRole("button", { name: "Make new secret" }))
    expect(await screen.findByRole("dialog", { name: "Signing secret of payments" })).toBeVisible()
    expect(sent).toEqual([{ newSecret: true }])
  })

  test("are tested, switched off and removed after a question", async () => {
    serveRoutes([route])
    const removed: string[] = []
    const changed: unknown[] = []
    mockBff.use(
      runAudited("post", apiUrls.testNotificationRoute("r1"), { ...delivery, isTest: true }),
      runAudited("patch", apiUrls.notificationRoute("r1"), { route, secret: null }, (body) =>
        changed.push(body),
      ),
      http.delete(apiUrls.notificationRoute("r1"), () => {
        removed.push("r1")
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const user = openRoutes()
    await user.click(await screen.findByRole("button", { name: "Send test to payments" }))
    expect(await screen.findByRole("alert")).toHaveTextContent("Test message to payments failedHTTP 503")
    const choose = async (item: string) => {
      await user.click(screen.getByRole("button", { name: "More actions for payments" }))
      await user.click(await screen.findByRole("menuitem", { name: item, hidden: true }))
    }
    await choose("Switch off")
    await waitFor(() => expect(changed).toEqual([{ on: false }]))
    await choose("Remove…")
    const dialog = within(screen.getByRole("dialog", { name: "Remove route payments?" }))
    await user.click(dialog.getByRole("button", { name: "Remove route" }))
    await waitFor(() => expect(removed).toEqual(["r1"]))
  })

  test("are for global administrators", async () => {
    signInAs(inOneProject("administrator"))
    openRoutes()
    expect(await screen.findByText("Only global administrators can view this")).toBeVisible()
    expect(screen.queryByRole("link", { name: "Messages" })).toBeNull()
  })
})

test("messages show the answer of their target, and can be sent again", async () => {
  const sent: unknown[] = []
  mockBff.use(
    answer(apiUrls.deliveries(), { deliveries: [delivery] }),
    runAudited("post", apiUrls.sendAgain("d1"), { ...delivery, state: "sent" }, (body) => sent.push(body)),
  )
  const { user } = openApp(pagePaths.notifications("messages"))
  expect(await rowOf("vpc-1 failed")).toHaveTextContent("paymentsFailedHTTP 50310:059 attempts")
  await user.click(screen.getByRole("button", { name: /^Send again/ }))
  expect(await screen.findByText("Message sent")).toBeInTheDocument()
  expect(sent).toHaveLength(1)
})
