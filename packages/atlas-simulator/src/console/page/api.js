async function call(path, body) {
  const options =
    body === undefined
      ? {}
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }
  const response = await fetch(`/simulator${path}`, { ...options, signal: AbortSignal.timeout(5000) })
  const answer = await response.json()
  if (!response.ok) throw new RangeError(answer.error)
  return answer
}

/** Reads the whole state; rejects when the simulator does not answer. */
export const readState = () => call("/state")

/** Plays the owner of a peer's network; rejects with a RangeError when the act no longer makes sense. */
export const act = (peerId, name) => call("/cloud-side", { peerId, act: name })

/** Sets the speed. */
export const setSpeed = (speed) => call("/clock", { speed })

/** Jumps ahead by simulated seconds. */
export const advance = (seconds) => call("/clock", { advanceSeconds: seconds })
