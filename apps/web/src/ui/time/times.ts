import { readFirstRender } from "#ui/first-render.ts"

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** A span in its two largest units that matter: `40 s`, `11 min`, `2 h 14 min`, `6 d 21 h`, `42 d`. */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < minute) return `${seconds} s`
  if (seconds < hour) return `${Math.floor(seconds / minute)} min`
  if (seconds < day) return pair(seconds, hour, "h", minute, "min")
  return seconds < 14 * day ? pair(seconds, day, "d", hour, "h") : `${Math.floor(seconds / day)} d`
}

/** A span in its largest unit: `40 s`, `11 min`, `22 h`, `6 d`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < minute) return `${seconds} s`
  if (seconds < hour) return `${Math.floor(seconds / minute)} min`
  return seconds < day ? `${Math.floor(seconds / hour)} h` : `${Math.floor(seconds / day)} d`
}

function pair(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((seconds % large) / small)
  const whole = `${Math.floor(seconds / large)} ${largeUnit}`
  return rest === 0 ? whole : `${whole} ${rest} ${smallUnit}`
}

const hourAndMinute = { hour: "2-digit", minute: "2-digit" } as const
const dayHourAndMinute = { day: "numeric", month: "short", ...hourAndMinute } as const
const shapes = {
  clock: hourAndMinute,
  dayAndClock: dayHourAndMinute,
  clockWithSeconds: { ...hourAndMinute, second: "2-digit" },
  dayAndClockWithSeconds: { ...dayHourAndMinute, second: "2-digit" },
  dayAndClockOfYear: { ...dayHourAndMinute, year: "numeric" },
  dayAndClockOfYearWithSeconds: { ...dayHourAndMinute, year: "numeric", second: "2-digit" },
  full: { ...dayHourAndMinute, year: "numeric", second: "2-digit", timeZoneName: "short" },
  day: { dateStyle: "medium" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** By shape and time zone: a server draws pages for people in several. A browser may spell one in thousands of ways, at 30 KB each. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(shape: keyof typeof shapes, instant: number | string): string {
  const timeZone = readFirstRender()?.timeZone
  const key = `${shape} ${timeZone}`
  const known = formats.get(key)
  const made = known ?? new Intl.DateTimeFormat("en-GB", { ...shapes[shape], timeZone })
  if (formats.size >= 1_000) formats.clear()
  if (known === undefined) formats.set(key, made)
  return made.format(new Date(instant))
}

/**
 * A moment as this person's own clock shows it: `10:04` today, `1 Dec, 10:04` otherwise, and `1 Dec 2027, 10:04` half a year away; to the
 * second if asked.
 */
export function formatMoment(instant: number | string, now: number, toTheSecond = false): string {
  const isToday = formatDay(instant) === formatDay(now)
  if (isToday) return format(toTheSecond ? "clockWithSeconds" : "clock", instant)
  const isFar = Math.abs(new Date(instant).getTime() - now) > 183 * day * 1000
  const shape = isFar ? "dayAndClockOfYear" : "dayAndClock"
  return format(toTheSecond ? `${shape}WithSeconds` : shape, instant)
}

/** A moment in full, with the time zone. */
export function formatFullMoment(instant: number | string): string {
  return format("full", instant)
}

/** A moment as `<input type="datetime-local">` takes it: `2026-11-24T10:04`. */
export function formatLocalInput(instant: string): string {
  // Swedish dates have the order of ISO 8601.
  const format = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: readFirstRender()?.timeZone,
  })
  return format.format(new Date(instant)).replace(" ", "T")
}

/** A day and a time, also for today: for deadlines. */
export function formatDeadline(instant: string): string {
  return format("dayAndClock", instant)
}

/** A day on this person's own clock: `1 Dec 2026`. */
export function formatDay(instant: number | string): string {
  return format("day", instant)
}
