import type { HostDiagnosis } from "./parse-diagnosis.ts"
import { fix, portSteps, type DiagnosisPlace, type DiagnosisReading } from "./reading.ts"

/** Finds what stops the traffic of one host on its way, in the order in which a connection meets it. */
export function findPathProblem(host: HostDiagnosis, place: DiagnosisPlace): DiagnosisReading | null {
  const { address, device, route, port, ports, tls } = host
  const { routes } = portSteps[place.providerName]
  const block = place.atlasCidr ?? "the Atlas CIDR"
  if (route === "blocked" || ports.get(port) === "blocked")
    return fix(
      `This machine itself discards the traffic to ${address ?? "the address"}.`,
      `A blackhole, unreachable or prohibit route, or its firewall, does it. See ip route get ${address ?? block}, and remove the rule that covers ${block}.`,
    )
  const outcome = getOutcome(host)
  if (route === "unreachable" || (outcome === "no-route" && route !== "via"))
    return fix(
      `This machine has no route to ${address ?? "the address"}.`,
      routes === null
        ? "The cloud adds this route to the peered network by itself. Run the test on a machine of that network."
        : `Add the route to ${block} to the route table of this machine's subnet.`,
      routes,
    )
  if (device !== null && /^(?:docker|podman|br-|cni|virbr|lxcbr|lxdbr)/.test(device))
    return fix(
      `The local container network ${device} takes the traffic to ${address ?? "the address"}.`,
      `Give it a range outside ${block}.`,
    )
  return findPortProblem(host, outcome, place) ?? findTlsProblem(tls)
}

/** Returns the outcome of the host's port. Routers limit how often they reject: the rest of the tries gets no answer. */
function getOutcome({ port, ports }: HostDiagnosis): string | undefined {
  const outcome = ports.get(port)
  if (outcome !== "timeout") return outcome
  return [...ports.values()].find((one) => one === "unreachable" || one === "no-route") ?? outcome
}

function findPortProblem(
  { address, port, ports, route }: HostDiagnosis,
  outcome: string | undefined,
  { providerName, atlasCidr }: DiagnosisPlace,
): DiagnosisReading | null {
  const { routes, firewall } = portSteps[providerName]
  const routeStep = routes ?? firewall
  const end = `${address ?? "the address"}:${port}`
  const others = [...ports].filter(([one]) => one !== port).map(([, outcome]) => outcome)
  const block = atlasCidr ?? "the Atlas CIDR"
  switch (outcome) {
    case "open":
      return null
    case "refused":
      return fix(
        `The port is closed: ${end} refuses.`,
        "The host, or a firewall before it, answers. Use the port of the connection string, 27015 to 27017.",
        "connection-string",
      )
    case "reset":
      return findTlsProblem("closed")
    case "no-route":
      return fix(
        `A router on the way has no route to ${address ?? "the address"}.`,
        `Add the route to ${block} there. A network behind a VPN, a transit gateway or another peering can't use this one.`,
        routes,
      )
    case "unreachable":
      return route === "via"
        ? fix(
            `The connection to ${end} was rejected on the way.`,
            `This machine has a route. A firewall or router on the way answers: allow TCP 27015–27017 to ${block} there.`,
            firewall,
          )
        : fix(
            `${end} is unreachable: there is no route, or a firewall rejects the connection.`,
            `Check the route to ${block} and the firewalls: both look the same from here.`,
            routeStep,
          )
    case "timeout":
      return others.some((outcome) => outcome === "open" || outcome === "refused")
        ? fix(
            `The port is closed on the way: ${end} doesn't answer, other ports do.`,
            `Allow TCP 27015–27017 out to ${block}, on every firewall and network ACL in between.`,
            firewall,
          )
        : fix(
            `No port of ${address ?? "the address"} answers.`,
            routeStep === firewall
              ? `Allow TCP 27015–27017 out to ${block}. A connection that isn't AVAILABLE and an application that isn't on the IP access list look the same.`
              : `Check the route to ${block} first, then the outbound rules and the IP access list: all look the same from here.`,
            routeStep,
          )
    case undefined:
    case "not-checked":
      return fix("The port was not checked.", "Run the script where bash, python3 or nc is installed.")
    default:
      return fix(
        `The connection to ${end} failed without a reason.`,
        `Check the route to ${block} and the outbound rules.`,
        routeStep,
      )
  }
}

function findTlsProblem(tls: string | null): DiagnosisReading | null {
  switch (tls) {
    case "valid":
      return null
    case "name-not-checked":
      return fix(
        "TLS works, but the certificate was not fully checked.",
        "The program here can't compare its name. Run it again with openssl 1.1 or later, or connect with mongosh.",
      )
    case "wrong-name":
      return fix(
        "The certificate is for another name.",
        "Use the hostnames of the cluster's connection string. A proxy in between looks the same.",
        "connection-string",
      )
    case "wrong-time":
      return fix(
        "The certificate isn't valid at this machine's time.",
        "Check its clock. A proxy that opens TLS with an old certificate looks the same.",
      )
    case "untrusted":
      return fix(
        "The certificate isn't trusted here.",
        "Update this machine's CA certificates. A proxy that opens TLS looks the same.",
      )
    case "rejected":
      return fix(
        "The other side broke off TLS.",
        "Usually this machine's address is missing from the project's IP access list.",
        "access-list",
      )
    case "closed":
      return fix(
        "The other side closed the connection without TLS.",
        "Usually this machine's address is missing from the project's IP access list. A server that speaks no TLS, so isn't Atlas, looks the same.",
        "access-list",
      )
    case "silent":
      return fix(
        "The port is open, but TLS gets no answer.",
        "Large packets may be lost on the way: compare the MTU of this machine and of the network. A server that speaks no TLS looks the same.",
      )
    case "none":
      return fix(
        "The port answers without TLS.",
        "This isn't Atlas. Check that the name resolves into the Atlas CIDR.",
        "connection-string",
      )
    default:
      return fix(
        "Name and port work. TLS was not checked.",
        "Install openssl and run it again, or connect with mongosh.",
      )
  }
}
