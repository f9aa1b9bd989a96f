import {
  apiUrls,
  idempotencyKeyHeader,
  requestedByHeader,
  requestedByValue,
} from "@peering-desk/shared-schemas"
import type { Call } from "./load.ts"

export const projectCount = 20
export const connectionsPerProject = 50

const toId = (kind: string, at: number) => `${kind}000000${at.toString(16).padStart(16, "0")}`
/** The ids that `atlas-stub.ts` gives. */
export const toProjectId = (at: number) => toId("6a", at % projectCount)
export const toPeeringId = (project: number, at: number) => toId("6d", project * 10_000 + at)

let made = 0

/** Makes the next request for a connection, spread over the projects. No two are of the same network or overlap. */
function makeRequest() {
  const at = made++
  return {
    at,
    projectId: toProjectId(at),
    request: {
      providerName: "AWS",
      containerId: toId("6c", at % projectCount),
      accepterRegionName: "us-west-2",
      awsAccountId: "482913570264",
      routeTableCidrBlock: `10.${Math.floor(at / 256) % 256}.${at % 256}.0/24`,
      vpcId: `vpc-0b${at.toString(16).padStart(15, "0")}`,
    },
  }
}

/** Returns creates of our API, with the sessions in turn. */
export function createsThroughUs(cookies: readonly string[]): () => Call {
  return () => {
    const { at, projectId, request } = makeRequest()
    return {
      method: "POST",
      path: apiUrls.peerings(projectId),
      headers: {
        cookie: cookies[at % cookies.length] ?? "",
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        [requestedByHeader]: requestedByValue,
        [idempotencyKeyHeader]: `bench-create-number-${at}`,
      },
      body: JSON.stringify({ request, reason: "Orders reads the catalogue" }),
      status: 201,
    }
  }
}

/** Returns the same creates as Atlas takes them, for the bare proxy. */
export function createsThroughTheProxy(): Call {
  const { at, projectId, request } = makeRequest()
  return {
    method: "POST",
    path: `/api/atlas/v1.0/groups/${projectId}/peers`,
    headers: { "content-type": "application/json", [idempotencyKeyHeader]: `bench-create-number-${at}` },
    body: JSON.stringify(request),
    status: 201,
  }
}

/** Returns reads of one address, with the sessions in turn. */
export function readsThroughUs(
  cookies: readonly string[],
  toPath: (projectId: string) => string,
): () => Call {
  let at = 0
  return () => {
    at += 1
    const headers = { cookie: cookies[at % cookies.length] ?? "" }
    return { method: "GET", path: toPath(toProjectId(at)), headers, status: 200 }
  }
}

/** Returns reads of a project's connections from Atlas, for the bare proxy. */
export function readsThroughTheProxy(): () => Call {
  let at = 0
  return () => {
    at += 1
    const path = `/api/atlas/v1.0/groups/${toProjectId(at)}/peers?providerName=AWS&pageNum=1&itemsPerPage=500`
    return { method: "GET", path, headers: {}, status: 200 }
  }
}
