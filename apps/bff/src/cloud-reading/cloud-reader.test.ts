import { afterEach, expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { systemClock } from "#base/clock.ts"
import { CloudReader } from "./cloud-reader.ts"

const role = { roleArn: "arn:aws:iam::111122223333:role/peering-desk-read", externalId: "desk" }
/** No metadata address, no files. */
const nothing = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  HOME: "/absent",
}
const asked = { region: "us-east-1", vpcIds: [], mostCalls: 10, lists: true }

let reader: CloudReader
afterEach(() => reader.stop())

function openReader(environment: Record<string, string>, file?: URL): CloudReader {
  return new CloudReader({
    clock: systemClock,
    logger: createLogger("silent"),
    environment: { ...nothing, ...environment },
    ...(file !== undefined && { file }),
  })
}

test("a reader on a server without AWS credentials says so", async () => {
  reader = openReader({})
  const problem = {
    code: "no-credentials",
    says: "This server has no identity in AWS: the SDK found no credentials (CredentialsProviderError).",
  }
  expect(await reader.identify()).toEqual({ problem })
  expect(await reader.check(role, "us-east-1")).toMatchObject({ problem, account: null, calls: 0 })
  expect(await reader.read(role, asked)).toMatchObject({ problem, calls: 0, listed: [], networks: [] })
})

test("a reader that can't reach AWS says so", async () => {
  const endpoint = "http://127.0.0.1:1"
  reader = openReader({
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
    AWS_ENDPOINT_URL_STS: endpoint,
  })
  expect(await reader.read(role, asked)).toMatchObject({
    problem: { code: "unreachable", says: "AWS could not be reached (ECONNREFUSED)." },
  })
})

test("a reader whose thread can't start rejects nothing", async () => {
  reader = openReader({}, new URL("./absent-worker.js", import.meta.url))
  const problem = { code: "unexpected" }
  expect(await reader.identify()).toMatchObject({ problem })
  expect(await reader.check(role, "us-east-1")).toMatchObject({ problem })
  expect(await reader.read(role, asked)).toMatchObject({ problem, networks: [] })
})
