import { toRequest } from "#bff/test/support/chaos-creates.ts"
import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { ask, create } from "./seat.ts"
import type { Task } from "#tools/lab/area.ts"
import { none, shown, type Figure } from "#tools/lab/figure.ts"
import { openCluster, projectId } from "./world.ts"

const rounds = 200

/** One key at two servers at once, and what each says of the connection afterwards. */
export async function sendTwice({ work }: Task): Promise<Figure[]> {
  const cluster = await openCluster(work, 2)
  const { atlas, seats } = cluster
  try {
    let [tooMany, strange, unknown, otherConnection] = [0, 0, 0, 0]
    for (let round = 0; round < rounds; round += 1) {
      const request = toRequest(seededIds.documentationContainer, "AWS", round)
      const key = `the-key-of-form-${round}`
      const posts = atlas.count("POST", "/peers")
      const answers = await Promise.all(seats.map((seat) => create(seat, projectId, request, key)))
      if (atlas.count("POST", "/peers") - posts !== 1) tooMany += 1
      strange += answers.filter(({ status }) => status !== 201 && status !== 409).length
      const made = answers.find(({ status }) => status === 201)
      if (made === undefined) continue
      const { id } = Peering.parse(JSON.parse(made.text))
      const again = await Promise.all(seats.map((seat) => create(seat, projectId, request, key)))
      otherConnection += again.filter(
        ({ status, text }) => status !== 201 || Peering.parse(JSON.parse(text)).id !== id,
      ).length
      const pages = await Promise.all(seats.map((seat) => ask(seat, "GET", apiUrls.peering(projectId, id))))
      unknown += pages.filter(({ status }) => status !== 200).length
    }
    return [
      shown("keys sent to two servers at once", rounds),
      none("keys for which Atlas did not get exactly one request", tooMany),
      none("answers other than 201 and 409", strange),
      none("answers to the same key afterwards that do not name the connection", otherConnection),
      none("pages of the new connection that one of them did not know", unknown),
    ]
  } finally {
    await cluster.close()
  }
}
