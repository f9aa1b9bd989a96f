/**
 * Runs contestants in turn, round by round, so that a busy moment of the machine meets all of them.
 * @returns what each measured, by its name, a value for each round
 */
export async function interleave<Name extends string, Measured>(
  rounds: number,
  contestants: Readonly<Record<Name, () => Promise<Measured>>>,
): Promise<Record<Name, Measured[]>> {
  const names = Object.keys(contestants) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<
    Name,
    Measured[]
  >
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) measured[name].push(await contestants[name]())
  return measured
}
