import { existsSync, readdirSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { ask, create, createNow, list, openStream, pause, secondsUntil } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, type Figure } from "#tools/lab/figure.ts"
import { azure, gcp, projectId, startAlone } from "./world.ts"

const hour = 3_600

/** The wall clock of the server is set back an hour while it runs, then forward two days. */
export async function setClocks(task: Task): Promise<Figure[]> {
  // Debian puts it into a folder of the architecture's name.
  const library = readdirSync("/usr/lib")
    .map((folder) => join("/usr/lib", folder, "faketime/libfaketimeMT.so.1"))
    .find((path) => existsSync(path))
  if (library === undefined) throw new Error("libfaketime is not on this machine")
  const clock = join(task.work, "clock")
  const setClock = (seconds: number) => {
    writeFileSync(`${clock}.new`, `${seconds >= 0 ? "+" : ""}${seconds}`)
    renameSync(`${clock}.new`, clock)
  }
  setClock(0)
  const { atlas, desk, client } = await startAlone(task, {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  })
  const id = await createNow(client, projectId, azure, "a-key-before-the-step")
  const stream = await openStream(client, [projectId])
  const lists = () => atlas.count("GET", `${projectId}/peers`)
  const countIn = async (ms: number) => {
    const before = lists()
    await pause(ms)
    return lists() - before
  }
  const usual = await countIn(20_000)
  setClock(-hour)
  const after = await countIn(20_000)
  atlas.simulator.advance(60)
  const seen = await secondsUntil(
    async () =>
      (await list(client, projectId)).peerings.some((one) => one.id === id && one.history.length > 1),
    20,
  )
  atlas.simulator.addFault({
    match: { method: "POST", path: "/peers" },
    fault: { cut: "before" },
    times: 1,
  })
  await create(client, projectId, gcp, "a-key-with-a-lost-answer")
  const isSettled = async () =>
    (await list(client, projectId)).creates?.every(({ state }) => state !== "being-checked") ?? false
  const settled = await secondsUntil(isSettled, 90, 500)
  stream.close()
  setClock(2 * 24 * hour)
  const session = await ask(client, "GET", apiUrls.session())
  const cookie = await desk.signIn().catch(() => "")
  const again = await ask({ desk, cookie }, "GET", apiUrls.session())
  return [
    holds("polls go on after a step of an hour back", after >= usual - 2 && after > 0),
    atMost("until a new state is seen", seen, "s", 10),
    atMost("a create with a lost answer is settled after", settled, "s", 60),
    holds("a session that ran out, by a clock two days ahead, is refused", session.status === 401),
    holds("nobody is signed in by it", again.status === 401),
  ]
}
