import { expect, expectAccessible, projects, test } from "./story.ts"

test("in a demo, what the network's owner does in the simulated cloud shows at once on the card", async ({
  page,
  context,
  desk,
}) => {
  const peers = await desk.simulator.peers(projects.payments)
  const waiting = peers.find(
    ({ status, providerName }) => status === "PENDING_ACCEPTANCE" && providerName === "AWS",
  )
  await page.goto(`${desk.url}/projects/${projects.payments}/connections/${waiting?.id}`)
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()
  const vpcId = (await page.getByRole("heading", { level: 1 }).textContent()) ?? ""

  const console = await context.newPage()
  await console.goto(`${desk.simulatorUrl}/simulator`)
  await expectAccessible(console)
  await console.getByRole("button", { name: new RegExp(`^Accept ${vpcId}`) }).click()
  await console.getByRole("button", { name: /1 h/ }).click()

  await expect(page.getByText("The two networks are joined.")).toBeVisible()
})
