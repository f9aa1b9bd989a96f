import { parseArgs } from "node:util"
import { systemClock } from "#bff/src/base/clock.ts"
import { DigestSigner } from "#bff/src/atlas/auth/digest-signer.ts"
import { sendSigned } from "#bff/src/atlas/auth/send-request.ts"
import { createBareClient } from "#tools/lab/bench/creates/bare-client.ts"
import { toQuantile } from "#tools/lab/figure.ts"

/*
 * Makes signed calls with one client of Node, and prints what they cost. A process of its own, so that its processor time is that of
 * the client.
 */

type Send = (path: string) => Promise<number>

const { values } = parseArgs({
  options: {
    client: { type: "string" },
    atlas: { type: "string", default: "" },
    path: { type: "string", default: "/" },
    key: { type: "string", default: "" },
    secret: { type: "string", default: "" },
    count: { type: "string" },
    clients: { type: "string" },
  },
})
const { atlas, path, key, secret } = values

const clients: Record<string, () => Send> = {
  ours() {
    const digest = new DigestSigner({
      publicKey: key,
      privateKey: secret,
      clock: systemClock,
      timeoutMs: 10_000,
    })
    return async (asked) => {
      // Each call of the server has a deadline of its own.
      const { signal } = new AbortController()
      const answer = await sendSigned(digest, `${atlas}${asked}`, { signal })
      await answer.text()
      return answer.status
    }
  },
  bare() {
    const send = createBareClient({ atlas, key, secret })
    return async (asked) => (await send("GET", asked)).status
  },
}

const send = clients[values.client ?? ""]?.()
if (send === undefined) throw new Error(`there is no client ${values.client}`)
let left = Number(values.count)
let failures = 0
const took: number[] = []
const work = async () => {
  while (left > 0) {
    left -= 1
    const begun = performance.now()
    if ((await send(path)) !== 200) failures += 1
    took.push(performance.now() - begun)
  }
}
const before = process.cpuUsage()
await Promise.all(Array.from({ length: Number(values.clients) }, work))
const { user, system } = process.cpuUsage(before)
process.stdout.write(
  JSON.stringify({ cpuUs: (user + system) / took.length, medianMs: toQuantile(took, 0.5), failures }),
)
process.exit(0)
