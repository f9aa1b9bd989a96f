import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { buffer } from "node:stream/consumers"
import { listen } from "@peering-desk/test-support/listen"

/** A role that moto lets anybody be; the shim asks for its external id and has its rights. */
interface ShimRole {
  arn: string
  externalId: string
  rights: readonly string[]
}

/** A call as it came, with AWS's code when the shim or moto refused it. */
interface ShimCall {
  service: string
  action: string
  region: string
  code: string | null
}

/** Moto, refusing what AWS refuses, over HTTP. */
export interface AwsShim {
  url: string
  calls: ShimCall[]
  /** Puts a role in place of the one with its ARN. */
  putRole: (role: ShimRole) => void
  /** Revokes a role: it can't be assumed, and its credentials end. */
  revoke: (arn: string) => void
  /** Shows a peering in a state that moto can't be brought to, or hides it: `absent`. */
  setState: (connectionId: string, state: string) => void
  close: () => Promise<void>
}

type Parameters = ReadonlyMap<string, string>
/** A request as the shim forwards it. */
interface Forwarded {
  parameters: Parameters
  authorization: string
}
interface Answer {
  status: number
  xml: string
}

/**
 * Starts a proxy in front of moto that adds what moto doesn't do: external ids, rights, revoked roles, `DryRun`, filters of peerings,
 * states of peerings, and routes that are blackholes. It logs each call. Credentials that it did not give out are the owner's.
 */
export async function startAwsShim(motoUrl: string): Promise<AwsShim> {
  const roles = new Map<string, ShimRole>()
  const issued = new Map<string, string>()
  const states = new Map<string, string>()
  const calls: ShimCall[] = []

  async function forward({ parameters, authorization }: Forwarded): Promise<Answer> {
    const body = new URLSearchParams([...parameters])
    const answer = await fetch(motoUrl, { method: "POST", headers: { authorization }, body })
    return { status: answer.status, xml: await answer.text() }
  }

  async function assumeRole(request: Forwarded): Promise<Answer> {
    const arn = request.parameters.get("RoleArn") ?? ""
    if (roles.get(arn)?.externalId !== request.parameters.get("ExternalId"))
      return refuse(
        "sts",
        403,
        "AccessDenied",
        `not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      )
    const answer = await forward(request)
    const [, key] = /<AccessKeyId>([^<]+)/.exec(answer.xml) ?? []
    if (key !== undefined) issued.set(key, arn)
    return answer
  }

  async function describe(request: Forwarded, accessKeyId: string, action: string): Promise<Answer> {
    const arn = issued.get(accessKeyId)
    const refused = arn === undefined ? null : findRefusal(roles.get(arn), request.parameters, action)
    if (refused !== null) return refused
    const answer = await forward(request)
    if (action === "DescribeVpcPeeringConnections")
      return { ...answer, xml: keepAsked(showStates(answer.xml, states), request.parameters) }
    if (action === "DescribeRouteTables") {
      const all = new Map([
        ["Action", "DescribeVpcPeeringConnections"],
        ["Version", "2016-11-15"],
      ])
      const peerings = await forward({ ...request, parameters: all })
      return { ...answer, xml: markBlackholes(answer.xml, showStates(peerings.xml, states)) }
    }
    return answer
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization = "" } = request.headers
    const parameters = new Map(new URLSearchParams((await buffer(request)).toString()))
    const [, accessKeyId = "", region = "", service = ""] =
      /Credential=([^/]+)\/[^/]+\/([^/]+)\/([^/]+)\//.exec(authorization) ?? []
    const action = parameters.get("Action") ?? ""
    const forwarded = { parameters, authorization }
    const answer =
      service === "ec2"
        ? await describe(forwarded, accessKeyId, action)
        : action === "AssumeRole"
          ? await assumeRole(forwarded)
          : await forward(forwarded)
    const [, code = null] = answer.status < 300 ? [] : (/<Code>([^<]+)/.exec(answer.xml) ?? [])
    calls.push({ service, action, region, code })
    response.writeHead(answer.status, { "content-type": "text/xml" }).end(answer.xml)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  const { origin: url, close } = await listen(server)
  return {
    url,
    calls,
    putRole: (role) => void roles.set(role.arn, role),
    revoke: (arn) => void roles.delete(arn),
    setState: (connectionId, state) => void states.set(connectionId, state),
    close,
  }
}

/** Returns AWS's refusal of a role's call, a dry run's answer included; null when the call goes on. */
function findRefusal(role: ShimRole | undefined, parameters: Parameters, action: string): Answer | null {
  if (role === undefined)
    return refuse("ec2", 401, "AuthFailure", "AWS was not able to validate the provided access credentials")
  if (!role.rights.includes(`ec2:${action}`))
    return refuse("ec2", 403, "UnauthorizedOperation", `not authorized to perform: ec2:${action}`)
  if (parameters.get("DryRun") === "true")
    return refuse("ec2", 412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
  return null
}

function refuse(service: "ec2" | "sts", status: number, code: string, says: string): Answer {
  const error = `<Error><Code>${code}</Code><Message>${says}</Message></Error>`
  const xml =
    service === "ec2"
      ? `<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>`
      : `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}<RequestId>1</RequestId></ErrorResponse>`
  return { status, xml }
}

const peering = /<item><vpcPeeringConnectionId>([^<]+)<[^]*?<\/tagSet><\/item>/g

function showStates(xml: string, states: ReadonlyMap<string, string>): string {
  return xml.replace(peering, (item: string, id: string) => {
    const state = states.get(id)
    if (state === undefined) return item
    return state === "absent" ? "" : item.replace(/<code>[^<]+<\/code>/, `<code>${state}</code>`)
  })
}

/** Keeps the peerings that pass the filters by the VPC of an end. */
function keepAsked(xml: string, parameters: Parameters): string {
  const asked = [...parameters].flatMap(([key, name]) => {
    const [, at, end] =
      /^Filter\.(\d+)\.Name (accepter|requester)-vpc-info\.vpc-id$/.exec(`${key} ${name}`) ?? []
    return at === undefined ? [] : [{ end, value: parameters.get(`Filter.${at}.Value.1`) }]
  })
  return xml.replace(peering, (item: string) =>
    asked.every(({ end, value }) =>
      new RegExp(`<${end}VpcInfo>(?:(?!</${end}VpcInfo>)[^])*<vpcId>${value}<`).test(item),
    )
      ? item
      : "",
  )
}

/** Calls routes to peerings that aren't active blackholes. */
function markBlackholes(tables: string, peerings: string): string {
  const active = new Set(
    [...peerings.matchAll(peering)].flatMap(([item, id]) =>
      item.includes("<code>active</code>") ? [id] : [],
    ),
  )
  return tables.replace(
    /(<vpcPeeringConnectionId>)([^<]+)(<[^]*?<state>)active(<)/g,
    (route: string, before: string, id: string, between: string, after: string) =>
      active.has(id) ? route : `${before}${id}${between}blackhole${after}`,
  )
}
