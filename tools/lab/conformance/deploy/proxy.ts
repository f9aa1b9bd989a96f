import type { Task } from "#tools/lab/area.ts"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { apiUrls } from "@peering-desk/shared-schemas"
import { startPostgres } from "#bff/test/support/postgres.ts"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { findFreePort, answers, startProgram, waitForProgram } from "@peering-desk/test-support/programs"
import { toCookieHeader } from "#bff/test/support/browser.ts"
import { fromSource, noAtlas, startDesk, type Desk } from "#tools/lab/desk.ts"
import { runWell } from "#tools/lab/programs.ts"
import { createPeering, projectId, startInstallation } from "./installation.ts"
import { followStream } from "./stream-follower.ts"

const configuration = readFileSync(
  fileURLToPath(new URL("../../../../deploy/nginx/peering-desk.conf", import.meta.url)),
  "utf8",
)

/** Runs two servers over PostgreSQL behind nginx with the configuration of this repository. */
export async function checkProxy({ work, keep }: Task): Promise<Figure[]> {
  const [port, ...deskPorts] = [await findFreePort(), await findFreePort(), await findFreePort()]
  const origin = `http://127.0.0.1:${port}`
  const syntax = await check("nginx accepts the configuration with TLS", () => checkSyntax(work, deskPorts))
  const installation = keep(await startInstallation(origin))
  const postgres = keep(await startPostgres())
  const environment = {
    ...installation.settings,
    ...installation.secrets,
    TRUST_PROXY: "1",
    DATABASE_URL: await postgres.createDatabase(),
  }
  const start = async (deskPort: number) => {
    const settings = { ...environment, PORT: String(deskPort) }
    return keep(await startDesk(join(work, String(deskPort)), noAtlas, settings, { program: fromSource }))
  }
  // One at first: what happened in one reaches the streams of another later.
  const desks = [await start(deskPorts[0] as number)]
  const nginx = startProgram("nginx", ["-c", writePlain(work, port, deskPorts)], {}, work)
  // Its workers outlive a kill.
  keep({ close: () => nginx.stop() })
  await waitForProgram(nginx, () => answers(origin))
  const browser = await installation.signIn()
  const events = `${origin}${apiUrls.events({ projects: projectId })}`
  const stream = keep(followStream(events, toCookieHeader(browser)))
  let creates = 0
  const create = () => createPeering(origin, browser, (creates += 1))

  return [
    syntax,
    await check("An event passes nginx within a second", async () => {
      const id = await create()
      const from = performance.now()
      await stream.waitFor(id, 1_000)
      return `${Math.round(performance.now() - from)} ms after the answer to the create`
    }),
    await check("One server after the other is replaced, and nothing is lost", async () => {
      desks.push(await start(deskPorts[1] as number))
      const ids: string[] = []
      let reads = 0
      const failed: string[] = []
      let isUpgrading = true
      const read = async () => {
        while (isUpgrading) {
          const { status, text } = await browser.send(`${origin}${apiUrls.session()}`)
          reads += 1
          if (status !== 200) failed.push(`${status} ${text.slice(0, 200)}`)
        }
      }
      const write = async () => {
        while (isUpgrading) {
          await create().then(
            (id) => ids.push(id),
            (error: unknown) => failed.push(String(error)),
          )
          // Below the rate limit of one person.
          await new Promise((resolve) => setTimeout(resolve, 1_500))
        }
      }
      const people = Promise.all([read(), write()])
      for (const [at, deskPort] of deskPorts.entries()) {
        await (desks[at] as Desk).stop()
        desks[at] = await start(deskPort)
      }
      isUpgrading = false
      await people
      const log = readFileSync(join(work, "plain.log"), "utf8").slice(-2_000)
      expectThat(failed.length === 0, `${failed.length} failed, such as ${failed[0]}\n${log}`)
      for (const id of ids) await stream.waitFor(id, 10_000)
      expectThat(stream.openings() > 1, "the stream was never interrupted")
      return `${reads} reads, ${ids.length} creates, ${stream.openings()} openings of one stream`
    }),
  ]
}

/** Puts addresses of this machine in the place of the servers' names. */
function addressServers(deskPorts: readonly number[]): string {
  return deskPorts.reduce(
    (text, deskPort, at) => text.replaceAll(`desk-${at + 1}:8080`, `127.0.0.1:${deskPort}`),
    configuration,
  )
}

/** Writes nginx's main file around a part for servers. */
function writeMain(work: string, name: string, servers: string): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${work}/${kind};`,
  )
  const main = [
    "daemon off;",
    `pid ${work}/${name}.pid;`,
    `error_log ${work}/${name}.log;`,
    "events {}",
    `http { access_log off; ${paths.join(" ")}`,
    servers,
    "}",
  ]
  writeFileSync(join(work, `${name}.conf`), main.join("\n"))
  return join(work, `${name}.conf`)
}

async function checkSyntax(work: string, deskPorts: readonly number[]): Promise<void> {
  const made =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 1 -subj /CN=localhost -keyout key -out certificate"
  await runWell("openssl", made.split(" "), { cwd: work })
  const servers = addressServers(deskPorts).replaceAll("/etc/nginx/tls", work)
  await runWell("nginx", ["-t", "-c", writeMain(work, "tls", servers)])
}

/** Writes the configuration for plain HTTP on this machine; returns its path. */
function writePlain(work: string, port: number, deskPorts: readonly number[]): string {
  const servers = addressServers(deskPorts)
    .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
    .replaceAll(/^ *(?:http2|ssl_\w+) .*$/gm, "")
  return writeMain(work, "plain", servers)
}
