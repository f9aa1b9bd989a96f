import { formatShellOption, formatShellWord } from "#formats/shell.ts"

type Asked = Readonly<Record<string, string>>

/** Lists the calls that describe a network of Google Cloud, or without its name every network of the project. */
export function toGcpLookUp({ gcpProjectId, networkName }: Asked): string[] {
  const project = gcpProjectId === undefined ? "" : ` ${formatShellOption("--project", gcpProjectId)}`
  const ofNetwork =
    networkName === undefined ? "" : ` ${formatShellOption("--filter", `network:${networkName}`)}`
  const list = (name: string, call: string, options = ofNetwork) =>
    `ask ${name} gcloud compute ${call}${project}${options} --format=json`
  return [
    networkName === undefined
      ? list("network", "networks list", "")
      : list("network", "networks describe", ` ${formatShellWord(networkName)}`),
    list("subnets", "networks subnets list"),
    list("routes", "routes list"),
    list("firewall-rules", "firewall-rules list"),
    list("service-ranges", "addresses list", " --global --filter=purpose=VPC_PEERING"),
  ]
}
