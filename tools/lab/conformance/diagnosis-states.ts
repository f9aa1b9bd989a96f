/** A state of the network between a machine and Atlas, and what the reading of the test script must say there. */
export interface NetworkState {
  /** Shell commands that put the network of `diagnosis.sh` into the state. */
  setup?: string
  /** The hosts to test; the only one is `shard.example.net:27017` unless named. */
  hosts?: readonly string[]
  says: string
  /** The setup step that fixes it; null when none does. */
  step: string | null
  /** The reading where the machine has no openssl, when it differs. */
  withoutOpenssl?: { says: string; step: string | null }
}

const notFullyChecked = { says: "TLS works, but the certificate was not fully checked", step: null }

/** Each state by its name. */
export const networkStates: Readonly<Record<string, NetworkState>> = {
  works: { says: "Name, route, port and TLS work", step: null, withoutOpenssl: notFullyChecked },
  "name is an alias": {
    hosts: ["alias.example.net:27017"],
    says: "Name, route, port and TLS work",
    step: null,
    withoutOpenssl: notFullyChecked,
  },
  "first of two DNS servers is dead": {
    setup: "use_resolver 10.71.0.77; echo 'nameserver 10.71.0.1' >>/etc/resolv.conf",
    says: "Name, route, port and TLS work",
    step: null,
    withoutOpenssl: notFullyChecked,
  },
  "name is unknown": {
    hosts: ["missing.example.net:27017"],
    says: "The DNS server 10.71.0.1 doesn't know missing.example.net",
    step: null,
  },
  "name has an IPv6 address only": {
    hosts: ["v6.example.net:27017"],
    says: "The DNS server 10.71.0.1 doesn't know v6.example.net",
    step: null,
  },
  "DNS server has no machine": {
    setup: "use_resolver 10.71.0.77",
    says: "The DNS server 10.71.0.77 gave no answer",
    step: null,
  },
  "no way to the DNS server": {
    setup: "use_resolver 10.255.255.53",
    says: "The DNS server 10.255.255.53 gave no answer",
    step: null,
  },
  "DNS port is closed": {
    setup: "use_resolver 10.8.1.17",
    says: "The DNS server 10.8.1.17 gave no answer",
    step: null,
  },
  "firewall drops DNS": {
    setup:
      "ip netns exec fw nft 'add table ip t; add chain ip t i { type filter hook input priority 0; }; add rule ip t i udp dport 53 drop; add rule ip t i tcp dport 53 drop'",
    says: "The DNS server 10.71.0.1 gave no answer",
    step: null,
  },
  "no DNS server is set": {
    setup: ": >/etc/resolv.conf",
    says: "The DNS server of this machine gave no answer",
    step: null,
  },
  "DNS server fails": {
    hosts: ["shard.broken.net:27017"],
    says: "The DNS server 10.71.0.1 answered with an error",
    step: null,
  },
  "DNS server refuses": {
    hosts: ["shard.example.com:27017"],
    says: "The DNS server 10.71.0.1 answered with an error",
    step: null,
  },
  "name is public": {
    hosts: ["public.example.net:27017"],
    says: "resolves to the public 52.4.1.9",
    step: "connection-string",
  },
  "address is outside the container": {
    hosts: ["other.example.net:27017"],
    says: "resolves to 10.99.0.1, outside the container's 10.8.0.0/21",
    step: "connection-string",
  },
  "host is an address": {
    hosts: ["10.8.1.17:27017"],
    says: "10.8.1.17 is an IP address",
    step: "connection-string",
  },
  "container network takes the traffic": {
    setup: "ip link add docker0 type bridge; ip addr add 10.8.1.1/24 dev docker0; ip link set docker0 up",
    says: "The local container network docker0 takes the traffic",
    step: null,
  },
  "no route": {
    setup: "ip route del 10.8.0.0/21",
    says: "This machine has no route to 10.8.1.17",
    step: "aws-routes",
  },
  "blackhole route": {
    setup: "ip route replace blackhole 10.8.0.0/21",
    says: "This machine itself discards the traffic",
    step: null,
  },
  "prohibit route": {
    setup: "ip route replace prohibit 10.8.0.0/21",
    says: "This machine itself discards the traffic",
    step: null,
  },
  "unreachable route": {
    setup: "ip route replace unreachable 10.8.0.0/21",
    says: "This machine itself discards the traffic",
    step: null,
  },
  "firewall rejects": {
    setup: "use_rule 'ip protocol tcp reject with icmp type admin-prohibited'",
    says: "was rejected on the way",
    step: "aws-security-group",
  },
  "router prohibits": {
    setup: "ip -n fw route add prohibit 10.8.1.17/32",
    says: "was rejected on the way",
    step: "aws-security-group",
  },
  "firewall rejects one port": {
    setup: "use_rule 'tcp dport 27017 reject with icmp type admin-prohibited'",
    says: "was rejected on the way",
    step: "aws-security-group",
  },
  "firewall rejects with few answers": {
    setup:
      "use_rule 'tcp dport 27015 reject with icmp type admin-prohibited'; use_rule 'ip protocol tcp drop'",
    says: "was rejected on the way",
    step: "aws-security-group",
  },
  "router has no route": {
    setup: "ip -n fw route add throw 10.8.1.17/32",
    says: "A router on the way has no route to 10.8.1.17",
    step: "aws-routes",
  },
  "firewall drops": {
    setup: "use_rule 'ip protocol tcp drop'",
    says: "No port of 10.8.1.17 answers",
    step: "aws-routes",
  },
  "router discards": {
    setup: "ip -n fw route add blackhole 10.8.1.17/32",
    says: "No port of 10.8.1.17 answers",
    step: "aws-routes",
  },
  "no way back": {
    setup: "ip -n sv route del default",
    says: "No port of 10.8.1.17 answers",
    step: "aws-routes",
  },
  "firewall drops one port": {
    setup: "use_rule 'tcp dport 27017 drop'",
    says: "The port is closed on the way",
    step: "aws-security-group",
  },
  "port is closed": {
    hosts: ["shard.example.net:27099"],
    says: "The port is closed: 10.8.1.17:27099 refuses",
    step: "connection-string",
  },
  "port of the second host is closed": {
    hosts: ["shard.example.net:27017", "alias.example.net:27099"],
    says: "The port is closed: 10.8.1.17:27099 refuses",
    step: "connection-string",
    withoutOpenssl: notFullyChecked,
  },
  "TLS ends with an alert": {
    hosts: ["shard.example.net:27021"],
    says: "The other side broke off TLS",
    step: "access-list",
  },
  "connection ends before TLS": {
    hosts: ["shard.example.net:27022"],
    says: "The other side closed the connection without TLS",
    step: "access-list",
  },
  "connection is reset before TLS": {
    hosts: ["shard.example.net:27025"],
    says: "The other side closed the connection without TLS",
    step: "access-list",
  },
  "port speaks no TLS": {
    hosts: ["shard.example.net:27023"],
    says: "The port answers without TLS",
    step: "connection-string",
  },
  "TLS gets no answer": {
    hosts: ["shard.example.net:27024"],
    says: "The port is open, but TLS gets no answer",
    step: null,
  },
  "certificate is for another name": {
    hosts: ["twin.example.net:27017"],
    says: "The certificate is for another name",
    step: "connection-string",
    withoutOpenssl: notFullyChecked,
  },
  "certificate is not trusted": {
    hosts: ["shard.example.net:27018"],
    says: "The certificate isn't trusted here",
    step: null,
    withoutOpenssl: notFullyChecked,
  },
  "certificate has expired": {
    hosts: ["shard.example.net:27019"],
    says: "The certificate isn't valid at this machine's time",
    step: null,
    withoutOpenssl: notFullyChecked,
  },
}
