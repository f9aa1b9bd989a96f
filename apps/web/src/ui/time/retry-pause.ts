const vague = /(?:Wait a moment and try again|Try again in [^.]+)\./

/** Puts the seconds until the next try into an advice, in place of its "Try again in a minute." */
export function withPause(advice: string, seconds: number | null): string {
  if (seconds === null) return advice
  const exact = `Try again in ${seconds} s.`
  return vague.test(advice) ? advice.replace(vague, exact) : `${advice} ${exact}`.trim()
}
