import {
  apiUrls,
  PeeringList,
  problemMediaType,
  requestedByHeader,
  requestedByValue,
} from "@peering-desk/shared-schemas"
import { Ajv2020 } from "ajv/dist/2020.js"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { toRequests, type Operation, type RandomRequest } from "#test/support/random-requests.ts"
import { personas, projectHere, standingRules, standings } from "#test/support/roles.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

/** RANDOM_REQUESTS and SEED in the environment make it longer, and repeat it. */
const count = Number(process.env["RANDOM_REQUESTS"] ?? 3_000)
const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31)
const noLimits = Object.fromEntries(
  ["READS_PER_USER", "READS_PER_ADDRESS", "WRITES_PER_USER", "WRITES_PER_ADDRESS", "PREFLIGHTS_PER_USER"].map(
    (name) => [`RATE_${name}`, "99999"],
  ),
)

interface Document {
  paths: Record<string, Record<string, Operation>>
}

let desk: TestApp
let document: Document
let cookies: (string | undefined)[]
let peeringIds: string[]
const ajv = new Ajv2020({ strict: false, validateFormats: false })

beforeAll(async () => {
  desk = await startTestApp({
    persona: "everywhere",
    personas,
    accessRules: standingRules,
    environment: noLimits,
  })
  document = (await desk.call("GET", apiUrls.openApi())).json() as Document
  ajv.addSchema(document, "api")
  const signedIn = standings.filter((standing) => standing !== "nobody" && standing !== "everywhere")
  cookies = [undefined, ...signedIn.map(() => desk.cookie)]
  for (const standing of signedIn) cookies.push(await desk.signIn(standing))
  const { peerings } = PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectHere))).json())
  peeringIds = peerings.map(({ id }) => id)
}, 60_000)
afterAll(() => desk.close())

interface Answered {
  status: number
  type: string
  text: string
}

async function send(
  method: string,
  { path, headers, body }: RandomRequest,
  cookie: string | undefined,
): Promise<Answered> {
  const response = await fetch(`${desk.origin}${path}`, {
    method,
    redirect: "manual",
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      [requestedByHeader]: requestedByValue,
      ...headers,
      ...(cookie !== undefined && { cookie }),
    },
    ...(body !== undefined && { body }),
  })
  const type = response.headers.get("content-type")?.split(";")[0] ?? ""
  if (type === "text/event-stream") {
    await response.body?.cancel()
    return { status: response.status, type, text: "" }
  }
  return { status: response.status, type, text: await response.text() }
}

/** Returns what is wrong with an answer; null for a right one. */
function judge(template: string, verb: string, { status, type, text }: Answered): string | null {
  if (status >= 500) return `answered ${status}: ${text}`
  const place = template.replaceAll("~", "~0").replaceAll("/", "~1")
  const { responses = {} } = document.paths[template]?.[verb] ?? {}
  const isDescribed = String(status) in responses || (status >= 400 && "default" in responses)
  if (!isDescribed) return `${status} is not described`
  if (!type.endsWith("json")) return null
  const at = encodeURI(`${place}/${verb}/responses/${status}/content/application~1json/schema`)
  const pointer = status < 400 ? `paths/${at}` : "components/schemas/Problem"
  if (status >= 400 && type !== problemMediaType) return `a problem as ${type}`
  const validate = ajv.getSchema(`api#/${pointer}`)
  if (validate === undefined) return `no schema at ${pointer}`
  return validate(JSON.parse(text)) === true ? null : `against its schema: ${ajv.errorsText(validate.errors)}`
}

test(`random requests to every operation of the API get described answers and never a 500 (seed ${seed})`, async () => {
  const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([verb, operation]) => ({ template, verb, operation })),
  )
  const wrong: string[] = []
  const succeeded = new Set<Operation>()
  const each = Math.ceil(count / operations.length)
  for (const [number, { template, verb, operation }] of operations.entries()) {
    // With one seed for all, either every operation would have a path with the ids of a connection, or none.
    const run = { numRuns: each, seed: seed + number }
    const requests = fc.sample(toRequests(template, operation, peeringIds), run)
    for (const [index, request] of requests.entries()) {
      const cookie = cookies[(index + seed) % cookies.length]
      const answered = await send(verb.toUpperCase(), request, cookie)
      if (answered.status < 300) succeeded.add(operation)
      const problem = judge(template, verb, answered)
      if (problem !== null)
        wrong.push(`${verb} ${request.path} ${request.body ?? ""}: ${problem}`.slice(0, 600))
    }
  }
  expect(wrong).toEqual([])
  // Most requests get past the door.
  expect(succeeded.size).toBeGreaterThan(operations.length * 0.6)
  expect((await desk.call("GET", apiUrls.readiness())).status).toBe(200)
}, 600_000)
