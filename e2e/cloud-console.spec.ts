import { expectAccessible } from "./accessible.ts"
import { expect, projects, test } from "./scenario.ts"

test("an action of the network's owner in the simulated cloud shows on the card at once", async ({
  page,
  context,
  app,
}) => {
  const peers = await app.simulator.peers(projects.payments)
  const waiting = peers.find(
    ({ status, providerName }) => status === "PENDING_ACCEPTANCE" && providerName === "AWS",
  )
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${waiting?.id}`)
  await expect(page.getByText("Accept in AWS", { exact: true }).first()).toBeVisible()
  const vpcId = (await page.getByRole("heading", { level: 1 }).textContent()) ?? ""

  const console = await context.newPage()
  await console.goto(`${app.simulatorUrl}/simulator#peer=${waiting?.id}`)
  await expect(console.getByRole("heading", { name: vpcId, exact: true })).toBeFocused()
  await expectAccessible(console)
  await console.getByRole("button", { name: new RegExp(`^Accept ${vpcId}`) }).click()
  await console.getByRole("button", { name: /1 h/ }).click()

  await expect(page.getByText("The networks are peered.")).toBeVisible()
})
