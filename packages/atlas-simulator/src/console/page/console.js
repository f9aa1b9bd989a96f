import { act, advance, readState, setSpeed } from "./api.js"
import { setClock, startClock } from "./clock.js"
import { refreshProspects, showConnections, showPeer, write } from "./connections.js"
import { actDone, networkOf } from "./wording.js"

const refreshMs = 2000
const sayingMs = 8000
const trouble = document.querySelector("#trouble")
const said = document.querySelector("#said")
const filter = document.querySelector("#project")

let statuses = new Map()
let timer = 0
let latest = 0
let saying = 0
/** Id of the peer that a link named and that was not shown yet; null when there is none. */
let wanted = readWanted()

function readWanted() {
  return /^#peer=([0-9a-f]{24})$/.exec(location.hash)?.[1] ?? null
}

function say(text) {
  clearTimeout(saying)
  said.textContent = text
  saying = setTimeout(() => {
    said.textContent = ""
  }, sayingMs)
}

/** Announces status changes in one sentence. */
function announceChanges(peers) {
  const moved = peers.filter((peer) => statuses.has(peer.id) && statuses.get(peer.id) !== peer.status)
  statuses = new Map(peers.map((peer) => [peer.id, peer.status]))
  const [only] = moved
  if (moved.length === 1) say(`${networkOf(only)} is now ${only.status}`)
  else if (moved.length > 1) say(`${moved.length} connections changed`)
}

function listProjects(projects) {
  const known = new Set([...filter.options].map((option) => option.value))
  for (const { id, name } of projects) if (!known.has(id)) filter.add(new Option(name, id))
  const ids = new Set(["", ...projects.map(({ id }) => id)])
  const gone = [...filter.options].filter((option) => !ids.has(option.value))
  for (const option of gone) option.remove()
}

function show(state) {
  setClock(state.clock)
  listProjects(state.projects)
  const all = state.projects.flatMap((project) =>
    project.peers.map((peer) => ({ ...peer, projectId: project.id, projectName: project.name })),
  )
  announceChanges(all)
  showConnections(
    all.filter((peer) => filter.value === "" || peer.projectId === filter.value),
    (peer, name) => run(() => act(peer.id, name), `${networkOf(peer)}: ${actDone[name]}`),
  )
}

function showWanted() {
  if (wanted !== null && showPeer(wanted)) wanted = null
}

async function refresh() {
  clearTimeout(timer)
  latest += 1
  const ticket = latest
  const state = await readState().catch(() => null)
  // An overtaken answer would show the state before the act.
  if (ticket !== latest) return
  if (state !== null) {
    show(state)
    showWanted()
  }
  write(
    trouble,
    state === null ? "The simulator does not answer. This page asks again every two seconds." : "",
  )
  if (!document.hidden) timer = setTimeout(() => void refresh(), refreshMs)
}

/** Runs one action, reads the state again, and announces the result. */
async function run(action, done) {
  try {
    await action()
    await refresh()
    say(done)
  } catch (error) {
    await refresh()
    if (error instanceof RangeError) say(`Not done: ${error.message}`)
  }
}

startClock({
  onSpeed: (speed) => run(() => setSpeed(speed), speed === 0 ? "Time stands still" : `Time runs ×${speed}`),
  onJump: (seconds, label) => run(() => advance(seconds), `Jumped ahead ${label}`),
})
setInterval(refreshProspects, 1000)
addEventListener("hashchange", () => {
  wanted = readWanted()
  filter.value = ""
  void refresh()
})
filter.addEventListener("change", () => void refresh())
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void refresh()
})
void refresh()
