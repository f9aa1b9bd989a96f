import { RawAnswer } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import { parseAnswer } from "./parse-answer.ts"

const text = z.catch(z.nullable(z.string()), null)
const DescribedField = z.object({ field: z.string(), description: z.string() })

/** Atlas's error envelope. Only `errorCode` is reliable, and it is missing when a proxy answered. */
const ErrorEnvelope = z.object({
  errorCode: text,
  detail: text,
  parameters: z.catch(z.array(z.unknown()), []),
  badRequestDetail: z.catch(z.object({ fields: z.array(DescribedField) }), { fields: [] }),
})

export type AtlasErrorBody = ReturnType<typeof readErrorBody>

const longestText = 1_000

/**
 * Reads the body of a refusal. What can't be read is null or empty. Never throws.
 * @param redact removes secrets from words that came from outside
 */
export function readErrorBody(json: string | null, redact: (words: string) => string) {
  const object = RawAnswer.safeParse(parseAnswer(json ?? "")).data ?? {}
  const { errorCode, detail, parameters, badRequestDetail } = ErrorEnvelope.parse(object)
  const clean = (words: string) => redact(words).slice(0, longestText)
  return {
    errorCode: errorCode === null ? null : clean(errorCode),
    detail: detail === null ? null : clean(detail),
    /** The values in `detail`. */
    parameters,
    /** In v2 only. */
    describedFields: badRequestDetail.fields.map(({ field, description }) => ({
      field,
      description: clean(description),
    })),
  }
}
