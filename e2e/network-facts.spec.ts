import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { printLookUp } from "./look-up.ts"
import { expect, projects, test } from "./scenario.ts"

async function paste(page: Page, text: string): Promise<void> {
  const result = page.getByLabel("Result")
  if (await result.isHidden()) await page.getByText("Run a script and paste the result").click()
  await result.fill(text)
  await page.getByRole("button", { name: "Send result" }).click()
}

test("a pasted look-up proves the way, and one without the route names the cause and opens its step", async ({
  page,
  app,
}) => {
  const peers = await app.simulator.peers(projects.payments)
  const peer = peers.find(({ providerName, status }) => providerName === "AWS" && status === "AVAILABLE")
  const path = `/projects/${projects.payments}/connections/${peer?.id}`
  const network = await readNetwork(page, `${app.url}/api${path.replace("connections", "peerings")}`)
  await page.goto(`${app.url}${path}`)
  const side = page.getByRole("region", { name: "Your side" })
  await page.getByText("Your side: Not checked").click()
  await expect(side).toContainText("1 of 7 proven")
  await expectGoodInEveryView(page)

  await paste(page, printLookUp(network))
  await expect(side.getByText("Read. 5 of 7 proven.")).toBeVisible()
  const route = side.getByRole("listitem").filter({ hasText: /^Route/ })
  await expect(route).toContainText(/Proven.*pasted \d+ s ago by Olivia Marsh/)
  await expectGoodInEveryView(page)

  const hostile = "rtb-<img src=x onerror=alert(1)>"
  await paste(page, printLookUp({ ...network, tableId: hostile, leadsToAtlas: false }))
  const why = page.getByRole("region", { name: "Why does it not work?" })
  await expect(why).toContainText(`Route: ${hostile} has no route for`)
  await expect(page.locator("img[src=x]")).toHaveCount(0)
  await expectGoodInEveryView(page)
  await page.reload()
  await why.getByRole("button", { name: /^Open step: / }).click()
  await expect(page.locator("#step-aws-routes")).toHaveAttribute("aria-expanded", "true")
  await expect(page.locator("#step-aws-routes")).toBeFocused()

  await paste(page, printLookUp({ ...network, tableId: "rtb-\u202E0a17" }))
  await expect(side.getByRole("listitem").filter({ hasText: "rtb-[U+202E]0a17 leads" })).toBeVisible()
  await paste(page, printLookUp({ ...network, vpcId: "vpc-0other" }))
  await expect(page.getByRole("alert")).toContainText("The output is about another network")
  await expectGoodInEveryView(page)
})

/** Reads the values of a connection that its network has too. */
async function readNetwork(page: Page, url: string) {
  const { peer } = (await (await page.request.get(url)).json()) as {
    peer: Record<"vpcId" | "awsAccountId" | "routeTableCidrBlock" | "connectionId", string>
  }
  const { vpcId, awsAccountId: account, routeTableCidrBlock: cidr, connectionId } = peer
  return { vpcId, account, cidr, connectionId, atlasCidr: "192.168.248.0/21", region: "us-east-1" }
}
