import * as z from "zod/mini"
import { providerNames } from "./provider-names.ts"

export const ProviderName = z.enum(providerNames)
export type ProviderName = z.infer<typeof ProviderName>
