import type { Jammer } from './jammer.ts'

/** Resolves when this page has left a slot at the server. */
export const slotWritten = ({ page }: Jammer): Promise<unknown> =>
  page.waitForResponse(
    (response) => isWrite(response.request().method(), response.url()) && response.status() === 204,
  )

/** Whether a request leaves a slot. */
export const isWrite = (method: string, url: string): boolean =>
  method === 'PUT' && new URL(url).pathname.endsWith('/slot')
