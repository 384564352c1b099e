import type { Browser, BrowserContext, JSHandle, Page } from '@playwright/test'
import type { MeshPage } from '../page/mesh-page-types.ts'

export type Side = 'ours' | 'stock'
export const SIDES: readonly Side[] = ['ours', 'stock']

/** Where the pages of the bench come from, and whom they meet through. */
export interface Stage {
  readonly browser: Browser
  /** Of our server, without a slash at the end. */
  readonly url: string
  readonly stockUrl: string
  readonly say: (line: string) => void
  /** A name that no room had before. */
  readonly newRoom: () => string
}

export type Handle = JSHandle<MeshPage>

/** Some pages of one side, each in a browser context of its own: nothing but the network joins them. */
export interface BenchRoom {
  readonly pages: readonly Handle[]
  /**
   * All pages join a fresh room at the same moment.
   *
   * @returns ms until each of them had a direct link to each other; undefined when it took too long
   */
  joinAll(limitMs: number): Promise<number | undefined>
  /** Loads all pages anew, out of any room. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** Time for all pages to hear of the moment at which they are to begin. */
const LEAD_MS = 250

export async function openRoom(
  stage: Stage,
  side: Side,
  size: number,
  prepare: (context: BrowserContext) => Promise<void> = () => Promise.resolve(),
): Promise<BenchRoom> {
  const tabs = await Promise.all(
    Array.from({ length: size }, async () => {
      // The stock's server is not where the page came from.
      const context = await stage.browser.newContext({ bypassCSP: true })
      await prepare(context)
      return context.newPage()
    }),
  )
  const pages: Handle[] = []
  const load = async (): Promise<void> => {
    const handles = await Promise.all(tabs.map((tab) => loaded(tab, `${stage.url}/${side}`)))
    pages.splice(0, pages.length, ...handles)
  }
  await load()
  return {
    pages,
    joinAll: (limitMs) => joinTogether(stage, pages, stage.newRoom(), size - 1, limitMs),
    reload: load,
    async close() {
      await Promise.all(tabs.map((tab) => tab.context().close()))
    },
  }
}

/** @returns ms from the common beginning until the last page had so many links */
export async function joinTogether(
  stage: Stage,
  pages: readonly Handle[],
  room: string,
  others: number,
  limitMs: number,
): Promise<number | undefined> {
  const atMs = Date.now() + LEAD_MS
  const options = { room, signalUrl: stage.stockUrl, atMs, others, limitMs }
  const moments = await Promise.all(
    pages.map((page) => page.evaluate((it, join) => it.join(join), options)),
  )
  const completeMs = moments.filter((moment) => moment !== null)
  return completeMs.length < pages.length ? undefined : Math.max(...completeMs) - atMs
}

async function loaded(tab: Page, url: string): Promise<Handle> {
  await tab.goto(url)
  return tab.evaluateHandle(() => {
    if (window.meshPage === undefined) throw new Error('the page of the bench must be there')
    return window.meshPage
  })
}
