import { expect, test } from 'vitest'
import { createPageKeeper, type PageFiles } from './page-keeper.ts'

const ORIGIN = 'https://jam.test'
const NAVIGATE = { mode: 'navigate' } as const

/** As the browser's: by cache, then by path. */
function memoryCaches() {
  const stores = new Map<string, Map<string, Response>>()
  const pathOf = (request: RequestInfo | URL): string =>
    typeof request === 'string' ? request : new URL((request as Request).url).pathname
  const find = (store: Map<string, Response> | undefined, path: string): Response | undefined =>
    store?.get(path)?.clone()
  return {
    stores,
    open(name: string) {
      const store = stores.get(name) ?? new Map<string, Response>()
      stores.set(name, store)
      const put = (request: RequestInfo | URL, response: Response): Promise<void> => {
        store.set(pathOf(request), response)
        return Promise.resolve()
      }
      return Promise.resolve({ put } as unknown as Cache)
    },
    match(request: RequestInfo | URL, options?: MultiCacheQueryOptions) {
      const { cacheName } = options ?? {}
      const searched = cacheName === undefined ? [...stores.values()] : [stores.get(cacheName)]
      const found = searched.map((store) => find(store, pathOf(request)))
      return Promise.resolve(found.find((each) => each !== undefined))
    },
    keys: () => Promise.resolve([...stores.keys()]),
    delete: (name: string) => Promise.resolve(stores.delete(name)),
  }
}

/** A server of one build, which can be away, slow, or be asked what it was asked for. */
function server(version: string) {
  const asked: string[] = []
  let state: 'there' | 'away' | 'silent' | 'restarting' = 'there'
  return {
    asked,
    isSilent: () => state === 'silent',
    become(next: typeof state) {
      state = next
    },
    fetch: (request: Request | string): Promise<Response> => {
      const path = typeof request === 'string' ? request : new URL(request.url).pathname
      asked.push(path)
      if (state === 'away') return Promise.reject(new TypeError('no network'))
      if (state === 'silent') return new Promise(() => undefined)
      if (state === 'restarting') return Promise.resolve(new Response('', { status: 503 }))
      return Promise.resolve(new Response(`${version} ${path === '/jam' ? '/' : path}`))
    },
  }
}

const text = async (answer: Promise<Response> | undefined): Promise<string | undefined> =>
  (await answer)?.text()
const hash = (bytes: ArrayBuffer): Promise<string> =>
  Promise.resolve(new TextDecoder().decode(bytes))

const filesOf = (version: string, paths: readonly string[]): PageFiles => ({
  version,
  pageHash: `${version} /`,
  paths,
})

function keeperOf(
  version: string,
  paths: readonly string[] = ['/assets/start-1.js', '/favicon.svg'],
  caches = memoryCaches(),
) {
  const network = server(version)
  const waited: number[] = []
  const keeper = createPageKeeper({
    files: filesOf(version, paths),
    caches,
    fetch: network.fetch,
    hash,
    after(ms) {
      waited.push(ms)
      return network.isSilent() ? Promise.resolve() : new Promise(() => undefined)
    },
    origin: ORIGIN,
  })
  const ask = (path: string, init: RequestInit & { readonly mode?: string } = {}) => {
    const { mode = 'cors', cache = 'default', method = 'GET' } = init
    const request = { url: `${ORIGIN}${path}`, mode, cache, method }
    return keeper.answer(request as Request)
  }
  return { keeper, network, caches, ask, waited }
}

test('what is kept is answered without the server, and the page of every screen', async () => {
  const { keeper, network, ask } = keeperOf('one')
  await keeper.keep()
  network.become('away')

  expect(await text(ask('/assets/start-1.js'))).toBe('one /assets/start-1.js')
  expect(await text(ask('/favicon.svg'))).toBe('one /favicon.svg')
  expect(await text(ask('/', NAVIGATE))).toBe('one /')
  expect(await text(ask('/jam', NAVIGATE))).toBe('one /')
})

test('with a server the page is the server’s, so that a new build is taken', async () => {
  const { caches } = await kept('one')
  const { ask } = keeperOf('two', [], caches)

  expect(await text(ask('/jam', NAVIGATE))).toBe('two /')
})

async function kept(version: string) {
  const all = keeperOf(version)
  await all.keeper.keep()
  return all
}

test.each(['silent', 'restarting'] as const)(
  'while the server is %s the kept page comes',
  async (state) => {
    const { network, ask } = await kept('one')
    network.become(state)

    expect(await text(ask('/', NAVIGATE))).toBe('one /')
  },
)

test('whoever reloads waits longer for what the server has', async () => {
  const { network, ask, waited } = await kept('one')
  network.become('silent')

  await ask('/', NAVIGATE)
  await ask('/', { ...NAVIGATE, cache: 'no-cache' })

  expect(waited).toEqual([3000, 10_000])
})

test.each([
  ['/api/keys', {}],
  ['/ws', {}],
  ['/health', {}],
  ['/metrics', {}],
  ['/health', NAVIGATE],
  ['/assets/start-1.js', { method: 'POST' }],
] as const)('%s %j is none of its', async (path, init) => {
  const { ask } = await kept('one')

  expect(ask(path, init)).toBeUndefined()
})

test('nothing of another origin is answered', async () => {
  const { keeper } = await kept('one')
  const request = { url: 'https://other.test/assets/start-1.js', mode: 'cors', method: 'GET' }

  expect(keeper.answer(request as Request)).toBeUndefined()
})

test('a build keeps what has not changed without asking for it again', async () => {
  const { caches } = await kept('one')
  const next = keeperOf('two', ['/assets/start-1.js', '/assets/new-2.js', '/favicon.svg'], caches)

  await next.keeper.keep()

  expect(next.network.asked).toEqual(['/assets/new-2.js', '/favicon.svg', '/'])
})

test('files of the build before are there until no page uses them', async () => {
  const { caches } = await kept('one')
  const next = keeperOf('two', ['/assets/new-2.js'], caches)
  await next.keeper.keep()
  next.network.become('away')
  expect(await text(next.ask('/assets/start-1.js'))).toBe('one /assets/start-1.js')
  caches.stores.set('of another app', new Map())

  await next.keeper.forgetOthers()

  expect([...caches.stores.keys()]).toEqual(['beatcord/page/two', 'of another app'])
  await expect(next.ask('/assets/start-1.js')).rejects.toThrow('no network')
})

test('a page of another build than the list is not kept', async () => {
  const caches = memoryCaches()
  const network = server('three')
  const keeper = createPageKeeper({
    files: filesOf('two', []),
    caches,
    fetch: network.fetch,
    hash,
    after: () => Promise.resolve(),
    origin: ORIGIN,
  })

  await expect(keeper.keep()).rejects.toThrow('the page must be of build two, was another')
})

test('a file that is not there fails the whole, so that the build before stays in charge', async () => {
  const { keeper, network } = keeperOf('one')
  network.become('restarting')

  await expect(keeper.keep()).rejects.toThrow('/assets/start-1.js must be there, got 503')
})

test('a cache that broke leaves everything to the network', async () => {
  const caches = memoryCaches()
  const { keeper, ask, network } = keeperOf('one', undefined, {
    ...caches,
    match: () => Promise.reject(new Error('the disk broke')),
  })
  await keeper.keep().catch(() => undefined)

  expect(await text(ask('/assets/start-1.js'))).toBe('one /assets/start-1.js')
  expect(await text(ask('/', NAVIGATE))).toBe('one /')
  network.become('away')
  await expect(ask('/', NAVIGATE)).rejects.toThrow('no network')
})
