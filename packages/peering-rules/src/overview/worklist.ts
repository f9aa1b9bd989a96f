/** The worklist has this many rows, requests for approval included. */
export const mostWorkRows = 14
/** A group keeps this many rows however long the ones before it are. */
const fewestRows = 3

/**
 * Chooses how many rows of each group the worklist shows. With less room each group has at most as many as with more.
 * @param counts the number of each group, most urgent first
 */
export function chooseShownCounts(counts: readonly number[], room = mostWorkRows): number[] {
  let left = room
  return counts.map((count, index) => {
    const later = counts.slice(index + 1).reduce((sum, one) => sum + Math.min(fewestRows, one), 0)
    const shown = Math.min(count, Math.max(0, left - later))
    left -= shown
    return shown
  })
}
