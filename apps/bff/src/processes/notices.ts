import pg from "pg"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { channel } from "#store/step.ts"
import type { PolledClouds } from "./polled-clouds.ts"

interface NoticesDeps {
  /** Called for each new connection, since the password may have been replaced. */
  readDatabaseUrl: () => string
  clouds: PolledClouds
  clock: Clock
  logger: Logger
  /** Names this process in its probes. */
  process: string
  /** Called for each notice of another process or of this one, and when some may have been missed. */
  onNotice: (words: string | null) => void
}

const probeEveryMs = 10_000
const probeWithinMs = 2_000
const reconnectAfterMs = 5_000

/** The sentence for operators when notices do not arrive. */
export const noticesMissing =
  "PostgreSQL's notices don't arrive, as behind a pooler in transaction mode: what another process sees is shown a second later. " +
  "Give DATABASE_URL a direct connection, or a pooler in session mode, to make it instant."

/**
 * Hears what other processes wrote, over a separate connection (PostgreSQL: LISTEN). A connection that looks fine may have gone deaf,
 * so this process notifies itself every few seconds. Nothing depends on notices: without them the regular reads find every change.
 */
export class Notices {
  readonly #deps: NoticesDeps
  #client: pg.Client | null = null
  #cancel = () => {}
  #stopped = false
  #probes = 0
  #heard = (_probe: number) => {}
  /** Null until the first probe ended. */
  #arrive: boolean | null = null

  constructor(deps: NoticesDeps) {
    this.#deps = deps
  }

  /** False when the last probe was lost. */
  get arrive(): boolean {
    return this.#arrive !== false
  }

  /** Resolves when the first probe came back or was given up. */
  async start(): Promise<void> {
    try {
      await this.#connect()
      await this.#probe()
    } catch (error) {
      await this.#fail(error)
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel()
    await this.#close()
  }

  async #connect(): Promise<void> {
    const { readDatabaseUrl, onNotice, process } = this.#deps
    const client = new pg.Client({
      connectionString: readDatabaseUrl(),
      application_name: "peering-desk notices",
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    })
    this.#client = client
    client.on("error", (error) => void this.#fail(error))
    client.on("end", () => {
      if (this.#client === client) void this.#fail(new Error("the connection ended"))
    })
    client.on("notification", ({ payload = "" }) => {
      const [word, from, probe] = payload.split(" ")
      if (word !== "probe") onNotice(payload)
      else if (from === process) this.#heard(Number(probe))
    })
    await client.connect()
    await client.query(`listen ${channel}`)
    // What was said before is missed.
    onNotice(null)
  }

  /** Notifies itself. The probe goes the way of every notice: through a connection of the pool. */
  async #probe(): Promise<void> {
    const { clock, clouds, process } = this.#deps
    const client = this.#client
    const probe = ++this.#probes
    let cancel = () => {}
    const heard = new Promise<boolean>((resolve) => {
      this.#heard = (number) => {
        if (number === probe) resolve(true)
      }
      cancel = clock.after(probeWithinMs, () => resolve(false))
    })
    await clouds.notify(`probe ${process} ${probe}`)
    const arrived = await heard
    cancel()
    if (this.#stopped || client !== this.#client) return
    if (!arrived) throw new Error("a notice to itself did not arrive")
    if (this.#arrive === false) this.#deps.logger.info("PostgreSQL's notices arrive again")
    this.#arrive = true
    this.#cancel = clock.after(
      probeEveryMs,
      () => void this.#probe().catch((error: unknown) => this.#fail(error)),
    )
  }

  async #fail(error: unknown): Promise<void> {
    const { clock, logger } = this.#deps
    if (this.#stopped) return
    if (this.#arrive !== false) logger.warn({ err: error }, noticesMissing)
    this.#arrive = false
    this.#cancel()
    this.#cancel = clock.after(reconnectAfterMs, () => void this.start())
    await this.#close()
  }

  async #close(): Promise<void> {
    const client = this.#client
    this.#client = null
    await client?.end().catch(() => undefined)
  }
}
