/** What a query read, with the time of the answer; undefined before the first one. */
export function toRead<Value>({
  data,
  dataUpdatedAt,
}: {
  data: Value | undefined
  dataUpdatedAt: number
}): { value: Value; at: string } | undefined {
  return data === undefined ? undefined : { value: data, at: new Date(dataUpdatedAt).toISOString() }
}
