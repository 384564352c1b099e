import * as z from 'zod/mini'
import { isIceServers } from '@beatcord/shared'

export const SHORTEST_SECRET_CHARS = 16

/** Text that is long enough to be one, or none. */
export function secret(): z.ZodMiniType<string, string> {
  return z.string().check(z.refine((text) => text === '' || text.length >= SHORTEST_SECRET_CHARS))
}

/** Where a Redis is, or none. */
export function redisUrl(): z.ZodMiniType<string, string> {
  const isUrl = (text: string): boolean => /^rediss?:\/\//.test(text) && URL.canParse(text)
  return z.string().check(z.refine((text) => text === '' || isUrl(text)))
}

/** A whole number of this range, both ends included. */
export function whole(min: number, max: number): z.ZodMiniType<number, string> {
  const digits = z.string().check(z.regex(/^\d{1,10}$/))
  return z.pipe(z.pipe(digits, z.transform(Number)), z.number().check(z.gte(min), z.lte(max)))
}

/** JSON that is as a schema says. */
export function json<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T, string> {
  return z.pipe(z.pipe(z.string(), z.transform(textToJson)), schema)
}

function textToJson(text: string, context: z.core.ParsePayload): unknown {
  try {
    return JSON.parse(text)
  } catch {
    context.issues.push({ code: 'custom', message: 'must be JSON', input: text })
    return z.NEVER
  }
}

/** Origins, separated by commas. */
export function textToOrigins(text: string, context: z.core.ParsePayload): readonly string[] {
  const origins = textToList(text)
  for (const origin of origins) {
    if (URL.canParse(origin) && new URL(origin).origin === origin) continue
    context.issues.push({ code: 'custom', message: 'must be origins', input: text })
  }
  return origins
}

/** TURN addresses, separated by commas. */
export function textToTurnUrls(text: string, context: z.core.ParsePayload): readonly string[] {
  const urls = textToList(text)
  const areTurn = urls.every((url) => url.startsWith('turn:') || url.startsWith('turns:'))
  if (urls.length > 0 && !(areTurn && isIceServers([{ urls }]))) {
    context.issues.push({ code: 'custom', message: 'must be turn: or turns:', input: text })
  }
  return urls
}

function textToList(text: string): readonly string[] {
  const parts = text.split(',').map((part) => part.trim())
  return parts.filter((part) => part !== '')
}
