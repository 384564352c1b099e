/** What a build of the page is made of. */
export interface PageFiles {
  /** Another one for each build. */
  readonly version: string
  /** SHA-256 of what the server answers on `/`, in hex: the list belongs to no other page. */
  readonly pageHash: string
  /** Paths of everything that the page may ask for, such as `/assets/start-1a2b.js`; without `/` itself. */
  readonly paths: readonly string[]
}

/** The parts of the platform that are used. */
export interface KeeperOptions {
  readonly files: PageFiles
  readonly caches: Pick<CacheStorage, 'open' | 'match' | 'keys' | 'delete'>
  readonly fetch: (request: Request | string, init?: RequestInit) => Promise<Response>
  readonly hash: (bytes: ArrayBuffer) => Promise<string>
  /** Resolves so many milliseconds later. */
  readonly after: (ms: number) => Promise<void>
  readonly origin: string
}

/** Keeps one build of the page in this browser, so that it starts without a network. */
export interface PageKeeper {
  /** Fetches what is not kept yet. Rejects when something is out of reach, or belongs to another build. */
  keep(): Promise<void>
  /** Lets go of earlier builds; to be called when no page uses them any more. */
  forgetOthers(): Promise<void>
  /**
   * The answer to a request of the page; undefined when it is none of ours, and goes its usual way.
   *
   * @param preloaded what the browser fetched meanwhile
   */
  answer(request: Request, preloaded?: Promise<Response | undefined>): Promise<Response> | undefined
}

const CACHE = 'beatcord/page/'
/** Addresses at which the server answers with the page. */
const SCREENS: ReadonlySet<string> = new Set(['/', '/jam', '/remix'])
/** Vite names what stands there after its content: of any build it is the same. */
const HASHED = '/assets/'
/** A network that says nothing for so long is as good as none; whoever reloads wants what the server has. */
const PATIENCE_MS = 3000
const RELOAD_PATIENCE_MS = 10_000
/** What a gateway says while the server behind it is away. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504])

export function createPageKeeper(options: KeeperOptions): PageKeeper {
  const { files, caches, fetch, after, origin } = options
  const name = CACHE + files.version
  const paths = new Set(files.paths)

  async function keepPage(cache: Cache): Promise<void> {
    const page = await fetch('/', { cache: 'reload' })
    const hash = await options.hash(await page.clone().arrayBuffer())
    if (!page.ok || hash !== files.pageHash)
      throw new Error(`the page must be of build ${files.version}, was another`)
    await cache.put('/', page)
  }
  async function keepFile(cache: Cache, path: string): Promise<void> {
    const isHashed = path.startsWith(HASHED)
    const known = isHashed ? await kept(path) : undefined
    const response = known ?? (await fetch(path, { cache: isHashed ? 'default' : 'reload' }))
    if (!response.ok) throw new Error(`${path} must be there, got ${response.status}`)
    await cache.put(path, response)
  }
  /** Of this build, or of any: a page of the next build may run before that one is in charge. */
  async function kept(path: string): Promise<Response | undefined> {
    try {
      return (
        (await caches.match(path, { cacheName: name, ignoreVary: true })) ??
        (path.startsWith(HASHED) ? await caches.match(path, { ignoreVary: true }) : undefined)
      )
    } catch {
      // A cache that broke is as good as none.
      return undefined
    }
  }
  async function file(path: string, request: Request): Promise<Response> {
    return (await kept(path)) ?? fetch(request)
  }
  async function screen(
    request: Request,
    preloaded?: Promise<Response | undefined>,
  ): Promise<Response> {
    const network = (async () => (await preloaded) ?? fetch(request))()
    const isReload = request.cache === 'no-cache' || request.cache === 'reload'
    const patience = after(isReload ? RELOAD_PATIENCE_MS : PATIENCE_MS)
    const first = await Promise.race([network, patience]).catch(() => undefined)
    if (first !== undefined && !AWAY.has(first.status)) return first
    return (await kept('/')) ?? network
  }

  return {
    async keep() {
      const cache = await caches.open(name)
      // One after the other: whoever plays meanwhile needs the line.
      for (const path of files.paths) await keepFile(cache, path)
      await keepPage(cache)
    },
    async forgetOthers() {
      for (const other of await caches.keys()) {
        if (other.startsWith(CACHE) && other !== name) await caches.delete(other)
      }
    },
    answer(request, preloaded) {
      const { pathname, origin: asked } = new URL(request.url)
      if (request.method !== 'GET' || asked !== origin) return undefined
      if (request.mode === 'navigate')
        return SCREENS.has(pathname) ? screen(request, preloaded) : undefined
      return paths.has(pathname) || pathname.startsWith(HASHED)
        ? file(pathname, request)
        : undefined
    },
  }
}
