import * as z from "zod/mini"

const text = z.catch(z.nullable(z.string()), null)
const DescribedField = z.object({ field: z.string(), description: z.string() })

/** Atlas's error envelope. Only `errorCode` is to be relied on, and even that is missing when something else answered. */
const ErrorEnvelope = z.object({
  errorCode: text,
  detail: text,
  parameters: z.catch(z.array(z.unknown()), []),
  badRequestDetail: z.catch(z.object({ fields: z.array(DescribedField) }), { fields: [] }),
})

export interface AtlasErrorBody {
  errorCode: string | null
  detail: string | null
  /** The values that `detail` was made with. */
  parameters: unknown[]
  /** v2 only. */
  describedFields: { field: string; description: string }[]
}

const longestText = 1_000

/**
 * Reads the body of a refusal; whatever cannot be read is null or empty, so this never fails.
 * @param redact takes secrets out of words that came from outside
 */
export function readErrorBody(json: string | null, redact: (words: string) => string): AtlasErrorBody {
  const { errorCode, detail, parameters, badRequestDetail } = ErrorEnvelope.parse(parseObject(json))
  const clean = (words: string) => redact(words).slice(0, longestText)
  return {
    errorCode: errorCode === null ? null : clean(errorCode),
    detail: detail === null ? null : clean(detail),
    parameters,
    describedFields: badRequestDetail.fields.map(({ field, description }) => ({
      field,
      description: clean(description),
    })),
  }
}

function parseObject(json: string | null): object {
  try {
    const value: unknown = JSON.parse(json ?? "")
    return typeof value === "object" && value !== null ? value : {}
  } catch {
    return {}
  }
}
