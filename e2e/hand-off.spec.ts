import type { Browser, Page } from "@playwright/test"
import { expectGoodInEveryLook } from "./every-look.ts"
import type { RunningDesk } from "./running-desk.ts"
import { expect, projects, test } from "./story.ts"

interface MadeLink {
  handOff: { id: string }
  token: string
  url: string
}

async function findWaiting(desk: RunningDesk): Promise<{ id: string; connectionId: string | null }> {
  const peers = await desk.simulator.peers(projects.payments)
  const waiting = peers.find(
    ({ status, providerName }) => status === "PENDING_ACCEPTANCE" && providerName === "AWS",
  )
  if (waiting === undefined) throw new Error("No request waits to be accepted")
  return waiting
}

const linksOf = (desk: RunningDesk, peerId: string) =>
  `${desk.url}/api/projects/${projects.payments}/peerings/${peerId}/hand-offs`
const ofOurPages = (desk: RunningDesk) => ({
  "x-peering-desk": "1",
  "content-type": "application/json",
  origin: desk.url,
})

async function makeLink(page: Page, desk: RunningDesk, peerId: string): Promise<MadeLink> {
  const answer = await page.request.post(linksOf(desk, peerId), {
    headers: ofOurPages(desk),
    data: { expiresInHours: 24, for: "the network team" },
  })
  expect(answer.status()).toBe(201)
  return (await answer.json()) as MadeLink
}

/** A phone of somebody who has never been here, and every address it asks for. */
async function openPhone(browser: Browser): Promise<{ phone: Page; asked: string[] }> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  const phone = await context.newPage()
  const asked: string[] = []
  phone.on("request", (request) => asked.push(request.url()))
  return { phone, asked }
}

test("the owner of a network accepts by a link, without an account, and sees that it works", async ({
  page,
  desk,
  browser,
}) => {
  const waiting = await findWaiting(desk)
  const { url, token } = await makeLink(page, desk, waiting.id)
  const { phone, asked } = await openPhone(browser)
  await phone.goto(`${desk.url}/hand-off${new URL(url).hash}`)

  await expect(phone.getByText("Your turn")).toBeVisible()
  await expect(phone.getByText(/aws ec2 accept-vpc-peering-connection/)).toContainText(
    waiting.connectionId ?? "no id",
  )
  await expectGoodInEveryLook(phone)

  await phone.getByRole("button", { name: "I did it" }).click()
  await expect(phone.getByRole("status").filter({ hasText: "Atlas has not seen it yet" })).toBeVisible()
  await expectGoodInEveryLook(phone)

  await desk.simulator.act(waiting.id, "accept")
  await desk.simulator.advance(3600)
  await phone.getByRole("button", { name: "I did it" }).click()
  await expect(
    phone.getByRole("status").filter({ hasText: "Atlas has seen it: the two networks are joined." }),
  ).toBeVisible()
  await expect(phone.getByRole("heading", { name: "Route Atlas's block to the peering" })).toBeVisible()
  await expectGoodInEveryLook(phone)

  expect(asked.filter((address) => address.includes("/api/session"))).toEqual([])
  expect(asked.filter((address) => new URL(address).pathname.includes(token))).toEqual([])
  expect(await phone.context().cookies()).toEqual([])
  expect(await phone.content()).not.toContain(token)
  expect(desk.log()).not.toContain(token)
})

test("a link that was changed on its way, or taken back, shows nothing and says what to do", async ({
  page,
  desk,
  browser,
}) => {
  const { id } = await findWaiting(desk)
  const { url, handOff } = await makeLink(page, desk, id)
  const { hash } = new URL(url)
  const { phone } = await openPhone(browser)

  await phone.goto(`${desk.url}/hand-off${hash.slice(0, -4)}AAAA`)
  await expect(phone.getByRole("heading", { name: "This link is not complete" })).toBeVisible()
  await expect(phone.getByRole("alert")).toContainText("ask the person who sent it for a new one")
  await expectGoodInEveryLook(phone)

  await phone.goto("about:blank")
  await phone.goto(`${desk.url}/hand-off${hash}`)
  await expect(phone.getByText("Your turn")).toBeVisible()
  const answer = await page.request.delete(`${linksOf(desk, id)}/${handOff.id}`, {
    headers: ofOurPages(desk),
  })
  expect(answer.status()).toBe(204)
  await phone.getByRole("button", { name: "I did it" }).click()
  await expect(phone.getByRole("heading", { name: "This link was taken back" })).toBeVisible()
  await expect(phone.getByText(/aws ec2/)).toHaveCount(0)
  await expectGoodInEveryLook(phone)

  // No link ends in less than an hour, so the page is told here what the server tells it then.
  const ended = { type: "about:blank", title: "Ended", status: 410, code: "hand_off_expired", requestId: "-" }
  await phone.route("**/api/hand-off", (route) =>
    route.fulfill({ status: 410, contentType: "application/problem+json", body: JSON.stringify(ended) }),
  )
  await phone.reload()
  await expect(phone.getByRole("heading", { name: "This link has ended" })).toBeVisible()
  await expectGoodInEveryLook(phone)
})
