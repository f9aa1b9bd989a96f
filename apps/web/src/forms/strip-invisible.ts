/** Removes what nobody sees in a pasted address: zero-width characters, direction marks, soft hyphens, and spaces around it. */
export const stripInvisible = (text: string) => text.replace(/\p{Cf}/gu, "").trim()
