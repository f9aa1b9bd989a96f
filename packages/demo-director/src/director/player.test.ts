import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import type { Scene, Target } from "#scenes/scene.ts"
import type { Front } from "./calls.ts"
import type { Page } from "./page.ts"
import { Player } from "./player.ts"
import { computeReadingMs, type Kept, type Store } from "./run.ts"

const on = (css: string): Target => ({ css })
const form = "/projects/{project}/connections/new"
const scenes: readonly Scene[] = ["one", "two"].map((id) => ({
  id,
  title: `Scene ${id}`,
  project: `p-${id}`,
  steps: [
    {
      title: "One form.",
      caption: "Olivia sends it.",
      at: form,
      target: on("form"),
      acts: [{ kind: "press", target: on("send"), refusal: on("changed") }],
    },
    {
      title: "Refused.",
      caption: "The role is missing.",
      figure: "refusal-avoided",
      target: on("refusal"),
      acts: [
        { kind: "world", method: "POST", path: "/azure-role", body: { isAssigned: true } },
        { kind: "press", target: on("send") },
      ],
    },
    {
      title: "Waiting.",
      caption: "The owner must accept.",
      at: "/projects/{project}/connections/{connection}",
      target: on("waiting"),
      acts: [{ kind: "world", method: "POST", path: "/cloud-side", body: { peerId: "{connection}" } }],
    },
    { title: "Available.", caption: "It works.", figure: "stops-proven", target: on("available") },
  ],
}))

/** A product, its clouds and the page that shows them; `forgets` is what a reload takes from the page. */
class World implements Page {
  address = "/"
  project = ""
  hasRole = false
  status: "none" | "waiting" | "available" = "none"
  isRefused = false
  isSignedIn = true
  lit: string | null = null
  hasScript = true
  readonly log: string[] = []

  readonly front: Front = {
    prepare: (scene) => {
      this.log.push(`prepare ${scene}`)
      Object.assign(this, { project: `p-${scene}`, hasRole: false, status: "none", isRefused: false })
      return Promise.resolve()
    },
    request: () => Promise.resolve({}),
    world: ({ path, body }) => {
      this.log.push(`${path} ${JSON.stringify(body)}`)
      if (path === "/azure-role") this.hasRole = true
      if (path === "/cloud-side" && this.status !== "waiting")
        return Promise.reject(new Error("It does not wait."))
      if (path === "/cloud-side") setTimeout(() => (this.status = "available"), 5_000)
      return Promise.resolve()
    },
    run: () => Promise.resolve(""),
    isAdministrator: () => Promise.resolve(this.isSignedIn),
    findNewest: () => Promise.resolve(this.status === "none" ? null : `${this.project}-c`),
    poll: () => Promise.resolve(),
  }

  reload(): void {
    this.isRefused = false
  }
  isUsable = () => this.hasScript
  readAddress = () => this.address
  open = (address: string) => {
    if (this.address !== address) this.isRefused = false
    this.address = address
  }
  read = ({ css }: Target) => {
    const isForm = this.address.endsWith("/new")
    const isShown = { form: isForm, send: isForm, refusal: isForm && this.isRefused }[css]
    const isConnection = this.address.endsWith("-c") && css === this.status
    return isShown === true || isConnection ? css : null
  }
  show = (target: Target | null) => {
    this.lit = target?.css ?? null
  }
  mayPress = (target: Target) => this.read(target) !== null
  press = () => {
    if (!this.address.endsWith("/new")) throw new Error("The page has no form.")
    this.log.push("send")
    setTimeout(() => {
      if (!this.hasRole) this.isRefused = true
      else if (this.status === "none") this.status = "waiting"
    }, 500)
  }
  readState = () => `${this.address} ${this.isRefused} ${this.status}`
  fill = () => {}
  setClipboard = () => {}
  forget = () => {}
}

class Tab implements Store {
  kept: Kept | null = null
  read = () => this.kept
  keep = (kept: Kept) => {
    this.kept = structuredClone(kept)
  }
}

let world = new World()
let tab = new Tab()
let player = open()

/** Opens the page, as a reload does. */
function open(asked: string | null = null): Player {
  world.reload()
  const opened = new Player({ page: world, front: world.front, scenes, store: tab })
  opened.start(asked)
  return opened
}

const run = () => {
  const { run: now } = player.read()
  if (now === null) throw new Error("Nothing plays.")
  return now
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
/** Waits, without reading time, for a caption. */
async function waitFor(step: number): Promise<void> {
  for (let tries = 0; tries < 400 && !(run().step === step && run().phase === "shown"); tries += 1)
    await pass(150)
  expect([run().step, run().phase, run().problem]).toEqual([step, "shown", null])
}

beforeEach(() => {
  vi.useFakeTimers()
  world = new World()
  tab = new Tab()
  player = open("one")
})
afterEach(() => {
  player.close()
  vi.useRealTimers()
})

describe("A scene of the demo", () => {
  test("shows each caption once the page has what it is about, and acts on Next only", async () => {
    await waitFor(0)
    await pass(60_000)
    expect(run().step).toBe(0)
    for (const step of [1, 2, 3]) {
      player.next()
      expect(run().step).toBe(step - 1)
      await waitFor(step)
      expect(world.lit).toBe(["form", "refusal", "waiting", "available"][step])
    }
    expect(world.log.filter((one) => one === "send")).toHaveLength(2)
    expect(run().figures).toMatchObject({ acts: { Olivia: 2, "Network team": 2 }, refusalsAvoided: 1 })
    expect(player.isOver()).toBe(true)
  })

  test("offers no Next after its last caption when no scene follows", async () => {
    player.begin("two", true)
    await pass(600_000)
    expect([run().step, player.isOver(), player.mayGoOn()]).toEqual([3, true, false])
  })

  test("begins, and obeys Next, only once the page's own script is there", async () => {
    player.close()
    world = new World()
    world.hasScript = false
    player = open("one")
    await pass(20_000)
    player.next()
    await pass(20_000)
    expect([world.address, world.log]).toEqual(["/", []])
    world.hasScript = true
    await waitFor(0)
    expect(world.log).toContain("prepare one")
  })

  test("measures the time to the proof without the time in which captions are read", async () => {
    await waitFor(0)
    for (const step of [1, 2, 3]) {
      player.next()
      await waitFor(step)
      await pass(600_000)
    }
    expect(run().figures.provenMs).toBeGreaterThan(5_000)
    expect(run().figures.provenMs).toBeLessThan(20_000)
  })

  test.each([0, 1, 2, 3])("comes back to caption %i after a reload, and plays on from it", async (step) => {
    await waitFor(0)
    for (let next = 1; next <= step; next += 1) {
      player.next()
      await waitFor(next)
    }
    player = open()
    await waitFor(step)
    player.togglePlay()
    await waitFor(step === 3 ? 0 : 3)
    expect(world.status).toBe(step === 3 ? "none" : "available")
  })

  test("goes on after Next is pressed while a reload's caption is on its way back", async () => {
    await waitFor(0)
    player.next()
    await waitFor(1)
    player = open()
    expect([run().phase, player.mayGoOn()]).toEqual(["returning", true])
    player.next()
    expect(player.mayGoOn()).toBe(false)
    await waitFor(2)
  })

  test("stays at its caption after two reloads, one shortly after the other", async () => {
    await waitFor(0)
    player = open()
    player.leave()
    player = open()
    await pass(60_000)
    expect([run().step, run().goal, run().phase]).toEqual([0, 0, "shown"])
  })

  test.each([100, 700, 1_000, 2_500])(
    "comes to the same end after a reload %i ms into each act",
    async (ms) => {
      await waitFor(0)
      for (const step of [1, 2, 3]) {
        player.next()
        await pass(ms)
        player = open()
        for (let tries = 0; run().step < step && tries < 3; tries += 1) {
          for (let looks = 0; run().phase !== "shown" && looks < 200; looks += 1) await pass(150)
          if (run().step < step) player.next()
        }
        await waitFor(step)
      }
      expect(world.status).toBe("available")
      expect(run().problem).toBeNull()
    },
  )

  test("finds back from a page that somebody opened", async () => {
    await waitFor(0)
    player.next()
    await waitFor(1)
    world.open("/audit")
    player.next()
    await waitFor(1)
    player.next()
    await waitFor(2)
    world.open("/audit")
    player.next()
    await waitFor(3)
    expect(world.lit).toBe("available")
  })

  test("finds back from a page that somebody opened in the middle of an act", async () => {
    await waitFor(0)
    player.next()
    await pass(300)
    world.open("/audit")
    await waitFor(1)
    player.next()
    await pass(700)
    world.open("/audit")
    await waitFor(2)
    expect(world.status).toBe("waiting")
  })

  test("goes on when somebody else did what it would do", async () => {
    await waitFor(0)
    player.next()
    await waitFor(1)
    player.next()
    await waitFor(2)
    world.status = "available"
    player.next()
    await waitFor(3)
    expect(world.log.some((one) => one.startsWith("/cloud-side"))).toBe(false)
  })

  test("plays up to the caption before, from its beginning, when the page no longer shows it", async () => {
    await waitFor(0)
    for (const step of [1, 2, 3]) {
      player.next()
      await waitFor(step)
    }
    player.previous()
    await pass(1)
    await waitFor(2)
    expect(world.status).toBe("waiting")
    expect(world.log.filter((one) => one.startsWith("prepare"))).toHaveLength(2)
    player.next()
    await waitFor(3)
  })

  test("says why it can't go on, and tries again on Next", async () => {
    await waitFor(0)
    world.press = () => {}
    player.next()
    await pass(200_000)
    expect(run()).toMatchObject({ phase: "stuck", isPlaying: false })
    world.press = World.prototype.press
    world.press = () => (world.isRefused = true)
    player.next()
    await pass(10_000)
    if (run().step === 0) player.next()
    await waitFor(1)
  })

  test("sends a form again that was refused since the project had just changed", async () => {
    await waitFor(0)
    const { press, read, readState } = world
    let hasChanged = false
    world.readState = () => `${readState()} ${hasChanged}`
    world.read = (target) => (target.css === "changed" && hasChanged ? "changed" : read(target))
    world.press = () => {
      world.press = press
      setTimeout(() => (hasChanged = true), 1_000)
    }
    player.next()
    await waitFor(1)
    expect(world.log.filter((one) => one === "send")).toHaveLength(1)
  })

  test("waits for Olivia to sign in, and goes on after it", async () => {
    world.isSignedIn = false
    player.begin("one", true)
    await pass(1_000)
    expect(run().problem).toContain("Sign in as Olivia")
    world.isSignedIn = true
    player = open()
    await waitFor(1)
  })
})

describe("Play", () => {
  beforeEach(() => {
    player.close()
    player.open()
    world.log.length = 0
  })

  test("goes from the title card through every scene to the end card without a hand", async () => {
    player.togglePlay()
    expect([run().view, player.mayGoOn()]).toEqual(["title", true])
    await pass(600_000)
    expect(run()).toMatchObject({ view: "end", isPlaying: false })
    expect(world.log.filter((one) => one.startsWith("prepare"))).toEqual(["prepare one", "prepare two"])
    expect(run().figures).toMatchObject({ refusalsAvoided: 2 })
    player.togglePlay()
    expect(run()).toMatchObject({ view: "title", figures: { refusalsAvoided: 0 } })
  })

  test("stops at the next caption when somebody pauses in the middle of an act", async () => {
    player.begin("one", true)
    await waitFor(0)
    await pass(computeReadingMs("One form. Olivia sends it.") + 100)
    expect(run().phase).toBe("acting")
    player.togglePlay()
    await waitFor(1)
    await pass(60_000)
    expect(run()).toMatchObject({ step: 1, isPlaying: false })
  })

  test("leaves a caption its reading time at every speed", async () => {
    player.begin("one", true)
    await waitFor(0)
    player.setSpeed(20)
    const readingMs = computeReadingMs("One form. Olivia sends it.")
    expect(readingMs).toBe(2_000 + 5 * 450)
    await pass(readingMs - 200)
    expect(run().phase).toBe("shown")
    await pass(400)
    expect(run().phase).not.toBe("shown")
    expect(world.log).toContain('/clock {"speed":20}')
  })

  test("goes on from another scene to the end card, and ends with one small button at the usual speed", async () => {
    player.playAll()
    await pass(1_000)
    player.begin("two")
    await pass(600_000)
    expect(run()).toMatchObject({ view: "end", figures: { refusalsAvoided: 1 } })
    player.close()
    expect(player.read()).toMatchObject({ run: null, isClosed: true })
    expect(world.log.at(-1)).toBe('/clock {"speed":1}')
  })
})
