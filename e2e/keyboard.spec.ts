import { expect, projects, test } from "./story.ts"
import { tabTo } from "./tab-to.ts"

test("a step is ticked off, a link handed over and a connection deleted by keyboard alone", async ({
  page,
  desk,
}) => {
  const peers = await desk.simulator.peers(projects.payments)
  const failed = peers.find(({ providerName, status }) => providerName === "AWS" && status === "FAILED")
  const waiting = peers.find(
    ({ providerName, status }) => providerName === "AWS" && status === "PENDING_ACCEPTANCE",
  )
  const pageOf = (id?: string) => `${desk.url}/projects/${projects.payments}/connections/${id}`
  await page.goto(pageOf(waiting?.id))
  await tabTo(page, page.getByRole("button", { name: "Tick off: Accept the peering request" }))
  await page.keyboard.press("Enter")
  await expect(
    page.getByRole("button", { name: "Take the tick back: Accept the peering request" }),
  ).toBeFocused()

  await tabTo(page, page.locator("summary").filter({ hasText: "Hand it off" }))
  await page.keyboard.press("Enter")
  await tabTo(page, page.getByLabel("For whom"))
  await page.keyboard.type("Network team")
  await tabTo(page, page.getByRole("button", { name: /^Make a link/ }))
  await page.keyboard.press("Enter")
  await expect(page.getByText(/\/hand-off#/)).toBeVisible()

  await page.goto(pageOf(failed?.id))
  await expect(page.getByRole("heading", { name: "Why it failed" })).toBeVisible()
  const title = await page.getByRole("heading", { level: 1 }).innerText()
  await tabTo(page, page.locator("summary").filter({ hasText: "Delete" }))
  await page.keyboard.press("Enter")
  await tabTo(page, page.getByLabel("Name of the connection"))
  await page.keyboard.type(title)
  await tabTo(page, page.getByLabel("Reason to delete it"))
  await page.keyboard.type("PAY-300 the ledger moves")
  await tabTo(page, page.getByRole("button", { name: "Delete this connection" }))
  await page.keyboard.press("Enter")
  await expect(page.getByText("Atlas is removing this connection.")).toBeVisible()
})

test("the owner of a network says that they did their part by keyboard alone", async ({
  page,
  desk,
  browser,
}) => {
  const peers = await desk.simulator.peers(projects.payments)
  const waiting = peers.find(
    ({ providerName, status }) => providerName === "AWS" && status === "PENDING_ACCEPTANCE",
  )
  const made = await page.request.post(
    `${desk.url}/api/projects/${projects.payments}/peerings/${waiting?.id}/hand-offs`,
    {
      headers: { "x-peering-desk": "1", origin: desk.url },
      data: { expiresInHours: 24, for: "the network team" },
    },
  )
  const { url } = (await made.json()) as { url: string }
  const owner = await (await browser.newContext()).newPage()
  await owner.goto(`${desk.url}/hand-off${new URL(url).hash}`)
  await tabTo(owner, owner.getByRole("button", { name: "I did it" }))
  await owner.keyboard.press("Enter")
  await expect(owner.getByRole("status").filter({ hasText: "Atlas has not seen it yet" })).toBeVisible()
})

test("the estate is narrowed, and missing connections are chosen, by keyboard alone", async ({
  page,
  desk,
}) => {
  await page.goto(`${desk.url}/inventory`)
  await tabTo(page, page.getByRole("searchbox"))
  await page.keyboard.type("vnet-hub")
  const table = page.getByRole("table", { name: "Connections of all projects" })
  await expect(table.getByRole("row")).toHaveCount(2)
  await page.goto(`${desk.url}/inventory?view=coverage&project=${projects.payments}`)
  const missing = page.getByRole("checkbox", { name: "Choose us-west-2 to eu-west-1" })
  await tabTo(page, missing)
  await page.keyboard.press("Space")
  await expect(missing).toBeChecked()
  await expect(page.getByRole("list", { name: "Drafts" }).getByRole("listitem").first()).toBeVisible()
})
