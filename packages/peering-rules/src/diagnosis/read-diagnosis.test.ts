import { expect, test } from "vitest"
import { readDiagnosis } from "./read-diagnosis.ts"
import type { DiagnosisPlace } from "./reading.ts"

const host = "ledger-shard-00-00.k3v9x.mongodb.net"
const places: Record<"AWS" | "GCP" | "AZURE", DiagnosisPlace> = {
  AWS: { providerName: "AWS", atlasCidr: "10.8.0.0/21", networkCidr: "10.15.0.0/16" },
  GCP: { providerName: "GCP", atlasCidr: "10.8.0.0/18", networkCidr: null },
  AZURE: { providerName: "AZURE", atlasCidr: "10.8.0.0/21", networkCidr: null },
}

/** Writes the output of a run; what is not given is as it should be. */
function print(lines: { dns?: string; host?: string; name?: string; more?: readonly string[] }): string {
  const path = [
    "  route: via eth0",
    "  tcp 27015: refused",
    "  tcp 27016: refused",
    "  tcp 27017: open",
    "  tls: valid",
  ]
  return [
    "$ sh -s -- AWS 10.8.0.0/21 host <<'DIAGNOSIS'",
    "Peering diagnosis 1 AWS 10.8.0.0/21",
    `dns-server: ${lines.dns ?? "10.15.0.2"}`,
    `host: ${lines.host ?? host}:27017`,
    `  name: ${lines.name ?? "private 10.8.1.17"}`,
    ...(lines.more ?? path),
    "End of diagnosis",
    "$ ",
  ].join("\r\n")
}

test("readDiagnosis says that everything works only when everything was checked [I1]", () => {
  expect(readDiagnosis(print({}), places.AWS)).toMatchObject({ verdict: "works", next: null })
  const open = ["  route: via eth0", "  tcp 27017: open"]
  for (const more of [
    [...open, "  tls: not-checked"],
    [...open, "  tls: name-not-checked"],
    open,
    [],
    open.slice(0, 1),
  ])
    expect(readDiagnosis(print({ more }), places.AWS)).toMatchObject({
      verdict: "not-yet",
      says: expect.stringMatching(/not (?:fully )?checked/) as string,
    })
})

const timeouts = ["  route: via eth0", "  tcp 27015: timeout", "  tcp 27016: timeout", "  tcp 27017: timeout"]

test.each([
  // The five typical failures
  [
    "a public address on Azure",
    "AZURE",
    { name: "public 52.4.1.9" },
    "public 52.4.1.9",
    "-pri",
    "connection-string",
  ],
  [
    "a public address on Google Cloud",
    "GCP",
    { name: "public 52.4.1.9" },
    "public 52.4.1.9",
    "-pri",
    "connection-string",
  ],
  [
    "a public address from the VPC's own resolver",
    "AWS",
    { name: "public 52.4.1.9" },
    "public 52.4.1.9",
    "Enable DNS resolution and hostnames",
    "aws-dns",
  ],
  [
    "a machine without a route",
    "AWS",
    { more: ["  route: unreachable"] },
    "no route",
    "Add the route to 10.8.0.0/21",
    "aws-routes",
  ],
  [
    "a machine outside the network",
    "GCP",
    { more: ["  route: unreachable"] },
    "no route",
    "machine of that network",
    null,
  ],
  [
    "a host that refuses",
    "AWS",
    { more: ["  route: via eth0", "  tcp 27017: refused"] },
    "The port is closed",
    "27015 to 27017",
    "connection-string",
  ],
  [
    "a port closed on the way",
    "AZURE",
    { more: ["  tcp 27015: refused", "  tcp 27017: timeout"] },
    "closed on the way",
    "Allow TCP",
    "azure-network-security-group",
  ],
  [
    "TLS by IP",
    "AWS",
    { host: "10.8.1.17", name: "is-an-address 10.8.1.17" },
    "is an IP address",
    "hostnames",
    "connection-string",
  ],
  [
    "a public resolver on AWS",
    "AWS",
    { dns: "8.8.8.8", name: "public 52.4.1.9" },
    "8.8.8.8 isn't the VPC's own",
    "custom DNS",
    "connection-string",
  ],
  [
    "a company's resolver on AWS",
    "AWS",
    { dns: "10.50.0.53", name: "public 52.4.1.9" },
    "10.50.0.53 isn't the VPC's own",
    "custom DNS",
    "connection-string",
  ],
  [
    "a resolver that knows no private name",
    "GCP",
    { name: "none" },
    "doesn't know",
    "Ask another DNS server",
    null,
  ],
  [
    "a DNS server that gives no answer",
    "AWS",
    { dns: "10.71.0.77", name: "no-answer" },
    "The DNS server 10.71.0.77 gave no answer",
    "port 53",
    null,
  ],
  [
    "a DNS server that answers with an error",
    "AWS",
    { dns: "10.71.0.1", name: "server-error" },
    "The DNS server 10.71.0.1 answered with an error",
    "servers above it",
    null,
  ],
  [
    "a name that no tool can tell about",
    "AWS",
    { dns: "10.71.0.77", name: "unresolved" },
    "was not resolved",
    "dig or nslookup",
    null,
  ],
  [
    "a firewall that rejects although there is a route",
    "AWS",
    { more: ["  route: via eth0", "  tcp 27015: unreachable", "  tcp 27017: unreachable"] },
    "rejected on the way",
    "This machine has a route",
    "aws-security-group",
  ],
  [
    "a rejection where the route was not checked",
    "GCP",
    { more: ["  route: not-checked", "  tcp 27017: unreachable"] },
    "no route, or a firewall rejects",
    "both look the same",
    "gcp-firewall",
  ],
  [
    "a firewall that rejects and answers a part of the tries",
    "GCP",
    { more: ["  route: via eth0", "  tcp 27015: unreachable", "  tcp 27017: timeout"] },
    "rejected on the way",
    "This machine has a route",
    "gcp-firewall",
  ],
  [
    "a router on the way without a route",
    "AWS",
    { more: ["  route: via eth0", "  tcp 27015: no-route", "  tcp 27017: no-route"] },
    "A router on the way has no route to 10.8.1.17",
    "route to 10.8.0.0/21",
    "aws-routes",
  ],
  [
    "a missing route where the route was not checked",
    "AWS",
    { more: ["  route: not-checked", "  tcp 27017: no-route"] },
    "This machine has no route",
    "Add the route to 10.8.0.0/21",
    "aws-routes",
  ],
  [
    "a blackhole route of the machine",
    "AWS",
    { more: ["  route: blocked"] },
    "This machine itself discards the traffic to 10.8.1.17",
    "ip route get 10.8.1.17",
    null,
  ],
  [
    "a machine that forbids the connection",
    "AZURE",
    { more: ["  route: not-checked", "  tcp 27017: blocked"] },
    "This machine itself discards the traffic to 10.8.1.17",
    "its firewall",
    null,
  ],
  // Others
  [
    "a local cache on AWS",
    "AWS",
    { dns: "127.0.0.53", name: "public 52.4.1.9" },
    "public 52.4.1.9",
    "Either",
    "aws-dns",
  ],
  [
    "an address of another container",
    "AWS",
    { name: "private 10.99.0.1" },
    "outside the container's 10.8.0.0/21",
    "region",
    "connection-string",
  ],
  [
    "a local container network",
    "AWS",
    { more: ["  route: via docker0"] },
    "docker0",
    "outside 10.8.0.0/21",
    null,
  ],
  [
    "a local container network of Podman",
    "AWS",
    { more: ["  route: via podman0"] },
    "The local container network podman0",
    "outside 10.8.0.0/21",
    null,
  ],
  [
    "no answer on AWS",
    "AWS",
    { more: timeouts },
    "No port of 10.8.1.17 answers",
    "then the outbound rules and the IP access list: all look the same",
    "aws-routes",
  ],
  ["no answer on Google Cloud", "GCP", { more: timeouts }, "No port", "Allow TCP", "gcp-firewall"],
  [
    "an address that isn't on the access list",
    "AWS",
    { more: ["  tcp 27017: open", "  tls: rejected"] },
    "broke off TLS",
    "access list",
    "access-list",
  ],
  [
    "a connection that ends before TLS",
    "AWS",
    { more: ["  tcp 27017: open", "  tls: closed"] },
    "closed the connection without TLS",
    "access list",
    "access-list",
  ],
  [
    "a port that is open and silent",
    "AWS",
    { more: ["  tcp 27017: open", "  tls: silent"] },
    "TLS gets no answer",
    "MTU",
    null,
  ],
  [
    "a certificate outside its time",
    "AWS",
    { more: ["  tcp 27017: open", "  tls: wrong-time"] },
    "isn't valid at this machine's time",
    "clock",
    null,
  ],
  [
    "a certificate of a proxy",
    "AWS",
    { more: ["  tcp 27017: open", "  tls: untrusted"] },
    "isn't trusted",
    "CA certificates",
    null,
  ],
  ["a host that was not set", "AWS", { host: "", name: "missing" }, "no host", "CLUSTER_HOST", null],
] as const)(
  "readDiagnosis names %s and the step that fixes it [I1] [I2] [I8]",
  (_title, cloud, lines, says, next, step) => {
    const reading = readDiagnosis(print(lines), places[cloud])
    expect(reading).toMatchObject({ verdict: "not-yet", step })
    expect(reading.says).toContain(says)
    expect(reading.next).toContain(next)
  },
)

test("readDiagnosis reports the first host that fails, of the last run in the text", () => {
  const two = print({}).replace(
    "End of diagnosis",
    `host: other.k3v9x.mongodb.net:27017\r\n  name: none\r\nEnd of diagnosis`,
  )
  expect(readDiagnosis(two, places.AWS).says).toContain("other.k3v9x.mongodb.net")
  expect(readDiagnosis(two + print({}), places.AWS).verdict).toBe("works")
})

test("readDiagnosis takes no unfinished and no other output for a success", () => {
  const early = print({}).split("  tls:")[0] ?? ""
  expect(readDiagnosis(early, places.AWS)).toMatchObject({ verdict: "not-yet" })
  expect(readDiagnosis(print({}).replace("End of diagnosis", ""), places.AWS).says).toContain("ends early")
  expect(readDiagnosis("Connection to 10.8.1.17 27017 port [tcp/*] succeeded!", places.AWS).verdict).toBe(
    "unreadable",
  )
  const script =
    'sh -s -- AWS 10.8.0.0/21 <<\'DIAGNOSIS\'\n  echo "Peering diagnosis 1 $1 $2"\n  echo "End of diagnosis"'
  expect(readDiagnosis(script, places.AWS).verdict).toBe("unreadable")
})
