/** Saves a text as a file of this browser. Nothing is sent. */
export function saveFile(text: string, { name, type }: { name: string; type: string }): void {
  const href = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement("a")
  Object.assign(link, { href, download: name })
  link.click()
  // A browser reads the blob when the download begins, which is after this.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}
