import { BlockList, isIPv4, isIPv6 } from "node:net"

/** IANA's special-purpose IPv4 registry, multicast, and addresses by which a cloud's machines reach its own services. */
const specialV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  // Azure's platform, from inside any of its networks.
  "168.63.129.16/32",
]

/** The special parts of 2000::/3. Everything outside of it is special: loopback, mapped, link-local, unique-local, multicast. */
const specialV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"]

const special = toBlockList(specialV4, "ipv4")
const specialGlobal = toBlockList(specialV6, "ipv6")
const global = toBlockList(["2000::/3"], "ipv6")

/** Returns whether an IP address is one of the public internet: no message goes to any other without the operator's word. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, "ipv4")
  if (!isIPv6(address) || address.includes("%")) return false
  return global.check(address, "ipv6") && !specialGlobal.check(address, "ipv6")
}

function toBlockList(networks: readonly string[], type: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = "", bits] = network.split("/")
    list.addSubnet(address, Number(bits), type)
  }
  return list
}
