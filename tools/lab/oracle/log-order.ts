import { Activity, apiUrls, AuditVerification, Timeline } from "@peering-desk/shared-schemas"
import { ask, type Client } from "#tools/lab/chaos/client.ts"
import type { RecordedAtlas } from "./atlas-record.ts"
import type { Labels } from "./labels.ts"
import { findOutOfOrder, toFace } from "./order.ts"
import type { Violations } from "./violations.ts"

/** Compares the order in which the log tells of each connection with the order at Atlas. */
export class LogOrder {
  readonly #atlas: RecordedAtlas
  readonly #labels: Labels
  readonly #violations: Violations
  /** The number of faces that each connection had when its timeline was read. */
  readonly #compared = new Map<string, number>()

  constructor(atlas: RecordedAtlas, labels: Labels, violations: Violations) {
    this.#atlas = atlas
    this.#labels = labels
    this.#violations = violations
  }

  /** Reads the timelines of connections that changed since the last time, and the newest activity. */
  async read(client: Client, projectIds: readonly string[]): Promise<void> {
    for (const projectId of projectIds)
      for (const id of this.#atlas.listOf(projectId)) {
        const faces = this.#atlas.faces.get(id) ?? []
        if (this.#compared.get(id) === faces.length) continue
        const { status, text } = await ask(client, "GET", apiUrls.timeline(projectId, id))
        // It came and went between two polls, or the server is down.
        if (status !== 200) continue
        this.#compared.set(id, faces.length)
        this.#compare(id, Timeline.parse(JSON.parse(text)))
      }
    const { status, text } = await ask(client, "GET", "/api/activity")
    if (status === 200) this.#compareActivity(Activity.parse(JSON.parse(text)))
  }

  #compare(id: string, { observations }: Timeline): void {
    const truth = (this.#atlas.faces.get(id) ?? []).map(({ face }) => face)
    const said = observations.map(({ what, raw }) => (what === "gone" || raw === null ? null : toFace(raw)))
    const wrong = findOutOfOrder(truth, said)
    if (wrong === null) return
    const show = (faces: readonly (string | null)[]) => faces.map((face) => face ?? "gone").join(" > ")
    const how = wrong.isKnown ? "out of order" : "though it never was so"
    this.#violations.add(
      "order",
      `timeline of ${id}`,
      `entry ${wrong.index + 1} is ${how}: ${show(said)}; Atlas: ${show(truth)}`,
    )
  }

  #compareActivity({ entries }: Activity): void {
    const byPeering = new Map<string, string[]>()
    for (const { kind, what, peeringId } of entries.toReversed())
      if (kind === "status" && peeringId !== null)
        byPeering.set(peeringId, [...(byPeering.get(peeringId) ?? []), what])
    for (const [id, said] of byPeering) {
      const truth = (this.#atlas.faces.get(id) ?? []).map(({ face }) => face?.split(" ")[0] ?? "gone")
      if (findOutOfOrder(truth, said) !== null)
        this.#violations.add(
          "order",
          `activity of ${id}`,
          `it says ${said.join(" > ")}; Atlas: ${truth.join(" > ")}`,
        )
    }
  }

  /** A change that began after another one's end was known happened after it. */
  compareActs(): void {
    const done = this.#labels.acts.flatMap((act) => {
      const [effect] = this.#labels.listEffects(act)
      const attempt = this.#labels.attemptsOf(act).find(({ outcomes }) => outcomes.at(-1)?.outcome === "done")
      const id = act.peeringId ?? effect?.id
      const end = attempt?.outcomes.at(-1)?.sequence
      if (effect === undefined || attempt === undefined || id === undefined || end === undefined) return []
      return [{ id, begin: attempt.sequence, end, moment: effect.moment, step: act.step }]
    })
    const byPeering = new Map<string, typeof done>()
    for (const act of done) byPeering.set(act.id, [...(byPeering.get(act.id) ?? []), act])
    for (const [id, acts] of byPeering)
      for (const one of acts)
        for (const other of acts)
          if (one.end < other.begin && one.moment > other.moment)
            this.#violations.add(
              "order",
              `acts of ${id}`,
              `the log has step ${one.step} before step ${other.step}, and Atlas did it after`,
            )
  }
}

/** Asks a server to verify the log. */
export async function verifyLog(client: Client, violations: Violations, where: string): Promise<boolean> {
  const { status, text } = await ask(client, "GET", apiUrls.verifyAudit({ head: [] }))
  if (status !== 200) return false
  const { verdict, firstFlaw } = AuditVerification.parse(JSON.parse(text))
  if (verdict !== "verified")
    violations.add("log", where, `it is ${verdict}${firstFlaw === null ? "" : `: ${firstFlaw.sentence}`}`)
  return true
}
