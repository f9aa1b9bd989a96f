import type { Task } from "#tools/lab/area.ts"
import { readRoleAssignments } from "@peering-desk/peering-rules"
import { fileURLToPath } from "node:url"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { runProgram } from "#tools/lab/programs.ts"

const application = "e90a1407-55c3-432d-9cb1-3638900a9d22"
const network = {
  azureDirectoryId: "11111111-2222-3333-4444-555555555555",
  azureSubscriptionId: "66666666-7777-8888-9999-000000000000",
  resourceGroupName: "net",
  vnetName: "hub",
}
const scope = `/subscriptions/${network.azureSubscriptionId}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub`
const ofAtlas = {
  principalId: "p-1",
  principalType: "ServicePrincipal",
  roleDefinitionId: "r-1",
  roleDefinitionName: `AtlasPeering/${network.azureSubscriptionId}/net/hub`,
  scope,
}
const inherited = {
  ...ofAtlas,
  roleDefinitionId: "r-2",
  roleDefinitionName: "Network Contributor",
  scope: "/providers/Microsoft.Management/managementGroups/landing-zones",
}
const other = {
  ...inherited,
  principalId: "p-2",
  principalType: "User",
  roleDefinitionId: "r-3",
  roleDefinitionName: "Reader",
}

/** The answer of the directory, the assignments, and the sentence that the reading must have. */
const cases = [
  ["the role is there", application, "allowed", [ofAtlas, other], "Atlas can peer with this VNet."],
  [
    "the role comes from a management group",
    application,
    "allowed",
    [inherited],
    "Atlas can peer with this VNet.",
  ],
  ["no role is there", application, "allowed", [other], "No role assignments found."],
  [
    "the directory refuses the look-up",
    application,
    "refused",
    [ofAtlas],
    "You may not look up applications",
  ],
  [
    "the directory refuses, asked without --assignee",
    null,
    "refused",
    [ofAtlas, other],
    "Atlas can peer with this VNet if",
  ],
  [
    "the directory has no service principal",
    application,
    "unknown",
    [],
    "no service principal in this directory",
  ],
] as const

/** Lets azure-cli's own function list assignments, and reads what a terminal shows of it. */
export async function checkRoleReader({ work }: Task): Promise<Figure[]> {
  const program = fileURLToPath(new URL("az_roles.py", import.meta.url))
  const findings: Figure[] = []
  for (const [name, assignee, graph, assignments, says] of cases)
    findings.push(
      await check(name, async () => {
        const { screen } = await runProgram("/usr/bin/python3", ["-W", "ignore", program], {
          env: { HOME: work },
          input: JSON.stringify({ assignee, graph, assignments }),
        })
        const reading = readRoleAssignments(screen, network)
        expectThat(reading.says.includes(says), `it says “${reading.says}” of\n${screen}`)
      }),
    )
  return findings
}
