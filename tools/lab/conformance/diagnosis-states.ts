/** A state of the network between a machine and Atlas, and what the reading of the test script must say there. */
export interface NetworkState {
  /** Shell commands that put the network of `diagnosis.sh` into the state. */
  setup?: string
  /** The hosts to test; the only one is `shard.example.net:27017` unless named. */
  hosts?: readonly string[]
  says: string
  /** The setup step that fixes it; null when none does. */
  step: string | null
  /** True when a machine without openssl gets as far as TLS, and says that the certificate was not fully checked. */
  needsOpenssl?: true
}

const at = (name: string, port = 27_017) => ({ hosts: [`${name}:${port}`] })
const says = (text: string, step: string | null = null) => ({ says: text, step })
const noName = (name: string) => says(`The DNS server 10.71.0.1 doesn't know ${name}.example.net`)
const noDns = (server: string) => says(`The DNS server ${server} gave no answer`)
const wrongDns = says("The DNS server 10.71.0.1 answered with an error")
const discarded = says("This machine itself discards the traffic")
const rejected = says("was rejected on the way", "aws-security-group")
const silent = says("No port of 10.8.1.17 answers", "aws-routes")
const refused = says("The port is closed: 10.8.1.17:27099 refuses", "connection-string")
const noTls = says("The other side closed the connection without TLS", "access-list")
const needsOpenssl = true
const works = { ...says("Name, route, port and TLS work"), needsOpenssl } as const
const dropsDns =
  "add table ip t; add chain ip t i { type filter hook input priority 0; }; add rule ip t i udp dport 53 drop; add rule ip t i tcp dport 53 drop"

/** Each state by its name. */
export const networkStates: Readonly<Record<string, NetworkState>> = {
  works,
  "name is an alias": { ...at("alias.example.net"), ...works },
  "first of two DNS servers is dead": {
    setup: "use_resolver 10.71.0.77; echo 'nameserver 10.71.0.1' >>/etc/resolv.conf",
    ...works,
  },
  "name is unknown": { ...at("missing.example.net"), ...noName("missing") },
  "name has an IPv6 address only": { ...at("v6.example.net"), ...noName("v6") },
  "DNS server has no machine": { setup: "use_resolver 10.71.0.77", ...noDns("10.71.0.77") },
  "no way to the DNS server": { setup: "use_resolver 10.255.255.53", ...noDns("10.255.255.53") },
  "DNS port is closed": { setup: "use_resolver 10.8.1.17", ...noDns("10.8.1.17") },
  "firewall drops DNS": { setup: `ip netns exec fw nft '${dropsDns}'`, ...noDns("10.71.0.1") },
  "no DNS server is set": { setup: ": >/etc/resolv.conf", ...noDns("of this machine") },
  "DNS server fails": { ...at("shard.broken.net"), ...wrongDns },
  "DNS server refuses": { ...at("shard.example.com"), ...wrongDns },
  "name is public": {
    ...at("public.example.net"),
    ...says("resolves to the public 52.4.1.9", "connection-string"),
  },
  "address is outside the container": {
    ...at("other.example.net"),
    ...says("resolves to 10.99.0.1, outside the container's 10.8.0.0/21", "connection-string"),
  },
  "host is an address": { ...at("10.8.1.17"), ...says("10.8.1.17 is an IP address", "connection-string") },
  "container network takes the traffic": {
    setup: "ip link add docker0 type bridge; ip addr add 10.8.1.1/24 dev docker0; ip link set docker0 up",
    ...says("The local container network docker0 takes the traffic"),
  },
  "no route": {
    setup: "ip route del 10.8.0.0/21",
    ...says("This machine has no route to 10.8.1.17", "aws-routes"),
  },
  "blackhole route": { setup: "ip route replace blackhole 10.8.0.0/21", ...discarded },
  "prohibit route": { setup: "ip route replace prohibit 10.8.0.0/21", ...discarded },
  "unreachable route": { setup: "ip route replace unreachable 10.8.0.0/21", ...discarded },
  "firewall rejects": {
    setup: "use_rule 'ip protocol tcp reject with icmp type admin-prohibited'",
    ...rejected,
  },
  "router prohibits": { setup: "ip -n fw route add prohibit 10.8.1.17/32", ...rejected },
  "firewall rejects one port": {
    setup: "use_rule 'tcp dport 27017 reject with icmp type admin-prohibited'",
    ...rejected,
  },
  "firewall rejects with few answers": {
    setup:
      "use_rule 'tcp dport 27015 reject with icmp type admin-prohibited'; use_rule 'ip protocol tcp drop'",
    ...rejected,
  },
  "router has no route": {
    setup: "ip -n fw route add throw 10.8.1.17/32",
    ...says("A router on the way has no route to 10.8.1.17", "aws-routes"),
  },
  "firewall drops": { setup: "use_rule 'ip protocol tcp drop'", ...silent },
  "router discards": { setup: "ip -n fw route add blackhole 10.8.1.17/32", ...silent },
  "no way back": { setup: "ip -n sv route del default", ...silent },
  "firewall drops one port": {
    setup: "use_rule 'tcp dport 27017 drop'",
    ...says("The port is closed on the way", "aws-security-group"),
  },
  "port is closed": { ...at("shard.example.net", 27_099), ...refused },
  "port of the second host is closed": {
    hosts: ["shard.example.net:27017", "alias.example.net:27099"],
    ...refused,
    needsOpenssl,
  },
  "TLS ends with an alert": {
    ...at("shard.example.net", 27_021),
    ...says("The other side broke off TLS", "access-list"),
  },
  "connection ends before TLS": { ...at("shard.example.net", 27_022), ...noTls },
  "connection is reset before TLS": { ...at("shard.example.net", 27_025), ...noTls },
  "port speaks no TLS": {
    ...at("shard.example.net", 27_023),
    ...says("The port answers without TLS", "connection-string"),
  },
  "TLS gets no answer": {
    ...at("shard.example.net", 27_024),
    ...says("The port is open, but TLS gets no answer"),
  },
  "certificate is for another name": {
    ...at("twin.example.net"),
    ...says("The certificate is for another name", "connection-string"),
    needsOpenssl,
  },
  "certificate is not trusted": {
    ...at("shard.example.net", 27_018),
    ...says("The certificate isn't trusted here"),
    needsOpenssl,
  },
  "certificate has expired": {
    ...at("shard.example.net", 27_019),
    ...says("The certificate isn't valid at this machine's time"),
    needsOpenssl,
  },
}
