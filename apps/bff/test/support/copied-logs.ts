import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { apiUrls, AuditVerification } from "@peering-desk/shared-schemas"
import { AuditLog } from "#audit/audit-log.ts"
import { CheckpointEmitter } from "#audit/checkpoint-emitter.ts"
import { createLogger } from "#base/logger.ts"
import { openStore } from "#store/open-store.ts"
import type { Store } from "#store/store.ts"
import { fillAuditLog, olivia, readRows } from "./audit-log.ts"
import { copyDatabase } from "./backup.ts"
import { rowCount } from "./log-tampering.ts"
import { startTestApp, type TestApp } from "./test-app.ts"

export type StoreChange = (store: Store) => Promise<void>

/** Where a server keeps its database. */
export interface Place {
  dataDirectory: string
  databaseUrl?: string | undefined
}

/** Copies of one log of 30 rows with two keys, and servers that start over them. */
export interface CopiedLogs {
  /** The session of an auditor, which every copy knows. */
  auditor: string
  /** Makes a copy of the log. */
  copy: () => Place
  /** Changes the database of a server that does not run, or of one that does not notice at once. */
  change: (place: Place, act: StoreChange) => Promise<void>
  /** Starts a server as `main.ts` does: it records its start, verifies the end of the log, and all of it a minute later. */
  start: (place: Place) => Promise<TestApp>
  /** Starts the audit log alone, as a process does whose pages nobody reads. */
  startAlone: (place: Place) => Promise<{ store: Store; audit: AuditLog; logs: string[] }>
  /** Starts a server over an empty database, in which the sessions are good too. */
  startNew: (place: Place) => Promise<TestApp>
  first: TestApp
  close: () => Promise<void>
}

export async function openCopiedLogs(): Promise<CopiedLogs> {
  const folder = mkdtempSync(join(tmpdir(), "copied-logs-"))
  const template = join(folder, "template")
  let copies = 0
  const first = await startTestApp()
  const auditor = await first.signIn("sam")
  const { audit, store } = first.services
  await audit.rotateKey({ actor: olivia, address: null })
  while ((await readRows(store)).length + 4 <= rowCount) await fillAuditLog(audit, 1)
  while ((await readRows(store)).length < rowCount) await recordStart(first.services)
  const from = { dataDirectory: first.environment["DATA_DIR"] ?? "", databaseUrl: undefined }
  await copyDatabase(from, { dataDirectory: template, databaseUrl: undefined })

  async function start({ dataDirectory, databaseUrl }: Place): Promise<TestApp> {
    const environment = {
      DATA_DIR: dataDirectory,
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    }
    const desk = await startTestApp({ beside: first, environment })
    await recordStart(desk.services)
    await desk.services.checkpoints.emit()
    await desk.services.checkpoints.emit()
    return desk
  }

  return {
    auditor,
    first,
    start,
    copy() {
      const dataDirectory = join(folder, `copy-${(copies += 1)}`)
      mkdirSync(dataDirectory)
      copyFileSync(join(template, "peering-desk.sqlite"), join(dataDirectory, "peering-desk.sqlite"))
      return { dataDirectory }
    },
    async change({ dataDirectory, databaseUrl }, act) {
      const logger = createLogger("silent")
      const opened = await openStore({ dataDirectory, databaseUrl, clock: first.clock, logger })
      await act(opened)
      await opened.close()
    },
    async startAlone({ dataDirectory }) {
      const { clock, environment } = first
      const logs: string[] = []
      const logger = createLogger("info", { write: (line) => logs.push(line) })
      const opened = await openStore({ dataDirectory, clock, logger })
      const log = new AuditLog({ store: opened, clock, secrets: [environment["SESSION_SECRET"] ?? ""] })
      await log.end.read()
      await recordStart({ audit: log })
      const emitter = new CheckpointEmitter({ store: opened, audit: log, clock, logger, output: logger })
      await emitter.emit()
      await emitter.emit()
      return { store: opened, audit: log, logs }
    },
    async startNew(place) {
      const desk = await start(place)
      const sessions = await first.services.store.db.selectFrom("session").selectAll().execute()
      await desk.services.store.db.insertInto("session").values(sessions).execute()
      return desk
    },
    async close() {
      await first.close()
      rmSync(folder, { recursive: true })
    },
  }
}

async function recordStart({ audit }: { audit: AuditLog }): Promise<void> {
  const detail = { atlas: "cloud.mongodb.com" }
  await audit.record({ actor: null, address: null, action: "server-started", detail })
}

/** @param head checkpoints that were kept */
export async function verifyLogOf(desk: TestApp, head: string[] = []): Promise<AuditVerification> {
  return AuditVerification.parse((await desk.call("GET", apiUrls.verifyAudit({ head }))).json())
}

/** Counts the error lines that say that rows are not as they were written. */
export const countFlawErrors = ({ logs }: Pick<TestApp, "logs">): number =>
  logs.filter((line) => line.includes('"level":50') && line.includes("audit log does not verify")).length
