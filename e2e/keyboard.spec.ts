import type { Locator } from "@playwright/test"
import { stopButton } from "./connection-page.ts"
import { createButton } from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"
import { tabTo } from "./tab-to.ts"

test("a step is marked as done, a link made and a connection deleted by keyboard alone", async ({
  page,
  app,
}) => {
  const peers = app.simulator.peers(projects.payments)
  const failed = peers.find(({ providerName, status }) => providerName === "AWS" && status === "FAILED")
  const waiting = peers.find(
    ({ providerName, status }) => providerName === "AWS" && status === "PENDING_ACCEPTANCE",
  )
  const pageOf = (id?: string) => `${app.url}/projects/${projects.payments}/connections/${id}`
  await page.goto(pageOf(waiting?.id))
  await tabTo(page, page.getByRole("button", { name: "Share with owner" }))
  await page.keyboard.press("Enter")
  await tabTo(page, page.getByLabel("Recipient"))
  await page.keyboard.type("Network team")
  await tabTo(page, page.getByRole("button", { name: "Create link" }))
  await page.keyboard.press("Enter")
  await expect(page.getByText(/\/hand-off#/)).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("button", { name: "Share with owner" })).toBeFocused()

  await tabTo(page, stopButton(page, "dns"))
  await page.keyboard.press("Enter")
  await tabTo(page, page.getByRole("button", { name: /^Mark as done/ }).first())
  await page.keyboard.press("Enter")
  await expect(page.getByText(/^Marked done by/)).toBeVisible()

  await page.goto(pageOf(failed?.id))
  await expect(page.getByRole("list", { name: "Evidence" })).toBeVisible()
  await tabTo(page, page.getByRole("button", { name: "Delete…" }))
  await page.keyboard.press("Enter")
  await tabTo(page, page.getByLabel("Reason", { exact: true }))
  await page.keyboard.type("PAY-300 the ledger moves")
  await tabTo(page, page.getByRole("button", { name: "Delete connection" }))
  await page.keyboard.press("Enter")
  await expect(page.getByText("Atlas is deleting this connection.")).toBeVisible()
})

test("a network owner reports their part as done by keyboard alone", async ({ page, app, browser }) => {
  const peers = app.simulator.peers(projects.payments)
  const waiting = peers.find(
    ({ providerName, status }) => providerName === "AWS" && status === "PENDING_ACCEPTANCE",
  )
  const made = await page.request.post(
    `${app.url}/api/projects/${projects.payments}/peerings/${waiting?.id}/hand-offs`,
    {
      headers: { "x-peering-desk": "1", origin: app.url },
      data: { expiresInHours: 24, for: "the network team" },
    },
  )
  const { url } = (await made.json()) as { url: string }
  const owner = await (await browser.newContext()).newPage()
  await owner.goto(`${app.url}/hand-off${new URL(url).hash}`)
  await tabTo(owner, owner.getByRole("button", { name: "I've accepted it" }))
  await owner.keyboard.press("Enter")
  await expect(owner.getByRole("status").filter({ hasText: "Not accepted yet" })).toBeVisible()
})

test("every act of a path's card is done by keyboard alone", async ({ page, app, browser }) => {
  const peers = app.simulator.peers(projects.payments)
  const findPage = (is: (peer: (typeof peers)[number]) => boolean) =>
    `${app.url}/projects/${projects.payments}/connections/${peers.find((peer) => peer.providerName === "AWS" && is(peer))?.id}`
  const waiting = findPage(({ status }) => status === "PENDING_ACCEPTANCE")
  const press = async (target: Locator, key = "Enter") => {
    await tabTo(target.page(), target)
    await target.page().keyboard.press(key)
  }

  // Tab reaches the open stop, arrows its neighbours, and Enter the row.
  await page.goto(waiting)
  const path = page.getByRole("region", { name: "Path" })
  await press(path.getByRole("button", { name: /^Peering/ }), "ArrowLeft")
  await expect(path.getByRole("button", { name: /^DNS/ })).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(stopButton(page, "dns")).toBeFocused()
  await press(path.getByRole("button", { name: /^Copy for AWS CLI/ }))
  await expect(path.getByText("Copied").first()).toBeAttached()
  await press(path.getByRole("button", { name: "Check now", exact: true }))
  await expect(path.getByText(/^Not accepted yet/)).toBeVisible()
  await press(path.getByText("If it fails"))
  await expect(path.getByText("Verify in AWS", { exact: true })).toBeVisible()

  // The owner declines, and the answer goes to their page.
  const made = await page.request.post(
    `${waiting.replace("/projects", "/api/projects").replace("/connections/", "/peerings/")}/hand-offs`,
    {
      headers: { "x-peering-desk": "1", origin: app.url },
      data: { expiresInHours: 24 },
    },
  )
  const owner = await (await browser.newContext()).newPage()
  await owner.goto(`${app.url}/hand-off${new URL(((await made.json()) as { url: string }).url).hash}`)
  await press(owner.getByRole("button", { name: "Decline…" }))
  await tabTo(owner, owner.getByLabel("Reason"))
  await owner.keyboard.type("Not our network")
  await press(owner.getByRole("button", { name: "Decline", exact: true }))
  await expect(owner.getByText(/^You declined, .*Not our network$/)).toBeVisible()
  await press(path.getByRole("button", { name: "Answer…" }))
  await tabTo(page, page.getByLabel("Answer", { exact: true }))
  await page.keyboard.type("It is, since March")
  await press(page.getByRole("button", { name: "Send answer" }))
  await expect(path.getByText(/It is, since March/)).toBeVisible()
  await expect(owner.getByText(/It is, since March/)).toBeVisible()
  await press(owner.getByRole("button", { name: "Take back" }))
  await expect(path.getByText(/must accept the request/)).toBeVisible()
  await owner.context().close()

  await page.goto(findPage(({ status }) => status === "AVAILABLE"))
  await press(path.getByRole("button", { name: /^Paste/ }))
  await expect(page.getByLabel("Result")).toBeFocused()

  // Two AWS requests of the project failed before: one is rejected, one expired, this one has a wrong value.
  await page.goto(`${app.url}/projects/${projects.payments}/connections?state=failed&cloud=AWS`)
  await page
    .getByRole("row", { name: /Refused by AWS/ })
    .getByRole("link")
    .first()
    .click()
  await tabTo(page, path.getByLabel("Region"))
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.type("eu-west-2")
  await press(path.getByRole("link", { name: "Correct and request again" }))
  await expect(page.getByLabel(/^(VPC region|Region)/).first()).toHaveValue("eu-west-2")
})

test("all connections are filtered, and missing ones selected, by keyboard alone", async ({ page, app }) => {
  await page.goto(`${app.url}/connections`)
  await tabTo(page, page.getByRole("searchbox"))
  await page.keyboard.type("vnet-hub")
  const table = page.getByRole("table", { name: "Connections of all projects" })
  await expect(table.getByRole("row")).toHaveCount(2)
  await page.goto(`${app.url}/address-space/coverage?project=${projects.payments}`)
  const missing = page.getByRole("checkbox", { name: "Add us-west-2 to eu-west-1" })
  await tabTo(page, missing)
  await page.keyboard.press("Space")
  await expect(missing).toBeChecked()
  await expect(page.getByRole("list", { name: "Drafts" }).getByRole("listitem").first()).toBeVisible()
})

test("a connection is created by keyboard alone", async ({ page, app }) => {
  await page.goto(`${app.url}/projects/${projects.documentation}/connections`)
  await expect(page.getByRole("heading", { name: "Connections", exact: true })).toBeVisible()
  await expect(page.getByText("No connections yet")).toBeVisible()

  await page.keyboard.press("Tab")
  await expect(page.getByRole("link", { name: /skip/i })).toBeFocused()
  await tabTo(page, page.getByRole("link", { name: "New connection" }))
  await page.keyboard.press("Enter")
  await tabTo(page, page.getByRole("tab", { name: "AWS" }))
  await page.keyboard.press("ArrowRight")
  if ((await page.getByRole("tab", { name: "Google Cloud" }).getAttribute("aria-selected")) !== "true")
    await page.keyboard.press("Enter")
  await expect(page.getByRole("tab", { name: "Google Cloud" })).toHaveAttribute("aria-selected", "true")

  await tabTo(page, page.getByRole("textbox", { name: "Project ID" }))
  await page.keyboard.type("acme-checkout-417203")
  await tabTo(page, page.getByRole("textbox", { name: "VPC network" }))
  await page.keyboard.type("checkout")
  await expect(page.getByRole("radio").first()).toBeChecked()
  await tabTo(page, page.getByLabel("Reason", { exact: true }))
  await page.keyboard.type("PAY-212 checkout reads the ledger")
  await tabTo(page, createButton(page))
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { level: 1, name: "checkout" })).toBeVisible()
})

test("the top bar of a small window covers no control that has the focus", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 256 })
  const { id } = app.simulator.peers(projects.payments)[0] ?? {}
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${id}`)
  await tabTo(page, stopButton(page, "cluster"))
  const covered: string[] = []
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Shift+Tab")
    covered.push(...(await page.evaluate(findCovered)))
  }
  expect(covered).toEqual([])
})

test("the titles of a list are in sight while one of them has the focus", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 568 })
  await page.goto(`${app.url}/connections`)
  await tabTo(page, page.getByRole("checkbox", { name: "Select all shown" }))
  for (const title of ["Name", "Your network", "CIDR"]) {
    await page.keyboard.press("Tab")
    await expect(page.getByRole("columnheader", { name: title }).getByRole("button")).toBeFocused()
    expect(await page.evaluate(findCovered)).toEqual([])
  }
})

test("the account menu of a small window scrolls to what has the focus, and closes when the focus leaves it", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 320, height: 256 })
  await page.goto(`${app.url}/connections`)
  await page.getByRole("button", { name: /your account/ }).press("Enter")
  for (const name of ["Keyboard shortcuts", "About Peering Desk", "Sign out"]) {
    const item = page.getByRole("button", { name })
    await tabTo(page, item)
    await expect(item).toBeInViewport({ ratio: 1 })
  }
  await page.keyboard.press("Tab")
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden()
  expect(await page.evaluate(findCovered)).toEqual([])
})

test("a menu in the middle of a small window has its last item in sight", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 256 })
  const { id } = app.simulator.peers(projects.payments)[0] ?? {}
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${id}`)
  const button = page.getByRole("button", { name: /^More actions/ })
  await tabTo(page, button)
  await button.evaluate((element) => window.scrollBy(0, element.getBoundingClientRect().top - 70))
  await page.keyboard.press("Enter")
  await page.keyboard.press("End")
  await expect(page.getByRole("menuitem", { name: "Delete…" })).toBeInViewport({ ratio: 1 })
})

/** Returns the words of the element that has the focus when something else is drawn at its middle. */
function findCovered(): string[] {
  const element = document.activeElement ?? document.body
  const { x, y, width, height } = element.getBoundingClientRect()
  const shown = document.elementFromPoint(x + width / 2, y + height / 2)
  return element.contains(shown) ? [] : [element.textContent]
}

test("the strip of views scrolls to the view that takes the focus in a narrow window", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(`${app.url}/connections`)
  const strip = page.getByRole("navigation", { name: /^Views/ })
  const mine = strip.getByRole("link", { name: /^Requested by me/ })
  await strip.getByRole("link").first().focus()
  await tabTo(page, mine)
  await expect(mine).toBeInViewport({ ratio: 1 })
})
