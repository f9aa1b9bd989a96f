import { peered } from "./connection-page.ts"
import { expect, projects, test } from "./scenario.ts"

test.use({ isDemo: true })

test("an act of the network's owner in the bar of the demo shows on the card at once", async ({
  page,
  app,
}) => {
  const peers = app.simulator.peers(projects.payments)
  const waiting = peers.find(
    ({ status, providerName }) => status === "PENDING_ACCEPTANCE" && providerName === "AWS",
  )
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${waiting?.id}`)
  await expect(page.getByText("Accept in AWS", { exact: true }).first()).toBeVisible()

  const owner = page.getByRole("group", { name: "Play the network owner" })
  const acted = page.waitForResponse(/\/demo\/world$/)
  await owner.getByRole("button", { name: "Accept" }).click()
  await acted
  app.simulator.advance(86_400)

  await expect(peered(page)).toBeVisible()
})
