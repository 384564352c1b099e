import type { Page } from '@playwright/test'
import { expect } from './crowd.ts'
import type { Jammer } from './jammer.ts'

/** What names the path of the page's one living connection: changed by an ICE restart and by nothing else. */
export interface PathNames {
  /** Which of all connections that the page ever made. */
  readonly connection: number
  readonly here: string
  readonly there: string
}

/** Of the page's connections the last that is connected; needs `watchPage`. */
const pathNames = (page: Page): Promise<PathNames | undefined> =>
  page.evaluate(() => {
    const ufrag = (description: RTCSessionDescription | null): string =>
      /a=ice-ufrag:(\S+)/.exec(description?.sdp ?? '')?.[1] ?? ''
    const all = window.testWatch?.connections ?? []
    const connection = all.findLastIndex(({ connectionState }) => connectionState === 'connected')
    const each = all[connection]
    return (
      each && {
        connection,
        here: ufrag(each.currentLocalDescription),
        there: ufrag(each.currentRemoteDescription),
      }
    )
  })

/** @throws Error while the page has no connection */
export async function pathOf({ page }: Jammer): Promise<PathNames> {
  const path = await pathNames(page)
  if (path === undefined) throw new Error('the page must be connected')
  return path
}

/** Waits until both ends of that connection have new names for their path, under the very same connection. */
export async function expectNewPath({ page }: Jammer, before: PathNames): Promise<void> {
  const what = async (): Promise<unknown> => {
    const now = await pathNames(page)
    return (
      now && {
        connection: now.connection,
        isNewHere: now.here !== before.here,
        isNewThere: now.there !== before.there,
      }
    )
  }
  await expect
    .poll(what, { timeout: 20_000 })
    .toEqual({ connection: before.connection, isNewHere: true, isNewThere: true })
}
