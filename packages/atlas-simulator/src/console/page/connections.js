import { now } from "./clock.js"
import {
  actNames,
  cloudNames,
  glyphOf,
  isWaiting,
  networkOf,
  prospectOf,
  toneOf,
  whereabouts,
} from "./wording.js"

const rows = new Map()
const canHover = matchMedia("(hover: hover)")

function make(tag, className, text = "") {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

/** Writes a text only when it differs: a rewrite would disturb screen readers and selections. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text
}

function makeRow(peer) {
  const item = make("li", "row")
  item.id = `peer-${peer.id}`
  const title = make("h3", "network", networkOf(peer))
  // Takes the focus when the focused button disappears.
  title.tabIndex = -1
  const place = make("p", "place")
  const where = make("p", "where")
  const state = make("p", "state")
  const glyph = make("span", "glyph")
  glyph.setAttribute("aria-hidden", "true")
  const status = make("code", "status")
  const prospect = make("p", "prospect")
  const acts = make("div", "acts")
  state.append(glyph, status)
  item.append(title, place, where, state, prospect, acts)
  return { item, title, place, where, glyph, status, prospect, acts, buttons: new Map(), whereText: "" }
}

function writeWhereabouts(row, peer) {
  const pairs = whereabouts(peer)
  const text = JSON.stringify(pairs)
  if (row.whereText === text) return
  row.whereText = text
  row.where.replaceChildren(
    ...pairs.flatMap(([label, value]) => {
      const pair = make("span", "pair", `${label} `)
      pair.append(make("code", "", value))
      return [pair, " "]
    }),
  )
}

function writeActs(row, peer, onAct) {
  const hadFocus = row.acts.contains(document.activeElement)
  for (const [name, button] of row.buttons) {
    if (peer.acts.includes(name)) continue
    button.remove()
    row.buttons.delete(name)
  }
  for (const name of peer.acts) {
    if (row.buttons.has(name)) continue
    const button = make(
      "button",
      name === "accept" || name === "create-reciprocal" ? "first" : "",
      actNames[name],
    )
    button.type = "button"
    button.append(make("span", "unseen", ` ${networkOf(peer)} of ${peer.projectName}`))
    button.dataset.act = name
    button.addEventListener("click", (event) => {
      // The second click of a double click aimed at the previous button.
      if (event.detail <= 1) onAct(row.peer, name)
    })
    row.buttons.set(name, button)
    row.acts.append(button)
  }
  if (hadFocus && !row.acts.contains(document.activeElement)) row.title.focus({ preventScroll: true })
}

function writeRow(row, peer, onAct) {
  row.peer = peer
  row.item.dataset.tone = toneOf(peer)
  write(row.title, networkOf(peer))
  write(row.place, `${cloudNames[peer.providerName] ?? peer.providerName} · ${peer.projectName}`)
  writeWhereabouts(row, peer)
  write(row.glyph, glyphOf(peer))
  write(row.status, peer.status)
  write(row.prospect, prospectOf(peer, now()))
  writeActs(row, peer, onAct)
}

/** Puts rows into a list in order with as few moves as possible, and keeps the focus. */
function arrange(list, wanted) {
  const focused = document.activeElement
  let place = list.firstElementChild
  for (const { item } of wanted) {
    if (item === place) place = place.nextElementSibling
    else list.insertBefore(item, place)
  }
  if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true })
}

function fill(name, wanted) {
  arrange(document.querySelector(`#${name}`), wanted)
  write(document.querySelector(`#${name}-count`), String(wanted.length))
  document.querySelector(`#${name}-none`).hidden = wanted.length > 0
}

const latestFirst = (a, b) => Date.parse(b.peer.since) - Date.parse(a.peer.since)

/** Shows the peers, each with its `projectName`; peers waiting for the owner come first. */
export function showConnections(peers, onAct) {
  const ids = new Set(peers.map((peer) => peer.id))
  for (const [id, row] of rows) {
    if (ids.has(id)) continue
    row.item.remove()
    rows.delete(id)
  }
  for (const peer of peers) {
    const row = rows.get(peer.id) ?? makeRow(peer)
    rows.set(peer.id, row)
    writeRow(row, peer, onAct)
  }
  // A list that moves under the pointer makes a person press the wrong button.
  const isAiming = canHover.matches && document.querySelector(".acts:hover") !== null
  if (isAiming) return
  const ordered = [...rows.values()].toSorted(latestFirst)
  fill(
    "waiting",
    ordered.filter(({ peer }) => isWaiting(peer)),
  )
  fill(
    "others",
    ordered.filter(({ peer }) => !isWaiting(peer)),
  )
}

/** Rewrites the texts that depend on the clock alone. */
export function refreshProspects() {
  for (const { peer, prospect } of rows.values()) write(prospect, prospectOf(peer, now()))
}

/** Scrolls to the row of a peer, marks it and focuses its title. Returns false while there is no such row. */
export function showPeer(id) {
  for (const row of rows.values()) row.item.classList.toggle("wanted", row.peer.id === id)
  const row = rows.get(id)
  if (row === undefined) return false
  row.item.scrollIntoView({ block: "center" })
  row.title.focus({ preventScroll: true })
  return true
}
