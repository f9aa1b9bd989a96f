import type { NewNetwork } from "@peering-desk/atlas-simulator"
import { openStop, stopRow } from "./connection-page.ts"
import { expectGoodInEveryView } from "./accessible.ts"
import { lookUp, openLookUp, pasteLookUp } from "./look-up.ts"
import { expect, projects, test } from "./scenario.ts"

const network: NewNetwork = {
  providerName: "AWS",
  awsAccountId: "482913570264",
  vpcId: "vpc-05c1d9e87b3a2f406",
  region: "us-east-1",
  cidrs: ["10.0.0.0/16"],
}

test("a pasted look-up proves the way, and one without the route names the cause and opens its step", async ({
  page,
  app,
}) => {
  const { simulator, simulatorUrl } = app
  const peers = simulator.peers(projects.payments)
  const peer = peers.find(({ providerName, status }) => providerName === "AWS" && status === "AVAILABLE")
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${peer?.id}`)
  const side = page.getByRole("region", { name: "Path" })
  await expect(page.getByText("Your side of the path is not checked")).toBeVisible()
  await expectGoodInEveryView(page)

  await openLookUp(page)
  const run = () => lookUp(page, simulatorUrl, network.awsAccountId)
  const putTable = (id: string, target?: string | null) =>
    simulator.putNetwork({
      ...network,
      routeTables: [
        {
          id,
          name: "main",
          isMain: true,
          subnets: [],
          routes: target == null ? [] : [{ to: "192.168.248.0/21", target }],
        },
      ],
    })
  await pasteLookUp(page, await run())
  const route = side.getByRole("listitem").filter({ hasText: /^Route/ })
  await expect(route).toContainText(/Proven.*pasted \d+ s ago/)
  await expectGoodInEveryView(page)

  const hostile = "rtb-<img src=x onerror=alert(1)>"
  putTable(hostile)
  await pasteLookUp(page, await run())
  await expect(side).toContainText(`${hostile} has no route for`)
  await expect(page.locator("img[src=x]")).toHaveCount(0)
  await expectGoodInEveryView(page)
  await page.reload()
  await side.getByRole("button", { name: /^Route/ }).click()
  await expect(page.locator("#stop-route")).toHaveAttribute("aria-expanded", "true")
  await expect(page.locator("#stop-route")).toBeFocused()

  await openLookUp(page)
  putTable("rtb-\u202E0a17", peer?.connectionId)
  const looked = await run()
  await pasteLookUp(page, looked)
  await openStop(page, "route")
  await expect(stopRow(page, "route")).toContainText("rtb-[U+202E]0a17 leads")
  await pasteLookUp(page, looked.replaceAll(network.vpcId, "vpc-0other"))
  await expect(page.getByRole("alert")).toContainText("The output is about another network")
  await expectGoodInEveryView(page)
})
