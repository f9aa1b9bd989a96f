import { createHash } from "node:crypto"
import { apiUrls, browserCookies, type PageDrawer, type PageRequest } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { personas, projectElsewhere, projectHere, standingRules, standings } from "#test/support/roles.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const zone = `${browserCookies.timeZone}=Asia%2FTokyo`
const data = '{"name":"\\u003c/script>"}'
const html = '<p class="shown">The page</p>'
const page = { html, title: "Orders & <b> · Peering Desk", data, modules: [] }

/** Draws what a test says. */
let draw: (request: PageRequest) => ReturnType<PageDrawer["drawPage"]>
const drawer: PageDrawer = {
  isDrawn: (path) => ["/", "/hand-off"].includes(path),
  drawPage: (request) => draw(request),
}
let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ drawer, personas, accessRules: standingRules, persona: null })
})
afterAll(() => app.close())
beforeEach(() => {
  draw = () => Promise.resolve(page)
})

const open = (cookie: string, path = "/", headers: Record<string, string> = {}) =>
  app.call("GET", path, { headers: { accept: "text/html", cookie, ...headers } })
const isDrawn = (text: string) => text.includes(html)

describe("a page of somebody with a session", () => {
  test("comes drawn, with its data, and no cache may keep it", async () => {
    const answer = await open(`${await app.signIn("administrator")}; ${zone}`)
    expect(answer.status).toBe(200)
    expect(answer.text).toContain(`<div id="root">${html}</div>`)
    expect(answer.text).toContain(`<script type="application/json" id="page-data">${data}</script>`)
    expect(answer.text).toContain("<title>Orders &amp; &lt;b> · Peering Desk</title>")
    expect(answer.headers["cache-control"]).toBe("no-store")
    expect(answer.headers["vary"]).toMatch(/\bCookie\b/)
    expect(answer.headers["etag"]).toBeUndefined()
  })

  test("runs the two scripts that the policy names by their hash, and no other", async () => {
    const { text, headers } = await open(`${await app.signIn("administrator")}; ${zone}`)
    const policy = String(headers["content-security-policy"])
    expect(policy).not.toContain("unsafe")
    const hashOf = (content = "") => `'sha256-${createHash("sha256").update(content).digest("base64")}'`
    const scripts = [...text.matchAll(/<script>(.*?)<\/script>/gs)].map(([, content]) => hashOf(content))
    const styles = [...text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, content]) => hashOf(content))
    expect(scripts).toHaveLength(2)
    expect(policy).toContain(`script-src 'self' ${scripts.join(" ")};`)
    expect(policy).toContain(`style-src 'self' ${styles.join(" ")};`)
    expect(text.match(/<script(?! type="application\/json"|>)/g)).toBeNull()
  })

  test("gets the person's zone and last project, and never names the session", async () => {
    let given: Partial<PageRequest> = {}
    draw = (request) => {
      given = request
      return Promise.resolve({ ...page, data: JSON.stringify(request) })
    }
    const cookie = await app.signIn("administrator")
    const { text } = await open(
      `${cookie}; ${zone}; ${browserCookies.lastProject}=64b1`,
      "/?status=a%26b&x=?",
    )
    expect(given).toMatchObject({
      path: "/",
      search: "status=a%26b&x=?",
      timeZone: "Asia/Tokyo",
      lastProject: "64b1",
    })
    expect(text).not.toContain(cookie.split("=")[1])
  })
})

test.each(standings)("a page that is drawn for %s reads exactly what they may read", async (standing) => {
  const urls = [
    apiUrls.session(),
    apiUrls.projects(),
    apiUrls.connections(),
    apiUrls.auditKeys(),
    apiUrls.keys(),
    ...[projectHere, projectElsewhere].flatMap((id) => [apiUrls.peerings(id), apiUrls.containers(id)]),
    apiUrls.sessions({ everybody: "true" }),
    "/api/nothing",
  ]
  const cookie = standing === "nobody" ? "" : await app.signIn(standing)
  const read: Record<string, string> = {}
  draw = async (request) => {
    for (const url of urls) {
      const answer = await request.read(url).catch((error: Error) => error)
      read[url] = answer instanceof Error ? "refused" : `${answer.status} ${answer.text}`
    }
    return null
  }
  await open(`${cookie}; ${zone}`, "/", { "if-none-match": "*", range: "bytes=0-1" })
  const asked: Record<string, string> = {}
  for (const url of urls) {
    const { status, text } = await app.call("GET", url, { headers: { cookie } })
    asked[url] = status < 400 ? `${status} ${text}` : "refused"
  }
  expect(read).toEqual(asked)
})

test("two people behind one proxy each get their own page, at the same address and time", async () => {
  draw = async ({ read }) => ({ ...page, html: (await read(apiUrls.session())).text })
  const [one, other] = await Promise.all([app.signIn("administrator"), app.signIn("viewer")])
  const pages = await Promise.all([one, other, one, other].map((cookie) => open(`${cookie}; ${zone}`)))
  const names = pages.map(({ text }) => /"subject":"([^"]+)"/.exec(text)?.[1])
  expect(names[0]).not.toBe(names[1])
  expect([names[2], names[3]]).toEqual([names[0], names[1]])
})

describe("a page of somebody without a session", () => {
  const readAll = async ({ hasSession, read, timeZone }: PageRequest) => {
    const answers = [apiUrls.signInInfo(), apiUrls.session(), apiUrls.projects()].map((url) =>
      read(url).then(
        ({ text }) => text,
        () => "refused",
      ),
    )
    return { ...page, data: JSON.stringify({ hasSession, timeZone, answers: await Promise.all(answers) }) }
  }
  const dataOf = ({ text }: { text: string }) =>
    JSON.parse(/id="page-data">(.*?)<\/script>/.exec(text)?.[1] ?? "null") as {
      hasSession: boolean
      timeZone: string
      answers: string[]
    }

  test.each([
    ["no cookie", () => ""],
    ["a broken cookie", () => `${browserCookies.timeZone}=%zz`],
    ["a session that nobody has", () => "peering-desk-session=s%3Aunknown.abc"],
    [
      "a session that ended",
      async (cookie: string) => {
        await app.call("POST", apiUrls.signOut(), { headers: { cookie }, body: {} })
        return cookie
      },
    ],
  ])("is drawn in UTC for %s, and reads what the sign-in page says alone", async (_what, toCookie) => {
    draw = readAll
    const answer = await open(await toCookie(await app.signIn("administrator")))
    const { hasSession, timeZone, answers } = dataOf(answer)
    expect([hasSession, timeZone]).toEqual([false, "UTC"])
    expect(JSON.parse(answers[0] ?? "")).toMatchObject({ isSignedIn: false })
    expect(answers.slice(1)).toEqual(["refused", "refused"])
    expect(answer.headers["cache-control"]).toBe("no-store")
  })

  test("is drawn behind a share link, also for somebody with a session, and sets no cookie", async () => {
    draw = readAll
    const answer = await open(`${await app.signIn("administrator")}; ${zone}`, "/hand-off")
    expect(dataOf(answer)).toMatchObject({ hasSession: false })
    expect(dataOf(answer).answers.slice(1)).toEqual(["refused", "refused"])
    expect(answer.headers["set-cookie"]).toBeUndefined()
  })
})

describe("a page that is left to the browser", () => {
  test.each([
    [
      "in a time zone that is none",
      (cookie: string) => `${cookie}; ${browserCookies.timeZone}=Moon%2FCrater`,
    ],
  ])("is one %s", async (_when, toCookie) => {
    const answer = await open(toCookie(await app.signIn("administrator")))
    expect([answer.status, isDrawn(answer.text), answer.headers["cache-control"]]).toEqual([
      200,
      false,
      "private, no-cache",
    ])
  })

  test("is one that the server can't draw", async () => {
    const cookie = `${await app.signIn("administrator")}; ${zone}`
    draw = () => Promise.resolve(null)
    expect(isDrawn((await open(cookie)).text)).toBe(false)
    expect(isDrawn((await open(cookie, "/audit")).text)).toBe(false)
  })

  test("is one whose drawing throws, and the error is logged", async () => {
    draw = () => Promise.reject(new Error("A component threw"))
    const answer = await open(`${await app.signIn("administrator")}; ${zone}`)
    expect([answer.status, isDrawn(answer.text)]).toEqual([200, false])
    expect(answer.text).not.toContain("A component threw")
    expect(app.logs.filter((line) => line.includes("A component threw"))).toHaveLength(1)
  })

  test("is one that takes the server longer than 300 ms", async () => {
    let finish = () => {}
    draw = async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
        app.clock.advance(300)
      })
      return page
    }
    const answer = await open(`${await app.signIn("administrator")}; ${zone}`)
    finish()
    expect([answer.status, isDrawn(answer.text)]).toEqual([200, false])
    expect((await open(zone)).status).toBe(200)
  })
})
