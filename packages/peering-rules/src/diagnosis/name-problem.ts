import { isPrivateCidr, parseCidr } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import type { HostDiagnosis } from "./parse-diagnosis.ts"
import { capitalize } from "#formats/phrases.ts"
import { fix, type DiagnosisPlace, type DiagnosisReading } from "./reading.ts"

/** Finds what is wrong with the name of one host and its address. */
export function findNameProblem(
  diagnosis: HostDiagnosis,
  dnsServer: string | null,
  place: DiagnosisPlace,
): DiagnosisReading | null {
  const { host, name } = diagnosis
  const server = `the DNS server ${dnsServer ?? "of this machine"}`
  switch (name) {
    case "private":
      return findWrongBlock(diagnosis, place)
    case "public":
      return explainPublic(diagnosis, dnsServer, place)
    case "is-an-address":
      return fix(
        `${host} is an IP address, for which no certificate is valid: TLS fails.`,
        "Use the hostnames of the cluster's connection string.",
        "connection-string",
      )
    case "none":
      return fix(
        `${capitalize(server)} doesn't know ${host}.`,
        "Ask another DNS server for the name. Some drop private addresses of public names; such a server can't be used here.",
      )
    case "no-answer":
      return fix(
        `${capitalize(server)} gave no answer for ${host}.`,
        "Check that it runs and that this machine reaches it on port 53. The peering isn't the cause, unless the server is behind it.",
      )
    case "server-error":
      return fix(
        `${capitalize(server)} answered with an error for ${host}.`,
        "It refuses this machine, or can't reach the servers above it. Check its forwarding, or ask another DNS server.",
      )
    case "unresolved":
      return fix(
        `${host} was not resolved: ${server} doesn't know it or didn't answer.`,
        "Install dig or nslookup and run the script again to see which.",
      )
    case "missing":
      return fix("The script had no host.", "Set CLUSTER_HOST to a host of the cluster, and run it again.")
    default:
      return fix("The name was not checked.", "Run the script where getent, dig or nslookup is installed.")
  }
}

function findWrongBlock(
  { host, address }: HostDiagnosis,
  { atlasCidr }: DiagnosisPlace,
): DiagnosisReading | null {
  if (atlasCidr === null || isOverlapping(`${address ?? ""}/32`, atlasCidr)) return null
  return fix(
    `${host} resolves to ${address ?? ""}, outside the container's ${atlasCidr}.`,
    "It may belong to another container or a private endpoint. Check the cluster's region.",
    "connection-string",
  )
}

/** On AWS only the VPC's own resolver answers standard names with private addresses. */
function explainPublic(
  { host, address }: HostDiagnosis,
  dnsServer: string | null,
  { providerName, networkCidr }: DiagnosisPlace,
): DiagnosisReading {
  const says = `${host} resolves to the public ${address}, which bypasses the peering.`
  if (providerName !== "AWS")
    return fix(says, "Use the private connection string. Its hostnames contain -pri.", "connection-string")
  switch (isVpcResolver(dnsServer, networkCidr)) {
    case true:
      return fix(says, "Enable DNS resolution and hostnames on the VPC.", "aws-dns")
    case false:
      return fix(
        `The DNS server ${dnsServer} isn't the VPC's own, so ${host} resolves to the public ${address}.`,
        "Use the VPC's resolver, or enable custom DNS and use privateSrv.",
        "connection-string",
      )
    case null:
      return fix(
        says,
        "Either this machine's DNS server isn't the VPC's own, or the VPC has DNS resolution or hostnames off. Enable both, or enable custom DNS and use privateSrv.",
        "aws-dns",
      )
  }
}

/**
 * AWS answers at fixed addresses, and at the VPC's base address plus two. Null when it can't be told: behind a local cache, or
 * when the block given to Atlas is only a part of the VPC.
 */
function isVpcResolver(dnsServer: string | null, networkCidr: string | null): boolean | null {
  if (dnsServer === null || dnsServer.startsWith("127.")) return null
  if (["169.254.169.253", "fd00:ec2::253"].includes(dnsServer)) return true
  const server = parseCidr(`${dnsServer}/32`)
  if (server === null) return null
  const vpc = parseCidr(networkCidr ?? "")
  if (vpc !== null && server.network === vpc.network + 2) return true
  // A VPC is a /28 or larger.
  return isPrivateCidr(server) && server.network % 16 === 2 ? null : false
}
