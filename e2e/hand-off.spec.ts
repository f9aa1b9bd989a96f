import type { Browser, Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"

interface MadeLink {
  handOff: { id: string }
  token: string
  url: string
}

async function findWaiting(app: RunningApp): Promise<{ id: string; connectionId: string | null }> {
  const peers = app.simulator.peers(projects.payments)
  const waiting = peers.find(
    ({ status, providerName }) => status === "PENDING_ACCEPTANCE" && providerName === "AWS",
  )
  if (waiting === undefined) throw new Error("No request waits to be accepted")
  return waiting
}

const linksOf = (app: RunningApp, peerId: string) =>
  `${app.url}/api/projects/${projects.payments}/peerings/${peerId}/hand-offs`
const ofOurPages = (app: RunningApp) => ({
  "x-peering-desk": "1",
  "content-type": "application/json",
  origin: app.url,
})

async function makeLink(page: Page, app: RunningApp, peerId: string): Promise<MadeLink> {
  const answer = await page.request.post(linksOf(app, peerId), {
    headers: ofOurPages(app),
    data: { expiresInHours: 24, for: "the network team" },
  })
  expect(answer.status()).toBe(201)
  return (await answer.json()) as MadeLink
}

/** Opens a phone without a session, and records every address it requests. */
async function openPhone(browser: Browser): Promise<{ phone: Page; asked: string[] }> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  const phone = await context.newPage()
  const asked: string[] = []
  phone.on("request", (request) => asked.push(request.url()))
  return { phone, asked }
}

test(
  "a network owner declines, then accepts by a link without an account and sees that it works",
  { tag: "@postgres" },
  async ({ page, app, browser }) => {
    const waiting = await findWaiting(app)
    const { url, token } = await makeLink(page, app, waiting.id)
    const { phone, asked } = await openPhone(browser)
    await phone.goto(`${app.url}/hand-off${new URL(url).hash}`)

    await expect(phone.getByText("You accept")).toBeVisible()
    await expect(phone.getByText(/aws ec2 accept-vpc-peering-connection/)).toContainText(
      waiting.connectionId ?? "no id",
    )
    await expect(
      phone.getByText("Olivia Marsh (olivia@example.com) asks you, the owner of account"),
    ).toBeVisible()
    await expectGoodInEveryView(phone)

    await phone.getByRole("button", { name: "Decline…" }).click()
    await expectGoodInEveryView(phone)
    await phone.getByLabel("Reason").fill("Not our network")
    await phone.getByRole("button", { name: "Decline", exact: true }).click()
    await expect(phone.getByText(/^You declined, .*Not our network$/)).toBeVisible()
    await expectGoodInEveryView(phone)
    await phone.getByRole("button", { name: "Take back" }).click()

    const press = phone.getByRole("button", { name: "I've accepted it" })
    await phone.setViewportSize({ width: 320, height: 640 })
    await press.evaluate((button) => button.scrollIntoView({ block: "end" }))
    await press.click()
    await expect(phone.getByRole("status").filter({ hasText: "Not accepted yet" })).toBeInViewport()
    await expectGoodInEveryView(phone)

    app.simulator.cloudSide(waiting.id, "accept")
    app.simulator.advance(3600)
    await phone.getByRole("button", { name: "I've accepted it" }).click()
    await expect(
      phone.getByRole("status").filter({ hasText: "Connected. The networks are peered." }),
    ).toBeVisible()
    await expect(phone.getByRole("heading", { name: "Let applications connect" })).toBeVisible()
    await expectGoodInEveryView(phone)

    expect(asked.filter((address) => address.includes("/api/session"))).toEqual([])
    expect(asked.filter((address) => new URL(address).pathname.includes(token))).toEqual([])
    expect(await phone.context().cookies()).toEqual([])
    expect(await phone.content()).not.toContain(token)
    expect(app.log()).not.toContain(token)
  },
)

test("a damaged, revoked or expired link shows nothing and says what to do", async ({
  page,
  app,
  browser,
}) => {
  const { id } = await findWaiting(app)
  const { url, handOff } = await makeLink(page, app, id)
  const { hash } = new URL(url)
  const { phone } = await openPhone(browser)

  await phone.goto(`${app.url}/hand-off${hash.slice(0, -4)}AAAA`)
  await expect(phone.getByRole("heading", { name: "This link is incomplete" })).toBeVisible()
  await expect(phone.getByRole("alert")).toContainText("ask the sender for a new link")
  await expectGoodInEveryView(phone)

  await phone.goto("about:blank")
  await phone.goto(`${app.url}/hand-off${hash}`)
  await expect(phone.getByText("You accept")).toBeVisible()
  const answer = await page.request.delete(`${linksOf(app, id)}/${handOff.id}`, {
    headers: ofOurPages(app),
  })
  expect(answer.status()).toBe(204)
  await phone.getByRole("button", { name: "I've accepted it" }).click()
  await expect(phone.getByRole("heading", { name: "This link was revoked" })).toBeVisible()
  await expect(phone.getByText(/aws ec2/)).toHaveCount(0)
  await expectGoodInEveryView(phone)

  // No link ends in less than an hour, so this is the server's answer to an ended one.
  const ended = { type: "about:blank", title: "Ended", status: 410, code: "hand_off_expired", requestId: "-" }
  await phone.route("**/api/hand-off", (route) =>
    route.fulfill({ status: 410, contentType: "application/problem+json", body: JSON.stringify(ended) }),
  )
  await phone.reload()
  await expect(phone.getByRole("heading", { name: "This link has expired" })).toBeVisible()
  await expectGoodInEveryView(phone)
})
