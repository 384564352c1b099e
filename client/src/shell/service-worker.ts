import { createPageKeeper, type PageFiles } from './page-keeper.ts'

/** The part of the worker's platform that is used; the library of types for pages has none of it. */
interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface AskedEvent extends WaitingEvent {
  readonly request: Request
  readonly preloadResponse?: Promise<Response | undefined>
  respondWith(answer: Promise<Response>): void
}

interface WorkerScope {
  readonly registration: Pick<ServiceWorkerRegistration, 'navigationPreload'>
  readonly clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', listener: (event: WaitingEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: AskedEvent) => void): void
}

/** The build puts its files in this place (`client/build/service-worker.ts`). */
declare const __PAGE_FILES__: PageFiles

const worker = globalThis as unknown as WorkerScope

const keeper = createPageKeeper({
  files: __PAGE_FILES__,
  caches,
  fetch: (request, init) => fetch(request, init),
  async hash(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  },
  after: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms)
    }),
  origin: location.origin,
})

worker.addEventListener('install', (event) => {
  event.waitUntil(keeper.keep())
})

// The browser waits with this until no page of the build before is open: their files are kept as long.
worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await keeper.forgetOthers()
      await (
        worker.registration.navigationPreload as NavigationPreloadManager | undefined
      )?.enable()
      await worker.clients.claim()
    })(),
  )
})

worker.addEventListener('fetch', (event) => {
  const answer = keeper.answer(event.request, event.preloadResponse)
  if (answer !== undefined) event.respondWith(answer)
  // A preload that nobody waits for would be reported.
  else if (event.preloadResponse !== undefined) event.waitUntil(event.preloadResponse)
})
