import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { inferProviderName, readAtlasPeer, readContainer, readFailure, readStatus } from "./index.ts"
import type { ProviderName, RawAnswer } from "./index.ts"

interface Sample {
  origin: string
  /** Null when the answer lists several clouds. */
  providerName: ProviderName | null
  answer: RawAnswer & { results?: RawAnswer[] }
}

const folder = new URL("../samples/", import.meta.url)
const samples = readdirSync(folder).map((name): [string, Sample] => [
  name,
  JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Sample,
])
const ofPeers = samples.filter(([name]) => name.startsWith("peer"))
const ofContainers = samples.filter(([name]) => name.startsWith("containers"))

function entriesOf({ answer, providerName }: Sample): { raw: RawAnswer; providerName: ProviderName }[] {
  return (answer.results ?? [answer]).map((raw) => ({
    raw,
    providerName: providerName ?? (raw["providerName"] as ProviderName),
  }))
}

test("there are samples of every cloud", () => {
  const clouds = (of: typeof samples) =>
    new Set(of.flatMap(([, sample]) => entriesOf(sample).map((e) => e.providerName)))
  expect(clouds(ofPeers)).toEqual(new Set(["AWS", "GCP", "AZURE"]))
  expect(clouds(ofContainers)).toEqual(new Set(["AWS", "GCP", "AZURE"]))
})

test.each(ofPeers)("reads the connections of %s with every field as it came", (_, sample) => {
  for (const { raw, providerName } of entriesOf(sample)) {
    const whole = { id: "1112222b3bf99403840e8934", ...raw }
    const peer = readAtlasPeer(whole, providerName)
    expect(peer).toEqual({ ...whole, providerName })
    expect(peer && readStatus(peer)).toBe(raw["statusName"] ?? raw["status"])
  }
})

test.each(ofPeers)("tells the cloud of %s by its fields alone", (_, sample) => {
  for (const { raw, providerName } of entriesOf(sample)) {
    expect("providerName" in raw).toBe(false)
    expect(inferProviderName(raw)).toBe(providerName)
  }
})

test.each(ofContainers)("reads the containers of %s with every field as it came", (_, sample) => {
  for (const { raw, providerName } of entriesOf(sample)) {
    const whole = { id: "1112269b3bf99403840e8934", ...raw }
    expect(readContainer(whole, providerName)).toEqual({ ...whole, providerName })
  }
})

test("objects without an id are ignored", () => {
  expect(readAtlasPeer({ statusName: "FAILED" }, "AWS")).toBeNull()
  expect(readAtlasPeer({ id: 7, statusName: "FAILED" }, "AWS")).toBeNull()
  expect(readContainer({ provisioned: true }, "GCP")).toBeNull()
})

test("the failure samples give their cause in Atlas's words", () => {
  const failures = samples
    .filter(([name]) => name.startsWith("peer-aws-failed"))
    .map(([, { answer }]) => readAtlasPeer({ ...answer, id: "1112222b3bf99403840e8934" }, "AWS"))
    .map((peer) => peer && readFailure(peer))
  expect(failures).toEqual(["INVALID_ARGUMENT", "vpc peering connection request was rejected by AWS"])
})
