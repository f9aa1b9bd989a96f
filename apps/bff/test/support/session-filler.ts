import { createHmac, randomUUID } from "node:crypto"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { toSessionOwner, usualSessionLifetimes, type SignedInData } from "#sign-in/session-data.ts"
import { openStore } from "#store/open-store.ts"
import { SessionStore } from "#store/session-store.ts"

// Signs as many people in, each once, through the store's own code, and prints their cookies. `pnpm bench` runs it. Without the URL of a
// PostgreSQL database they are in SQLite's file.
const [dataDirectory = "", count = "0", secret = "", databaseUrl] = process.argv.slice(2)
const store = await openStore({
  dataDirectory,
  clock: systemClock,
  logger: createLogger("silent"),
  ...(databaseUrl !== undefined && { databaseUrl }),
})
const sessions = new SessionStore({
  store,
  clock: systemClock,
  ownerOf: toSessionOwner,
  ...usualSessionLifetimes,
})

function signIn(number: number): SignedInData {
  const now = systemClock.now()
  return {
    identity: {
      issuer: "https://id.example",
      subject: `person-${number}`,
      name: `Person ${number}`,
      email: null,
    },
    claims: { groups: ["peering-admins"] },
    providerSession: null,
    signedInAt: now,
    checkedAt: now,
    refreshToken: null,
    refreshEndsAt: null,
    address: "127.0.0.1",
    browser: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0",
  }
}

for (let number = 0; number < Number(count); number += 1) {
  const id = randomUUID()
  await new Promise<void>((resolve, reject) => {
    const cookie = { originalMaxAge: null, httpOnly: true, path: "/", secure: false }
    sessions.set(id, { cookie, signedIn: signIn(number) } as never, (error) =>
      error == null ? resolve() : reject(error as Error),
    )
  })
  const signature = createHmac("sha256", secret).update(id).digest("base64").replace(/=+$/, "")
  process.stdout.write(`peering-desk-session=${encodeURIComponent(`s:${id}.${signature}`)}\n`)
}
await store.close()
