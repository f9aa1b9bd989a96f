import { z } from "zod"
import { parseCidr } from "#world/cidr.ts"
import type { CustomerNetwork, ReadingRole } from "#world/customer/network-schema.ts"
import { findNetwork, toNetworkName } from "#world/customer-networks.ts"
import type { World } from "#world/world.ts"

const route = {
  /** The id or name of the network, or its whole key. */
  network: z.string(),
  /** Id of a route table on AWS, its name on Azure; may be missing where it is clear which one. */
  table: z.string().optional(),
  to: z.string().refine((text) => parseCidr(text) !== null || text.startsWith("pl-"), "give a CIDR"),
}

/** An act of the network's owner in the cloud, with what it is about. */
export const networkActSchema = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("add-route"), ...route, target: z.string().min(1) }),
  z.strictObject({ act: z.literal("delete-route"), ...route }),
  z.strictObject({ act: z.literal("dns-off"), network: z.string() }),
  z.strictObject({ act: z.literal("revoke-role"), arn: z.string() }),
])
export type NetworkAct = z.infer<typeof networkActSchema>

/** A route, without what the clouds call it. */
type Route = { to: string; target: string }

/** Carries the act out in the world, and returns what it changed. Throws RangeError where it makes no sense. */
export function actOnNetwork(world: World, act: NetworkAct): CustomerNetwork | ReadingRole {
  if (act.act === "revoke-role") return revokeRole(world, act.arn)
  const network = findNetwork(world, act.network)
  switch (act.act) {
    case "dns-off":
      return switchDnsOff(network)
    case "delete-route":
      deleteRoute(network, act)
      return network
    case "add-route":
      addRoute(network, act)
      return network
  }
}

function revokeRole(world: World, arn: string): ReadingRole {
  const role = world.readingRoles.find((one) => one.arn === arn)
  if (role === undefined) throw new RangeError(`there is no role ${arn}`)
  if (role.isRevoked) throw new RangeError(`${arn} is revoked already`)
  role.isRevoked = true
  return role
}

function switchDnsOff(network: CustomerNetwork): CustomerNetwork {
  if (network.providerName !== "AWS")
    throw new RangeError(
      `dns-off needs a VPC on AWS; ${toNetworkName(network)} is on ${network.providerName}`,
    )
  network.dnsHostnames = false
  return network
}

type Table = { id: string; routes: Route[] }

/** Lists the tables of a network; on Google Cloud the network is one. */
function listTables(network: CustomerNetwork): Table[] {
  switch (network.providerName) {
    case "AWS":
      return network.routeTables
    case "GCP":
      return [{ id: network.networkName, routes: network.routes }]
    case "AZURE":
      return network.routeTables.map(({ name, routes }) => ({ id: name, routes }))
  }
}

function listNamedTables(network: CustomerNetwork, table: string | undefined): Table[] {
  const tables = listTables(network).filter(({ id }) => table === undefined || id === table)
  if (tables.length > 0) return tables
  const which = table === undefined ? "no route table" : `no route table ${table}`
  throw new RangeError(`${toNetworkName(network)} has ${which}`)
}

/** Deletes the route from the table, or without one from every table that has it. */
function deleteRoute(
  network: CustomerNetwork,
  { table, to }: Extract<NetworkAct, { act: "delete-route" }>,
): void {
  const having = listNamedTables(network, table).filter(({ routes }) =>
    routes.some((one) => one.to === to && one.target !== "local"),
  )
  if (having.length === 0)
    throw new RangeError(`${table ?? toNetworkName(network)} has no route for ${to} that can be deleted`)
  for (const { routes } of having) {
    const kept = routes.filter((one) => one.to !== to || one.target === "local")
    routes.splice(0, routes.length, ...kept)
  }
}

/** Adds the route to the table; without one, to every table. */
function addRoute(
  network: CustomerNetwork,
  { table, to, target }: Extract<NetworkAct, { act: "add-route" }>,
): void {
  const tables = listNamedTables(network, table)
  const taken = tables.find(({ routes }) => routes.some((one) => one.to === to))
  if (taken !== undefined) throw new RangeError(`${taken.id} has a route for ${to} already`)
  const ids = tables.map(({ id }) => id)
  const name = `to-${to.replaceAll(/[./]/g, "-")}`
  switch (network.providerName) {
    case "AWS":
      for (const { routes } of tables) routes.push({ to, target })
      return
    case "GCP":
      network.routes.push({ name, to, target, priority: 1000 })
      return
    case "AZURE":
      for (const { name: id, routes } of network.routeTables)
        if (ids.includes(id)) routes.push({ name, to, target })
  }
}
