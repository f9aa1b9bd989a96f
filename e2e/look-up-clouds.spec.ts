import type { Page } from "@playwright/test"
import type { NewNetwork } from "@peering-desk/atlas-simulator"
import { lookUp, openLookUp, pasteLookUp } from "./look-up.ts"
import { createButton, fillForm, openForm, type Cloud } from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"
import type { SimulatedPeer, SimulatedAtlas } from "./simulated-atlas.ts"

/** A network that the form is filled with, and what happens to it in its cloud. */
interface Scene {
  network: NewNetwork
  /** What a shell at it is signed in to. */
  account: string
  /** Does what makes the new connection work. */
  finish: (simulator: SimulatedAtlas, peer: SimulatedPeer) => void
  /** Breaks the working connection in the cloud. */
  break: (simulator: SimulatedAtlas, peer: SimulatedPeer) => void
  cause: RegExp
}

const vpcId = "vpc-0a1b2c3d4e5f60718"
const gcp = { providerName: "GCP", gcpProjectId: "acme-checkout-417203", networkName: "checkout" } as const
const scenes: Record<Cloud, Scene> = {
  AWS: {
    network: {
      providerName: "AWS",
      awsAccountId: "482913570264",
      vpcId,
      region: "us-west-1",
      cidrs: ["10.90.0.0/16"],
    },
    account: "482913570264",
    finish(simulator, { id, connectionId, atlasCidr: to }) {
      simulator.cloudSide(id, "accept")
      const route = { network: vpcId, to, target: connectionId ?? "" }
      simulator.actOnNetwork({ act: "add-route", ...route })
    },
    break: (simulator, { atlasCidr: to }) =>
      simulator.actOnNetwork({ act: "delete-route", network: vpcId, to }),
    cause: /rtb-\w+ has no route for 10\./,
  },
  GCP: {
    network: gcp,
    account: gcp.gcpProjectId,
    finish: (simulator, { id }) => simulator.cloudSide(id, "create-reciprocal"),
    break: (simulator) =>
      simulator.putNetwork({
        ...gcp,
        firewallRules: [
          {
            name: "deny-egress",
            priority: 1000,
            direction: "out",
            allows: false,
            isDisabled: false,
            protocols: [{ protocol: "all", ports: [] }],
            cidrs: ["0.0.0.0/0"],
            targetTags: [],
          },
        ],
      }),
    cause: /A rule of checkout denies 27015–27017/,
  },
  AZURE: {
    network: {
      providerName: "AZURE",
      azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
      azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
      resourceGroupName: "rg-checkout",
      vnetName: "vnet-checkout",
    },
    account: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
    finish: () => {},
    break: (simulator, { atlasCidr: to }) =>
      simulator.actOnNetwork({
        act: "add-route",
        network: "vnet-checkout",
        to,
        target: "VirtualAppliance 10.215.16.4",
      }),
    cause: /rt-apps leads 10\.[\d.]+\/21 to VirtualAppliance 10\.215\.16\.4/,
  },
}

for (const cloud of ["AWS", "GCP", "AZURE"] as const)
  test(`a connection on ${cloud} is created from a look-up of its network, and one after a change in the cloud names the cause`, async ({
    page,
    app,
  }) => {
    const { simulator, simulatorUrl } = app
    const scene = scenes[cloud]
    simulator.putNetwork(scene.network)
    await openForm(page, app.url, projects.documentation, cloud)
    await fillForm(page, cloud)
    const panel = page.getByRole("region", { name: "Plan and checks" })
    await panel.getByText(/^\d+ not checked$/).click()
    await expect(panel.getByText("Ready to create")).toBeHidden()
    const looked = await lookUp(page, simulatorUrl, scene.account)
    await page.getByLabel("Paste to fill").fill(looked)
    await expect(panel.getByText("Ready to create")).toBeVisible()
    await createButton(page).click()
    await expect(page).toHaveURL(/\/connections\/[0-9a-f]{24}$/)

    simulator.advance(600)
    const peer = await readPeer(page, simulator)
    scene.finish(simulator, peer)
    simulator.advance(600)
    await page.reload()
    const stops = page.getByRole("region", { name: "Path" }).getByRole("listitem")
    await expect(stops.filter({ hasText: /^Peering/ })).toContainText("Proven")
    await openLookUp(page)
    await pasteLookUp(page, await lookUp(page, simulatorUrl, scene.account))
    for (const stop of [/^Route/, /^(Firewall|Security group|NSG)/, /^Peering/])
      await expect(stops.filter({ hasText: stop })).toContainText("Proven")

    scene.break(simulator, peer)
    await pasteLookUp(page, await lookUp(page, simulatorUrl, scene.account))
    const open = page.getByRole("region", { name: "Path" }).locator("[aria-current=step]")
    await expect(open).toContainText(scene.cause)
    await expect(open).toContainText(". Broken")
  })

/** Reads the peer whose connection the page shows. */
async function readPeer(page: Page, simulator: SimulatedAtlas): Promise<SimulatedPeer> {
  const id = new URL(page.url()).pathname.split("/").at(-1)
  const peer = simulator.peers(projects.documentation).find((one) => one.id === id)
  if (peer === undefined) throw new Error(`Atlas has no peer ${id}`)
  return peer
}
