import { apiUrls, type KnownFacts, type Peering, type Problem } from "@peering-desk/shared-schemas"
import { fireEvent, screen, within, waitFor } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { expect, test } from "vitest"
import { printLookUp, toKnownFacts } from "#mock-bff/look-up.ts"
import { answer, holdAnswer, listOf, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const fiveMinutesAgo = "2026-11-24T10:02:00.000Z"
const plain = makePeering("AWS", { status: "AVAILABLE" })
const inOrder = printLookUp(fiveMinutesAgo)
const routeGone = printLookUp(fiveMinutesAgo, { leadsToAtlas: false })
const url = apiUrls.peeringFacts(projectId, plain.id)

/** Opens the connection whose network is known as given; null before anybody pasted something. */
async function openConnection(known: KnownFacts | null = null, peering: Peering = plain) {
  mockBff.use(listOf([known === null ? peering : { ...peering, factsAt: fiveMinutesAgo }]))
  if (known !== null) mockBff.use(answer(url, { ...known }))
  return openApp(pagePaths.connection(projectId, peering.id))
}

const byNadia = (text: string) => toKnownFacts(text, "pasted", "Nadia Ek")
const findStop = (name: string) => async () => {
  const list = await screen.findByRole("list", { name: "Stops" })
  return within(list)
    .getByRole("button", { name: new RegExp(`^${name}\\.`) })
    .closest("li")!
}
const route = findStop("Route")
const path = () => screen.findByRole("region", { name: "Path" })
const expectRouteMissing = () =>
  expect
    .poll(async () => (await path()).textContent)
    .toMatch(/rtb-0a17 has no route for 192\.168\.248\.0\/21\./)
const count = () => screen.getByRole("link", { name: /^Path/ }).textContent

async function paste(user: Awaited<ReturnType<typeof openConnection>>["user"], text: string) {
  const show = await screen.findByText(/^Paste its answer$|^Run a script and paste the result$/)
  if (screen.queryByLabelText("Result") === null) await user.click(show)
  fireEvent.change(await screen.findByLabelText("Result"), { target: { value: text } })
  await user.click(screen.getByRole("button", { name: "Send result" }))
}

/** Everything else is in order. */
const listed = () =>
  mockBff.use(
    answer(apiUrls.accessList(projectId), { entries: [{ cidrBlock: "10.20.0.0/16", comment: null }] }),
  )

test("the page stays while facts that could not be read are read again", async () => {
  let asked = 0
  mockBff.use(
    http.get(url, () => {
      asked += 1
      return asked > 1
        ? new Promise<Response>(() => undefined)
        : HttpResponse.json({ code: "not_found" }, { status: 404 })
    }),
  )
  await openConnection()
  await waitFor(() => expect(asked).toBe(2))
  expect(screen.getByRole("region", { name: "Path" })).toBeVisible()
})

test("a connection whose network nobody looked at says so calmly, with the script that reads it", async () => {
  listed()
  const { user } = await openConnection()
  expect(await screen.findByText("Your side of the path is not checked")).toBeVisible()
  await expect.poll(count).toBe("Path 2 of 7")
  expect(screen.getByText("Available in Atlas", { selector: "span" })).toBeVisible()
  expect(screen.getByText("4 not checked")).toBeVisible()
  await user.click(screen.getByRole("button", { name: "Copy script" }))
  expect(await navigator.clipboard.readText()).toContain("describe-vpcs")
  expect(screen.getByRole("link", { name: "Connect account…" })).toBeVisible()
})

test("facts that are on their way are waited for, and never read as not checked", async () => {
  mockBff.use(listOf([{ ...plain, factsAt: fiveMinutesAgo }]))
  let isAsked = false
  const { answered, answer: answerNow } = holdAnswer(() => HttpResponse.json(byNadia(inOrder)))
  mockBff.use(http.get(url, () => ((isAsked = true), answered)))
  openApp(pagePaths.connection(projectId, plain.id))
  await expect.poll(() => isAsked).toBe(true)
  expect(screen.queryByRole("list", { name: "Stops" })).toBeNull()
  answerNow()
  await expect.poll(count).toMatch(/^Path [56] of 7$/)
})

test("a pasted look-up in which all is in order proves the stops, with who pasted it and when", async () => {
  listed()
  let sent: unknown
  const { user } = await openConnection()
  mockBff.use(runAudited("post", url, byNadia(inOrder), (body) => (sent = body)))
  await screen.findByText("Your side of the path is not checked")
  await paste(user, inOrder)
  await expect.poll(count).toBe("Path 6 of 7")
  expect(sent).toEqual({ text: inOrder })
  await user.click(within(await route()).getByRole("button"))
  expect(await route()).toHaveTextContent(
    /rtb-0a17 leads 192\.168\.248\.0\/21 to pcx-0f3a9188d2c41e07b\. pasted 5 min ago, 10:02:00 by Nadia Ek/,
  )
})

test("a look-up without the route names it as the cause, before other stops, with the command that adds it", async () => {
  const both = printLookUp(fiveMinutesAgo, { leadsToAtlas: false, hasHostnames: false })
  await openConnection(byNadia(both))
  await expectRouteMissing()
  const stop = within(await path())
    .getAllByRole("listitem")
    .find((one) => one.ariaCurrent === "step")
  expect(stop).toHaveTextContent(/^Route\. Broken/)
  expect(stop).toHaveTextContent("Add a route for 192.168.248.0/21 to pcx-0f3a9188d2c41e07b in rtb-0a17.")
  expect(stop).toHaveTextContent(/aws ec2/)
  // The script for it is long, and scrolls in its place.
  expect(within(stop!).getByRole("group", { name: /^AWS CLI: / })).toHaveAttribute("tabindex", "0")
  expect(screen.getByText("Route missing in AWS")).toBeVisible()
  expect(screen.getByRole("button", { name: "Paste a new look-up" })).toBeVisible()
})

test("a subnet that the application uses is marked for everybody, and can be taken back", async () => {
  const { user } = await openConnection(byNadia(inOrder))
  await user.click(within(await findStop("Application")()).getByRole("button"))
  await user.click(await screen.findByText("Which subnets and groups does the application use?"))
  expect(screen.getByText(/Was a table changed on purpose\?/)).toBeVisible()
  const sent: unknown[] = []
  const mark = apiUrls.peeringStep(projectId, plain.id, "subnet-1")
  const marked = {
    ...plain,
    factsAt: fiveMinutesAgo,
    steps: { "subnet-1": { by: "Nadia Ek", at: fiveMinutesAgo } },
  }
  mockBff.use(runAudited("put", mark, { ...marked }, (body) => sent.push(body)))
  const subnet = screen.getByRole("checkbox", { name: "subnet-1 10.20.1.0/24" })
  await user.click(subnet)
  expect(await screen.findByText("The application uses 1 of 2 subnets and groups")).toBeInTheDocument()
  await expect.poll(() => sent).toEqual([{ done: true }])
  await user.click(subnet)
  await expect.poll(() => sent).toEqual([{ done: true }, { done: false }])
})

test("a look-up of a day ago proves nothing, and shows since when", async () => {
  const { user } = await openConnection(byNadia(printLookUp("2026-11-23T10:00:00.000Z")))
  await expect.poll(async () => (await path()).textContent).toMatch(/Route\. Not checked\. last read 1 d ago/)
  await user.click(within(await route()).getByRole("button"))
  expect(await route()).toHaveTextContent("Not checked since 2026-11-23 10:00 UTC.")
})

test("an output that the server refuses shows the server's reason and stays in the field", async () => {
  const { user } = await openConnection()
  const problem: Partial<Problem> = {
    status: 422,
    code: "facts_of_another_network",
    detail: "The output is about vpc-9 in account 1. This connection is with vpc-0a1b2c3d4e5f60718.",
  }
  mockBff.use(runAudited("post", url, { problem }))
  await screen.findByText("Paste its answer")
  await paste(user, inOrder)
  expect(await screen.findByRole("alert")).toHaveTextContent("The output is about vpc-9 in account 1.")
  expect(screen.getByLabelText("Result")).toHaveValue(inOrder)
})

test("a paste of a link's holder is marked until somebody accepts it", async () => {
  const { user } = await openConnection(toKnownFacts(inOrder, "link", "the network team"))
  await expect
    .poll(async () => (await path()).textContent)
    .toMatch(/Route\. Marked.*by share link, 5 min ago/)
  expect(screen.getByText(/^Pasted by/)).toHaveTextContent(
    "Pasted by the holder of the link for the network team, 0 s ago",
  )
  mockBff.use(runAudited("post", apiUrls.acceptFacts(projectId, plain.id), byNadia(inOrder)))
  await user.click(screen.getByRole("button", { name: "Accept" }))
  await expect.poll(async () => (await path()).textContent).toMatch(/Route\. Proven/)
  expect(screen.queryByRole("button", { name: "Accept" })).toBeNull()
})

test("sources that differ are shown with the one that counts", async () => {
  const at = fiveMinutesAgo
  const contradictions = [
    {
      fact: "region",
      counts: { says: "us-east-1", source: "read" as const, at },
      other: { says: "eu-west-1", source: "link" as const, at },
    },
  ]
  await openConnection({ ...byNadia(inOrder), contradictions })
  expect(await screen.findByText(/^Region: us-east-1/)).toHaveTextContent(
    "Region: us-east-1 (read 5 min ago) counts, not eu-west-1 (pasted 5 min ago)",
  )
})

test("a viewer sees the stops and neither pastes nor accepts", async () => {
  mockBff.use(answer(apiUrls.session(), { ...makeSession(inOneProject("viewer")) }))
  await openConnection(toKnownFacts(inOrder, "link", "Share link"))
  expect(await screen.findByText(/^Pasted by/)).toBeVisible()
  expect(screen.queryByText("Run a script and paste the result")).toBeNull()
  expect(screen.queryByRole("button", { name: "Accept" })).toBeNull()
})

test("an open page reads the facts again when the stream shows that they changed", async () => {
  const { send } = await openConnection(byNadia(inOrder))
  await expect.poll(async () => (await path()).textContent).toMatch(/Route\. Proven/)
  mockBff.use(answer(url, { ...byNadia(routeGone) }))
  // The stream may open after the page has drawn.
  await waitFor(() => send({ event: "peering", data: { ...plain, factsAt: "2026-11-24T10:06:00.000Z" } }))
  await expectRouteMissing()
})

test("facts that can't be read show the problem, and the rest of the page stays", async () => {
  mockBff.use(listOf([{ ...plain, factsAt: fiveMinutesAgo }]), refuse(url, "internal_error", { status: 500 }))
  openApp(pagePaths.connection(projectId, plain.id))
  await path()
  expect(await screen.findByText(/Reload|again/, { selector: "p" })).toBeVisible()
  expect(screen.getByRole("list", { name: "Stops" })).toBeVisible()
})

test("steps that a look-up proves are done with its age, and one that it shows as missing is not", async () => {
  const { user } = await openConnection(byNadia(routeGone))
  await expectRouteMissing()
  await user.click(within(await route()).getByRole("button"))
  expect(await route()).toHaveTextContent(/^Route\. Broken/)
  expect(within(await route()).queryByRole("button", { name: /^Mark as done/ })).toBeNull()
  const dns = findStop("DNS")
  await user.click(within(await dns()).getByRole("button"))
  expect(await dns()).toHaveTextContent(/^DNS\. Proven.*pasted 5 min ago/)
})

/** What a role read, with the account that it is in. */
function byRole(text: string, more: Partial<NonNullable<KnownFacts["account"]>> = {}): KnownFacts {
  const account = {
    id: "orders",
    name: "orders",
    state: "reading",
    problem: null,
    since: "2026-11-24T09:00:00.000Z",
    readAt: fiveMinutesAgo,
    missing: [],
    ...more,
  } satisfies KnownFacts["account"]
  return { ...toKnownFacts(text, "read", "peering-desk-read"), account }
}

test("a reading by a role proves the stops, with the role and the age, and the script stays in a fold", async () => {
  const { user } = await openConnection(byRole(inOrder))
  expect(await screen.findByText(/orders · last read/)).toHaveTextContent("last read 5 min ago")
  expect(await path()).toHaveTextContent(/Route\. Proven: 1 of 1 table\. AWS role, 5 min ago/)
  await user.click(within(await route()).getByRole("button"))
  expect(await route()).toHaveTextContent(
    /rtb-0a17 leads 192\.168\.248\.0\/21 to pcx-0f3a9188d2c41e07b\. read by role peering-desk-read 5 min ago/,
  )
  expect(screen.getByText("Run a script and paste the result").closest("details")).not.toHaveAttribute("open")
})

test("Check now has the server read the network, and shows what it read", async () => {
  const { user } = await openConnection(byRole(inOrder))
  mockBff.use(runAudited("post", apiUrls.readFacts(projectId, plain.id), byRole(routeGone)))
  const check = await screen.findByRole("button", { name: "Check now in AWS" })
  mockBff.use(answer(url, { ...byRole(routeGone) }))
  await user.click(check)
  await expectRouteMissing()
  expect(screen.getByText("Route missing in AWS")).toBeVisible()
})

test("Check now of a connection that waits asks Atlas and has the role read", async () => {
  const waiting = makePeering("AWS")
  const factsUrl = apiUrls.peeringFacts(projectId, waiting.id)
  const sent: string[] = []
  mockBff.use(
    answer(factsUrl, { ...byRole(inOrder) }),
    runAudited("post", apiUrls.readFacts(projectId, waiting.id), byRole(inOrder), () => sent.push("AWS")),
    runAudited("post", apiUrls.pollNow(projectId, waiting.id), { ...waiting }, () => sent.push("Atlas")),
  )
  const { user } = await openConnection(null, { ...waiting, factsAt: fiveMinutesAgo })
  await user.click(await screen.findByRole("button", { name: "Check now" }))
  await expect.poll(() => sent.toSorted()).toEqual(["AWS", "Atlas"])
})

test("a visible page has the server read where a role can, after it shows what is known", async () => {
  const asked: string[] = []
  mockBff.use(
    listOf([{ ...plain, factsAt: fiveMinutesAgo }]),
    http.get(url, ({ request }) => {
      const { search } = new URL(request.url)
      asked.push(search)
      return HttpResponse.json(byRole(search === "" ? inOrder : routeGone))
    }),
  )
  openApp(pagePaths.connection(projectId, plain.id))
  await expectRouteMissing()
  expect(asked).toEqual(["", "?viewing=true"])
})

test("facts of a refused role show from when they are, and since when the role is refused", async () => {
  await openConnection(
    byRole(inOrder, {
      state: "refused",
      since: "2026-11-24T10:03:00.000Z",
      problem: "AccessDenied on sts:AssumeRole.",
    }),
  )
  const toClock = (at: string) => new Date(at).toTimeString().slice(0, 5)
  expect(await screen.findByText(/is refused since/)).toHaveTextContent(
    `Facts of ${toClock(fiveMinutesAgo)}: the role of orders is refused since ${toClock("2026-11-24T10:03:00Z")}`,
  )
  expect(screen.getByRole("main")).toHaveTextContent("AccessDenied on sts:AssumeRole.")
})

test("a right that the role lacks is named beside what stays not checked", async () => {
  await openConnection(byRole(inOrder, { missing: ["ec2:DescribeNetworkAcls"] }))
  expect(await screen.findByText(/lack of rights in orders/)).toHaveTextContent(
    "Not checked for lack of rights in orders: ec2:DescribeNetworkAcls",
  )
})

test("steps that a role's reading proves are done with its age", async () => {
  const { user } = await openConnection(byRole(inOrder))
  const dns = findStop("DNS")
  await user.click(within(await dns()).getByRole("button"))
  await expect.poll(async () => (await dns()).textContent).toMatch(/^DNS\. Proven.*role.* 5 min ago/)
})
